"""`Lead.contacting` for each kind of viewer: shown with the contact data only, and nothing of others."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.contacting.record_attempt import AttemptInput, record_attempt
from models.contacting.set_stop import StopInput, set_stop
from models.contacting.tables import ContactOutcome
from models.process.wake import Silence
from rules.contacting.terms import Medium
from schema.graphql.ids import write_id
from tests.support.api import Json
from tests.support.database import Database
from tests.support.leads import DeliveryRow, LeadRow, insert_deliveries, insert_leads
from tests.support.marketplace import CONTACT_VALUES, START, MadeLead
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.stops import insert_stop
from tests.support.viewers import SIGNED_IN, Kind

CONTACTING = """query ($id: ID!, $at: DateTime, $purpose: ContactPurpose! = THE_LEAD) {
    node(id: $id) { ... on Lead { contacting {
        permissions(at: $at, purpose: $purpose) {
            medium right { outcome ruleId } permission { outcome ruleId changesAt }
            hours { opensAt closesAt localTime zones zoneFrom law checkedOn } callsToday callsThisMonth }
        stops { id scope medium origin }
        attempts { nodes { id medium outcome againstStop bySystem } } } } } }"""


async def _contacting(scene: Scene, kind: Kind, lead: MadeLead, **variables: object) -> Json | None:
    answer = await scene.clients[kind].ask(CONTACTING, id=write_id("Lead", lead.id), **variables)
    node = answer.data["node"]
    found: Json | None = node and node["contacting"]
    return found


def _by_medium(contacting: Json | None) -> Mapping[str, Json]:
    assert contacting is not None
    return {one["medium"]: one for one in contacting["permissions"]}


async def test_only_those_who_see_the_contact_see_how_to_contact(scene: Scene) -> None:
    """The vendor has the accepted lead, and waits for the hidden one."""
    accepted = {Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR}
    hidden = {Kind.PROSPECT, Kind.OPERATOR}
    for lead, seen in ((scene.accepted, accepted), (scene.hidden, hidden), (scene.untouched, hidden)):
        for kind in SIGNED_IN:
            assert (await _contacting(scene, Kind(kind), lead) is not None) == (kind in seen), (kind, lead)


async def test_an_operators_look_is_logged(scene: Scene) -> None:
    await _contacting(scene, Kind.OWNER, scene.accepted)
    assert await fetch(connection(), "SELECT FROM contact_access") == []
    await _contacting(scene, Kind.OPERATOR, scene.accepted)
    (row,) = await fetch(connection(), "SELECT user_id, lead_id FROM contact_access")
    assert (row["user_id"], row["lead_id"]) == (scene.market.operator.user_id, scene.accepted.id)


async def test_no_answer_has_contact_data(scene: Scene) -> None:
    for kind in SIGNED_IN:
        text = str(await _contacting(scene, Kind(kind), scene.accepted))
        assert not [value for value in CONTACT_VALUES if value in text]


async def test_permissions_have_all_media_in_order(scene: Scene) -> None:
    found = await _contacting(scene, Kind.OWNER, scene.accepted)
    assert list(_by_medium(found)) == ["CALL", "SMS", "EMAIL", "CHAT", "MEETING"]
    assert {medium: one["right"]["outcome"] for medium, one in _by_medium(found).items()} == dict.fromkeys(
        _by_medium(found), "GIVEN"
    )


async def test_a_stop_for_calls_forbids_calls_at_once_and_leaves_email(
    scene: Scene, database: Database
) -> None:
    """Part (g): for every vendor, and the person's own lead says so as well."""
    before = _by_medium(await _contacting(scene, Kind.OWNER, scene.accepted))
    assert before["EMAIL"]["permission"]["outcome"] == "ALLOWED"
    assert before["CALL"]["permission"]["outcome"] in {"ALLOWED", "WAIT"}
    stop_id = await set_stop(
        scene.market.prospect.viewer, Silence(), StopInput(medium=Medium.CALL), new_id().hex
    )
    for kind in (Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR):
        found = await _contacting(scene, kind, scene.accepted)
        after = _by_medium(found)
        assert after["CALL"]["permission"]["outcome"] == "FORBIDDEN"
        assert after["CALL"]["right"]["ruleId"] == "not_by_this_medium"
        assert after["EMAIL"]["permission"]["outcome"] == "ALLOWED"
        assert found is not None
        assert [one["id"] for one in found["stops"]] == [write_id("DoNotContact", stop_id)]


