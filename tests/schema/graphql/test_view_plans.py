"""Plans of what loaders and resolvers read: the bytes, the statements and the log of graphql-core."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from models.base.database import Connection, connection, fetch
from models.base.unavailable import Unavailable
from models.base.viewer import Viewer
from models.deliveries.offers import OfferView
from schema.deliveries import loaders as delivery_loaders
from schema.graphql import contact_access
from schema.graphql.context import Context
from schema.graphql.fast_path.answering import Answers
from tests.support.api import Client
from tests.support.plans import both_ways, bytes_of, noted_plans, without_plans
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene, ids_of
from tests.support.viewers import EVERYBODY, Kind

_FAULT = re.compile(rb"[0-9a-f]{32}|[0-9a-f-]{36}")  # the number of a request, by which faults are found
EXAMPLES = Path(__file__).parents[3] / "examples" / "operations"
LISTING = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR)
SHIPPED = ("LeadList", "ApplicationList", "ProspectInbox")
DECISION = "outcome ruleId message changesAt nextOutcome others { ruleId reason failed }"
PLACED = f"placed {{ place title actionUntil decision {{ {DECISION} }} subject {{ __typename id }} }}"
CALLS_READERS = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.AGENT, Kind.OPERATOR)
# Documents that plans cover, and for whom.
COVERED: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "an offer below a delivery": (
        "{ deliveries { nodes { id complaintItem { id decision { ruleId } } replacementFor { id } "
        "lead { offer { mode kind points placesLeft } } } } }",
        (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.OPERATOR),
    ),
    "what an application loads": (
        "{ applications { edges { cursor node { id deadlines { kind dueAt doneAt outcome } "
        "calendarEvent { sequence } chat { unread access { ruleId } } policy { version terms { openFor "
        f"revealAfter }} parameters }} refund {{ {DECISION} }} {PLACED} }} }} totalCount }} }}",
        LISTING,
    ),
    "leads with their applications": (
        "{ leads { nodes { id applications(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges "
        "{ cursor node { id introduction deadlines { kind } vendor { id name } lead { offer { points } } } } "
        "} } } }",
        LISTING,
    ),
    "cases within cases": (
        "{ leads { nodes { application { deadlines { dueAt } lead { offer { kind } } } "
        "delivery { complaintItem { id } lead { id } } market { code } } } }",
        LISTING,
    ),
    "notifications": (
        "{ notifications(first: 50) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { "
        "__typename id } } } }",
        (Kind.OWNER, Kind.PROSPECT, Kind.MEMBER),
    ),
    "calls": (
        "{ calls { nodes { __typename id } totalCount edges { cursor } } }",
        CALLS_READERS,
    ),
    "complaints": (
        f"{{ complaints {{ nodes {{ id number {PLACED} }} totalCount }} }}",
        (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    ),
}


NODES = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ...Case ...Complaint
        ... on Call { rangAt: startedAt } ... on Lead { offer { kind } contact { email } } } }
    fragment Complaint on Complaint { items { nodes { row } } messages(first: 2) { nodes { text } } }
    fragment Case on Application { status chat { unread } deadlines { kind } lead { offer { kind } } }"""


