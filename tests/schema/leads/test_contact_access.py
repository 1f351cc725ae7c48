"""An operator's access to contact data is logged before it is shown, and nothing else is."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from models.base.database import connection, fetch
from schema.graphql.ids import write_id
from tests.support.marketplace import CONTACT_VALUES, START
from tests.support.scene import Scene
from tests.support.viewers import Kind

LEADS = "{ leads { nodes { contact { email } } } }"


async def _log() -> list[tuple[object, object]]:
    rows = await fetch(connection(), "SELECT user_id, lead_id, at FROM contact_access ORDER BY lead_id")
    assert {row["at"] for row in rows} <= {START}
    return [(row["user_id"], row["lead_id"]) for row in rows]


def _all(scene: Scene) -> list[tuple[object, object]]:
    return [(scene.market.operator.user_id, lead_id) for lead_id in sorted(lead.id for lead in scene.leads)]


async def test_each_lead_is_logged_once_per_operation(scene: Scene) -> None:
    """However often an operation requests it; each operation logs it again."""
    operator = scene.clients[Kind.OPERATOR]
    document = """query Look($id: ID!) { leads { nodes { contact { email } again: contact { phone } } }
        applications { nodes { lead { contact { fullName } } } }
        node(id: $id) { ... on Lead { contact { fullName } } } }"""
    asked = await operator.ask(document, id=write_id("Lead", scene.hidden.id))
    assert CONTACT_VALUES[0] in str(asked.data)
    assert await _log() == _all(scene)
    await operator.ask(LEADS)
    assert len(await _log()) == 2 * len(scene.leads)


async def test_only_what_was_shown_is_logged(scene: Scene) -> None:
    """A page, a node, a mutation's payload: the leads whose contact data is in the response."""
    operator = scene.clients[Kind.OPERATOR]
    one = "query ($id: ID!) { node(id: $id) { ... on Lead { contact { email } } } }"
    await operator.ask(one, id=write_id("Lead", scene.foreign.id))
    assert await _log() == [(scene.market.operator.user_id, scene.foreign.id)]
    await fetch(connection(), "UPDATE prospect SET erased_at = leadgate_clock()")
    hidden = await operator.ask(
        "{ applications { nodes { lead { contact { email } visibility { verdict } } } } }"
    )
    assert {node["lead"]["visibility"]["verdict"] for node in hidden.data["applications"]["nodes"]} == {
        "HIDDEN"
    }
    assert len(await _log()) == 1


@pytest.mark.parametrize(
    "document",
    [
        "{ leads { nodes { id visibility { verdict facts } } totalCount } }",
        "{ leads(filter: {contactVisible: true}) { nodes { id } } }",
        "{ applications { nodes { visibility { verdict } refund { verdict } } } }",
        "query ($no: Boolean = false) { leads { nodes { id contact @include(if: $no) { email } } } }",
        "{ viewer { user { name } } }",
        "{ nothing }",
    ],
)
async def test_a_query_without_contact_data_is_not_logged(scene: Scene, document: str) -> None:
    """Asking whether contact data is visible is not an access."""
    await scene.clients[Kind.OPERATOR].ask(document)
    assert await _log() == []


async def test_only_operators_are_logged(scene: Scene) -> None:
    """Vendors see their deliveries, prospects their own data: neither is access by staff."""
    for name in (Kind.OWNER, Kind.PROSPECT):
        assert CONTACT_VALUES[2] in str((await scene.clients[name].ask(LEADS)).data)
    assert await _log() == []


async def test_the_log_contains_the_requests_id(scene: Scene) -> None:
    """It is the server's own id, because the client's could be another request's."""
    for _ in range(2):
        answer = await scene.clients[Kind.OPERATOR].ask(LEADS, {"X-Request-Id": "look-1"})
        assert answer.headers["X-Request-Id"] == "look-1"
    rows = await fetch(connection(), "SELECT DISTINCT request_id FROM contact_access")
    assert len({row["request_id"] for row in rows}) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", row["request_id"]) for row in rows)


@asynccontextmanager
async def _without_log() -> AsyncIterator[None]:
    await fetch(connection(), "ALTER TABLE contact_access RENAME TO contact_access_away")
    try:
        yield
    finally:
        await fetch(connection(), "ALTER TABLE contact_access_away RENAME TO contact_access")


async def test_contact_data_that_cannot_be_logged_is_not_shown(scene: Scene) -> None:
    """The whole response is withheld and the fault masked; responses that need no log are returned."""
    operator = scene.clients[Kind.OPERATOR]
    async with _without_log():
        answer = await operator.ask(LEADS)
        assert answer.body.get("data") is None
        assert answer.codes == ["INTERNAL"]
        assert not [value for value in (*CONTACT_VALUES, "contact_access") if value in str(answer.body)]
        assert len((await operator.ask("{ leads { nodes { id } } }")).data["leads"]["nodes"]) == 4
        owner = await scene.clients[Kind.OWNER].ask(LEADS)
        assert CONTACT_VALUES[2] in str(owner.data)
    assert CONTACT_VALUES[2] in str((await operator.ask(LEADS)).data)