async def test_a_vendor_sees_no_stop_and_no_attempt_of_another(scene: Scene) -> None:
    place = scene.market
    await insert_deliveries(
        [DeliveryRow(scene.accepted.id, place.other_vendor.id, place.market.policy_id, "RECORD")]
    )
    await insert_stop(place.prospect.id, account_id=place.other_vendor.id, origin="VENDOR")
    given = AttemptInput(scene.accepted.id, Medium.CALL, START, ContactOutcome.SPOKE)
    await record_attempt(place.other_vendor.owner, Silence(), given, "once")
    own = await _contacting(scene, Kind.OWNER, scene.accepted)
    assert own is not None
    assert (own["stops"], own["attempts"]["nodes"]) == ([], [])
    assert _by_medium(own)["CALL"]["callsToday"] == 0
    assert _by_medium(own)["CALL"]["right"]["outcome"] == "GIVEN"
    other = await _contacting(scene, Kind.OTHER_VENDOR, scene.accepted)
    assert other is not None
    assert [one["scope"] for one in other["stops"]] == ["ACCOUNT"]
    assert _by_medium(other)["CALL"]["permission"]["outcome"] == "FORBIDDEN"
    assert len(other["attempts"]["nodes"]) == 1
    for kind in (Kind.PROSPECT, Kind.OPERATOR):
        found = await _contacting(scene, kind, scene.accepted)
        assert found is not None
        assert len(found["stops"]) == len(found["attempts"]["nodes"]) == 1


async def test_calls_of_the_account_count(scene: Scene, database: Database) -> None:
    """Two on one day are the most; the third waits."""
    owner = scene.market.vendor.owner
    for number in range(2):
        given = AttemptInput(scene.accepted.id, Medium.CALL, START, ContactOutcome.NO_ANSWER)
        await record_attempt(owner, Silence(), given, str(number))
    call = _by_medium(await _contacting(scene, Kind.OWNER, scene.accepted))["CALL"]
    assert (call["callsToday"], call["callsThisMonth"]) == (2, 2)
    assert call["permission"] | {"changesAt": None} == {
        "outcome": "WAIT",
        "ruleId": "enough_today",
        "changesAt": None,
    }


@pytest.mark.parametrize(("days", "accepted"), [(-30, True), (-31, False), (366, True), (367, False)])
async def test_permissions_are_decided_for_a_limited_time(scene: Scene, days: int, *, accepted: bool) -> None:
    at = (START + timedelta(days=days)).isoformat()
    answer = await scene.clients[Kind.OWNER].ask(CONTACTING, id=write_id("Lead", scene.accepted.id), at=at)
    assert answer.codes == ([] if accepted else ["INVALID"])


async def test_permissions_of_a_page_cost_one_more_statement(scene: Scene, database: Database) -> None:
    """Five media for a hundred leads: one statement more than the page, and one for all attempts."""
    place = scene.market
    leads = [LeadRow(place.market.id, place.prospect.id) for _ in range(110)]
    await insert_leads(leads)
    await insert_deliveries(
        [DeliveryRow(lead.id, place.vendor.id, place.market.policy_id, "RECORD") for lead in leads]
    )
    await fetch(
        connection(),
        """INSERT INTO contact (id, lead_id, full_name, email, phone, other_emails, other_phones,
                                preferred_channel, time_zone, time_zone_given, preferred_given)
           SELECT gen_random_uuid(), lead.id, 'Fake Person', 'fake@person.example', '+4930901820', '[]', '[]',
                  'EMAIL', 'Europe/Berlin', false, false
           FROM lead LEFT JOIN contact ON contact.lead_id = lead.id WHERE contact.id IS NULL""",
    )
    owner = scene.clients[Kind.OWNER]
    counted: dict[tuple[str, int], int] = {}
    for size in (10, 100):
        for name, fields in (
            ("page", "contact { email }"),
            ("permissions", "contacting { permissions { medium right { outcome } } stops { id } }"),
            ("attempts", "contacting { stops { id } attempts { nodes { id } } }"),
        ):
            document = f"{{ leads(first: {size}) {{ nodes {{ id {fields} }} }} }}"
            await owner.ask(document)  # policies are read once per process
            with recorded_statements() as statements:
                answer = await owner.ask(document)
            assert len(answer.data["leads"]["nodes"]) == size
            counted[name, size] = len(statements)
    for size in (10, 100):
        assert counted["permissions", size] == counted["page", size] + 1
        assert counted["attempts", size] == counted["page", size] + 2
