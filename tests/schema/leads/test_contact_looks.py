"""The list of looks at contact data: prospects see when, operators also who; neither sees the data."""

from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.leads.contact_access import log_contact_access
from schema.graphql.ids import write_id
from tests.support.api import Json
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, MadeLead, make_operator
from tests.support.query_recorder import recorded_statements
from tests.support.reading import erase
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

LOOKS = """query ($filter: ContactLookFilter) { contactLooks(filter: $filter) {
    nodes { id at lead { title } by { name } } } }"""
READERS = (Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR)


async def _listed(scene: Scene, kind: Kind, **criteria: object) -> list[Json]:
    answer = await scene.clients[kind].ask(LOOKS, filter=criteria or None)
    assert not [value for value in CONTACT_VALUES if value in str(answer.body)]
    nodes: list[Json] = answer.data["contactLooks"]["nodes"]
    return nodes


async def _titles(scene: Scene, kind: Kind = Kind.OPERATOR, **criteria: object) -> list[str]:
    return [node["lead"]["title"] for node in await _listed(scene, kind, **criteria)]


async def _looks(database: Database, scene: Scene) -> Viewer:
    """One look an hour: at two leads of a prospect, then another operator at the other prospect's lead.

    Returns the other operator.
    """
    other = await make_operator()
    looks: tuple[tuple[Viewer, MadeLead], ...] = (
        (scene.market.operator, scene.accepted),
        (scene.market.operator, scene.untouched),
        (other, scene.foreign),
    )
    for number, (operator, lead) in enumerate(looks):
        await database.clock.set(START + number * HOUR)
        await log_contact_access(operator, {lead.id})
    return other


async def test_what_an_operator_is_shown_is_listed(scene: Scene) -> None:
    """For the operator with who looked, for the person without, for another person not at all."""
    one = "query ($id: ID!) { node(id: $id) { ... on Lead { contact { email } } } }"
    shown = await scene.clients[Kind.OPERATOR].ask(one, id=write_id("Lead", scene.untouched.id))
    assert CONTACT_VALUES[2] in str(shown.data)
    (listed,) = await _listed(scene, Kind.OPERATOR)
    user_id = scene.market.operator.user_id
    (user,) = await fetch(connection(), "SELECT name FROM users WHERE id = $1", user_id)
    assert listed["by"] == {"name": user["name"]}
    assert (listed["at"], listed["lead"]) == ("2026-03-02T09:00:00Z", {"title": "Untouched"})
    assert await _listed(scene, Kind.PROSPECT) == [{**listed, "by": None}]
    assert await _listed(scene, Kind.OTHER_PROSPECT) == []


async def test_the_latest_look_comes_first(scene: Scene, database: Database) -> None:
    await _looks(database, scene)
    assert await _titles(scene) == ["Foreign", "Untouched", "Accepted"]
    assert await _titles(scene, Kind.PROSPECT) == ["Untouched", "Accepted"]
    assert await _titles(scene, Kind.OTHER_PROSPECT) == ["Foreign"]


async def test_nobody_else_may_read_the_looks(scene: Scene, database: Database) -> None:
    """Not even a vendor who received the contact data."""
    await _looks(database, scene)
    for kind in set(SIGNED_IN) - set(READERS):
        assert (await scene.clients[kind].ask(LOOKS)).codes == ["FORBIDDEN"], kind
    assert (await scene.clients[Kind.ANONYMOUS].ask(LOOKS)).codes == ["UNAUTHENTICATED"]


async def test_operators_filter_by_lead_person_operator_and_time(scene: Scene, database: Database) -> None:
    other = await _looks(database, scene)
    assert other.user_id is not None
    person = str(write_id("Prospect", scene.market.prospect.id))
    second = (START + HOUR).isoformat()
    for criteria, titles in (
        ({"leadId": write_id("Lead", scene.accepted.id)}, ["Accepted"]),
        ({"prospectId": person}, ["Untouched", "Accepted"]),
        ({"byId": write_id("User", other.user_id)}, ["Foreign"]),
        ({"lookedFrom": second}, ["Foreign", "Untouched"]),
        ({"lookedUntil": second}, ["Accepted"]),
        ({"prospectId": person, "lookedFrom": second}, ["Untouched"]),
        ({"prospectId": person, "byId": write_id("User", other.user_id)}, []),
    ):
        assert await _titles(scene, **criteria) == titles, criteria


