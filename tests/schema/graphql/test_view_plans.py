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
from models.deliveries.offers import OfferView, offers_of
from schema.deliveries import loaders as delivery_loaders
from schema.graphql import contact_access
from schema.graphql.context import Context
from schema.graphql.fast_path import answering, selection
from schema.graphql.fast_path.answering import Answers
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.ids import write_id
from tests.support.api import Client
from tests.support.marketplace import apply
from tests.support.plans import answers_of, authenticated, both_ways, bytes_of, noted_plans, without_plans
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene, ids_of
from tests.support.schemas import SDL_SCHEMA
from tests.support.viewers import EVERYBODY, Kind

_FAULT = re.compile(rb"[0-9a-f]{32}|[0-9a-f-]{36}")  # the number of a request, by which faults are found
EXAMPLES = Path(__file__).parents[3] / "examples" / "operations"


def _shipped(name: str) -> str:
    return (EXAMPLES / f"{name}.graphql").read_text(encoding="utf-8")


LISTING = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR)
DECISION = (
    "outcome ruleId message changesAt nextOutcome factsInWords "
    "others { ruleId reason failed message failedConditions }"
)
PLACED = f"placed {{ place title actionUntil decision {{ {DECISION} }} subject {{ __typename id }} }}"
CALLS_READERS = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.AGENT, Kind.OPERATOR)
# Documents that plans cover, and for whom.
COVERED: dict[str, tuple[str, tuple[Kind, ...]]] = {
    **{name: (_shipped(name), LISTING) for name in ("LeadList", "ApplicationList", "ProspectInbox")},
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


def test_every_list_of_the_root_may_have_a_plan() -> None:
    """A new list is named by its domain; a field that writes is no list."""
    root = SDL_SCHEMA.query_type
    assert root is not None
    lists = {name for name, field in root.fields.items() if str(field.type).endswith("Connection")}
    assert lists
    assert lists <= VIEWS


async def test_what_is_loaded_is_answered_by_a_plan(full: Full) -> None:
    """With the bytes of graphql-core, and as many statements: one for a loader, not one for each row. An
    empty page for a viewer who was recalled is read once more.
    """
    for name, (document, readers) in COVERED.items():
        for kind in EVERYBODY:
            planned, usual, by_plan = await both_ways(full.client(kind), document)
            assert planned == usual, (name, kind)
            if kind in readers:
                assert by_plan, (name, kind)
                with recorded_statements() as with_plan, authenticated():
                    await bytes_of(full.client(kind), document)
                with recorded_statements() as without, without_plans():
                    await bytes_of(full.client(kind), document)
                assert len(with_plan) == len(without), (name, kind)


async def test_nodes_of_every_type_are_answered_by_a_plan(full: Full) -> None:
    """One by one and all together: objects of each type are completed by code of their own."""
    for kind in (Kind.OWNER, Kind.OPERATOR, Kind.PROSPECT, Kind.AGENT):
        for ids in ([], [*full.ids.values()], *([one, one] for one in full.ids.values())):
            planned, usual, by_plan = await both_ways(full.client(kind), NODES, {"ids": ids})
            assert planned == usual, kind
            assert by_plan, kind


async def test_a_document_that_would_make_too_much_code_has_no_plan(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fragments within fragments are short to write, and each is compiled where it is spread."""
    document = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Lead { ...A } } }
        fragment A on Lead { a: market { ...B } b: market { ...B } c: market { ...B } }
        fragment B on Market { id code name currency languages }"""
    ids = {"ids": [write_id("Lead", scene.hidden.id)]}
    assert (await both_ways(scene.clients[Kind.OWNER], document, ids))[2]
    monkeypatch.setattr(selection, "MOST_FIELDS", 17)  # of 18
    planned, usual, by_plan = await both_ways(scene.clients[Kind.OWNER], document + " ", ids)
    assert not by_plan
    assert planned == usual


async def test_all_root_fields_of_a_document_together_make_no_more_code_than_one_may(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they are read as rows or as views."""
    monkeypatch.setattr(selection, "MOST_FIELDS", 12)
    for field in ("leads { nodes { id title } }", "viewer { locale: roles user { id } }"):
        for times, covered in ((3, True), (5, False)):
            document = f"{{ {' '.join(f'a{number}: {field}' for number in range(times))} }}"
            planned, usual, by_plan = await both_ways(scene.clients[Kind.OWNER], document)
            assert by_plan is covered
            assert planned == usual


async def test_plans_are_made_anew_when_all_together_have_too_much_code(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise short documents with many fields would fill the memory."""
    owner = scene.clients[Kind.OWNER]
    answers, _ = await answers_of(owner)
    monkeypatch.setattr(answering, "MOST_COMPILED", 30)
    monkeypatch.setattr(answers, "_compiled", selection.Compiled())
    kept = []
    for number in range(40):
        document = f"{{ page{number}: leads {{ nodes {{ id title }} }} }}"
        planned, usual, by_plan = await both_ways(owner, document)
        assert by_plan
        assert planned == usual
        kept.append(len(answers._planned))
    assert max(kept[-20:]) <= 12


async def test_an_unknown_node_is_null_in_a_plan(full: Full) -> None:
    document = "query ($id: ID!) { node(id: $id) { __typename id ... on Lead { title } } }"
    for global_id in ("nothing", full.ids["Lead"], full.ids["ChatMessage"]):
        planned, usual, by_plan = await both_ways(full.client(Kind.OTHER_VENDOR), document, {"id": global_id})
        assert planned == usual
        assert by_plan


async def test_arguments_below_the_root_are_those_of_the_request(scene: Scene) -> None:
    """A plan is made with one value of a variable and used with others; too long a page is an error."""
    document = """query ($first: Int) { leads { nodes { id applications(first: $first) {
        nodes { id } pageInfo { hasNextPage } } } } }"""
    prospect = scene.clients[Kind.PROSPECT]
    await apply(scene.market.other_vendor, scene.hidden)
    answers = set()
    for first in (1, 2, 10, None):
        planned, usual, by_plan = await both_ways(prospect, document, {"first": first})
        assert planned == usual
        assert by_plan
        answers.add(planned.partition(b'"extensions"')[0])  # with the cost
    assert len(answers) == 2, "one application or both"
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
    scene: Scene, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its words, at its place, beside the data of the others."""
    document = "{ leads { nodes { id offer { kind points placesLeft } } } }"
    await fetch(
        connection(),
        """INSERT INTO offer (id, lead_id, mode, kind, points, cap, sold, offered_at)
           SELECT gen_random_uuid(), id, 'SHARED', 'RECORD', 5, 3, 0, published_at FROM lead""",
    )
    assert (await both_ways(scene.clients[Kind.OWNER], document))[2]

    async def offers(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Any]:
        if how == "an error":
            raise ValueError(how)
        found = await offers_of(conn, viewer, ids)
        return dict(zip(found, _broken([*found.values()], how), strict=True))

    monkeypatch.setattr(delivery_loaders, "offers_of", offers)
    planned, usual, by_plan = await both_ways(scene.clients[Kind.OWNER], document)
    assert not by_plan
    assert b'"errors"' in planned
    assert _FAULT.sub(b"", planned) == _FAULT.sub(b"", usual)


LOOK = "{ leads { nodes { id contact { fullName } } } applications { nodes { lead { contact { email } } } } }"


async def test_looks_of_operators_are_logged_once_by_a_plan(scene: Scene) -> None:
    """As many as graphql-core logs, before the answer; none of an answer that a plan gave up."""
    operator = scene.clients[Kind.OPERATOR]
    looks = []
    for document in (LOOK, LOOK, LOOK + " ", LOOK.replace("fullName", "fullName address { city }")):
        before = await _looks()
        answer = await operator.ask(document)
        assert not answer.codes
        looks.append(await _looks() - before)
    assert looks[0] > 0
    assert len(set(looks)) == 1


async def test_an_operator_whose_look_cannot_be_logged_sees_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = scene.clients[Kind.OPERATOR]
    await bytes_of(operator, LOOK)

    async def fail(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(contact_access, "log_contact_access", fail)
    with noted_plans() as noted, authenticated():
        answer = await operator.ask(LOOK)
    assert noted == [True]
    assert answer.body.get("data") is None
    assert answer.codes == ["UNAVAILABLE"]


async def test_an_answer_that_a_plan_gives_up_shows_no_contact(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looks that it noted are forgotten with it: graphql-core notes its own."""
    document = "{ leads { nodes { id contact { fullName } offer { kind } } } }"
    operator = scene.clients[Kind.OPERATOR]
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


async def test_a_plan_of_views_keeps_nothing_of_a_viewer(scene: Scene) -> None:
    """The same document in turn, for viewers with other rights and languages: each has its own bytes."""
    document = _shipped("ApplicationList")
    clients = [scene.clients[kind] for kind in (Kind.OWNER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OPERATOR)]
    await fetch(
        connection(),
        "UPDATE users SET locale = 'pl', time_zone = 'Asia/Tokyo' WHERE id = $1",
        scene.market.vendor.owner.user_id,
    )
    with without_plans():
        usual = [await bytes_of(client, document) for client in clients]
    assert len(set(usual)) == len(clients)
    for _ in range(3):
        assert [await bytes_of(client, document) for client in clients] == usual