def _shipped(name: str) -> str:
    return (EXAMPLES / f"{name}.graphql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Full:
    """The scene with an object of each type, of which `ids` has one of each."""

    scene: Scene
    ids: dict[str, str]

    def client(self, kind: Kind) -> Client:
        """Return the client of a kind of viewer."""
        return self.scene.clients[kind]


@pytest_asyncio.fixture(loop_scope="session")
async def full(scene: Scene) -> Full:
    """The scene, furnished."""
    return Full(scene, await ids_of(scene))


@pytest.mark.parametrize("name", SHIPPED)
async def test_a_shipped_list_is_answered_by_a_plan(full: Full, name: str) -> None:
    """With the bytes of graphql-core, for everybody who may list."""
    for kind in EVERYBODY:
        planned, usual, by_plan = await both_ways(full.client(kind), _shipped(name))
        assert planned == usual, kind
        assert by_plan is (kind in LISTING), kind


@pytest.mark.parametrize("name", COVERED)
async def test_what_is_loaded_is_answered_by_a_plan(full: Full, name: str) -> None:
    document, readers = COVERED[name]
    for kind in EVERYBODY:
        planned, usual, by_plan = await both_ways(full.client(kind), document)
        assert planned == usual, kind
        if kind in readers:
            assert by_plan, kind


@pytest.mark.parametrize("name", [*SHIPPED, *COVERED])
async def test_a_plan_sends_the_statements_of_graphql_core(full: Full, name: str) -> None:
    """As many, whoever asks: a loader of a page has one, not one per row."""
    document = COVERED[name][0] if name in COVERED else _shipped(name)
    for kind in (Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR):
        await bytes_of(full.client(kind), document)
        with recorded_statements() as by_plan, noted_plans():
            await bytes_of(full.client(kind), document)
        with recorded_statements() as usual, without_plans():
            await bytes_of(full.client(kind), document)
        assert len(by_plan) == len(usual), kind


async def test_nodes_of_every_type_are_answered_by_a_plan(full: Full) -> None:
    """One by one and all together: objects of each type are completed by code of their own."""
    for kind in (Kind.OWNER, Kind.OPERATOR, Kind.PROSPECT, Kind.AGENT):
        for ids in ([], [*full.ids.values()], *([one, one] for one in full.ids.values())):
            planned, usual, by_plan = await both_ways(full.client(kind), NODES, {"ids": ids})
            assert planned == usual, kind
            assert by_plan, kind


async def test_an_unknown_node_is_null_in_a_plan(full: Full) -> None:
    document = "query ($id: ID!) { node(id: $id) { __typename id ... on Lead { title } } }"
    for global_id in ("nothing", full.ids["Lead"], full.ids["ChatMessage"]):
        planned, usual, by_plan = await both_ways(full.client(Kind.OTHER_VENDOR), document, {"id": global_id})
        assert planned == usual
        assert by_plan


async def test_arguments_below_the_root_are_those_of_the_request(full: Full) -> None:
    """A plan is made with one value of a variable and used with others; too long a page is an error."""
    document = """query ($first: Int) { leads { nodes { id applications(first: $first) {
        nodes { id } pageInfo { hasNextPage } } } } }"""
    prospect = full.client(Kind.PROSPECT)
    answers = set()
    for first in (1, 2, 10, None):
        planned, usual, by_plan = await both_ways(prospect, document, {"first": first})
        assert planned == usual
        assert by_plan
        answers.add(planned)
    planned, usual, by_plan = await both_ways(prospect, document, {"first": 11})
    assert b"PAGE_SIZE_OUT_OF_RANGE" in planned
    assert planned == usual
    assert not by_plan


def _broken(views: list[OfferView], how: str) -> list[Any]:
    changes: dict[str, dict[str, Any]] = {
        "a null where none may be": {"points": None},
        "a number beyond 32 bits": {"places_left": 2**31},
        "an unknown member": {"kind": "NOTHING"},
    }
    return [replace(view, **changes[how]) for view in views]


@pytest.mark.parametrize(
    "how", ["a null where none may be", "a number beyond 32 bits", "an unknown member", "an error"]
)
async def test_what_fails_below_a_loader_is_an_error_of_graphql_core(
    full: Full, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its words, at its place, beside the data of the others."""
    usual_offers = delivery_loaders.offers_of
    document = "{ leads { nodes { id offer { kind points placesLeft } } } }"
    await fetch(
        connection(),
        """INSERT INTO offer (id, lead_id, mode, kind, points, cap, sold, offered_at)
           SELECT gen_random_uuid(), id, 'SHARED', 'RECORD', 5, 3, 0, published_at FROM lead""",
    )
    assert (await both_ways(full.client(Kind.OWNER), document))[2]

    async def offers(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Any]:
        if how == "an error":
            raise ValueError(how)
        found = await usual_offers(conn, viewer, ids)
        return dict(zip(found, _broken([*found.values()], how), strict=True))

    monkeypatch.setattr(delivery_loaders, "offers_of", offers)
    planned, usual, by_plan = await both_ways(full.client(Kind.OWNER), document)
    assert not by_plan
    assert b'"errors"' in planned
    assert _FAULT.sub(b"", planned) == _FAULT.sub(b"", usual)


LOOK = "{ leads { nodes { id contact { fullName } } } applications { nodes { lead { contact { email } } } } }"


async def test_looks_of_operators_are_logged_once_by_a_plan(full: Full) -> None:
    """As many as graphql-core logs, before the answer; none of an answer that a plan gave up."""
    operator = full.client(Kind.OPERATOR)
    looks = []
    for document in (LOOK, LOOK, LOOK + " ", LOOK.replace("fullName", "fullName address { city }")):
        before = await _looks()
        answer = await operator.ask(document)
        assert not answer.codes
        looks.append(await _looks() - before)
    assert looks[0] > 0
    assert len(set(looks)) == 1


async def test_an_operator_whose_look_cannot_be_logged_sees_nothing(
    full: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = full.client(Kind.OPERATOR)
    await bytes_of(operator, LOOK)

    async def fail(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(contact_access, "log_contact_access", fail)
    with noted_plans() as noted:
        answer = await operator.ask(LOOK)
    assert noted == [True]
    assert answer.body.get("data") is None
    assert answer.codes == ["UNAVAILABLE"]


async def test_an_answer_that_a_plan_gives_up_shows_no_contact(
    full: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looks that it noted are forgotten with it: graphql-core notes its own."""
    document = "{ leads { nodes { id contact { fullName } offer { kind } } } }"
    operator = full.client(Kind.OPERATOR)
    await bytes_of(operator, document)

    async def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(delivery_loaders, "offers_of", fail)
    noted: list[set[UUID]] = []
    usual = Answers.answer

    async def answer(self: Answers, known: Any, values: Any, context: Context) -> bytes | None:
        found = await usual(self, known, values, context)
        noted.append(set(context.contacts_seen))
        return found

    monkeypatch.setattr(Answers, "answer", answer)
    await bytes_of(operator, document)
    assert noted == [set()]


async def _looks() -> int:
    return int((await fetch(connection(), "SELECT count(*) AS n FROM contact_access"))[0]["n"])


async def test_a_plan_of_views_keeps_nothing_of_a_viewer(full: Full) -> None:
    """The same document in turn, for viewers with other rights and languages: each has its own bytes."""
    document = _shipped("ApplicationList")
    clients = [full.client(kind) for kind in (Kind.OWNER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OPERATOR)]
    await fetch(
        connection(),
        "UPDATE users SET locale = 'pl', time_zone = 'Asia/Tokyo' WHERE id = $1",
        full.scene.market.vendor.owner.user_id,
    )
    with without_plans():
        usual = [await bytes_of(client, document) for client in clients]
    assert len(set(usual)) == len(clients)
    for _ in range(3):
        assert [await bytes_of(client, document) for client in clients] == usual