async def test_a_person_filters_its_own_looks_only(scene: Scene, database: Database) -> None:
    """By lead and time; not by who looked, which would say who it was."""
    await _looks(database, scene)
    assert await _titles(scene, Kind.PROSPECT, leadId=write_id("Lead", scene.accepted.id)) == ["Accepted"]
    assert await _titles(scene, Kind.PROSPECT, leadId=write_id("Lead", scene.foreign.id)) == []
    assert await _titles(scene, Kind.PROSPECT, lookedUntil=(START + HOUR).isoformat()) == ["Accepted"]
    operator, person = scene.market.operator.user_id, scene.market.prospect.id
    assert operator is not None
    for criteria in {"byId": write_id("User", operator)}, {"prospectId": write_id("Prospect", person)}:
        answer = await scene.clients[Kind.PROSPECT].ask(LOOKS, filter=criteria)
        assert answer.codes == ["FORBIDDEN"], criteria


@pytest.mark.parametrize("name", ["leadId", "prospectId", "byId"])
async def test_an_id_of_something_else_is_invalid(scene: Scene, name: str) -> None:
    """With the field that has it."""
    for wrong in ("", "nonsense", write_id("Delivery", new_id())):
        answer = await scene.clients[Kind.OPERATOR].ask(LOOKS, filter={name: wrong})
        assert answer.codes == ["INVALID"]
        assert f"filter.{name}" in str(answer.body)


async def test_listing_looks_is_no_look(scene: Scene, database: Database) -> None:
    """Only a query for the contact data of their leads is."""
    await _looks(database, scene)
    assert len(await _listed(scene, Kind.OPERATOR)) == len(await _listed(scene, Kind.OPERATOR)) == 3


async def test_a_look_stays_after_an_erasure_without_its_lead(scene: Scene, database: Database) -> None:
    await _looks(database, scene)
    await erase(scene.market.other_prospect.id, START)
    latest = (await _listed(scene, Kind.OPERATOR))[0]
    assert latest["lead"] is None
    assert latest["by"] is not None


async def test_a_page_is_read_through_an_index(scene: Scene, database: Database) -> None:
    """Of all looks, of one lead's, of one operator's; of one person's through the index of its leads."""
    other = await _looks(database, scene)
    assert other.user_id is not None
    await fetch(
        connection(),
        """INSERT INTO contact_access (id, user_id, lead_id, at)
           SELECT gen_random_uuid(), look.user_id, look.lead_id, look.at - n * interval '1 minute'
           FROM generate_series(1, 20000) AS n, (SELECT * FROM contact_access ORDER BY at LIMIT 1) AS look""",
    )
    await fetch(connection(), "ANALYZE contact_access")
    lead, person = write_id("Lead", scene.foreign.id), write_id("Prospect", scene.market.other_prospect.id)
    cases: tuple[tuple[Kind, dict[str, object], str], ...] = (
        (Kind.OPERATOR, {}, "contact_access_by_time"),
        (Kind.OPERATOR, {"lookedUntil": (START - timedelta(days=9)).isoformat()}, "contact_access_by_time"),
        (Kind.OPERATOR, {"byId": write_id("User", other.user_id)}, "contact_access_by_user"),
        (Kind.OPERATOR, {"leadId": lead}, "idx_contact_acc_lead"),
        (Kind.OPERATOR, {"prospectId": person}, "idx_contact_acc_lead"),
        (Kind.OTHER_PROSPECT, {}, "idx_contact_acc_lead"),
    )
    for kind, criteria, index in cases:
        with recorded_statements() as statements:
            await scene.clients[kind].ask(LOOKS, filter=criteria)
        (listed,) = [one for one in statements if "contact_access" in one.sql]
        rows = await fetch(connection(), f"EXPLAIN {listed.sql}", *listed.values)
        plan = "\n".join(row[0] for row in rows)
        assert index in plan, (kind, criteria, plan)
        assert "Seq Scan on contact_access" not in plan, (kind, criteria, plan)
