"""Contact data reaches those to whom the rules reveal it, and nobody else, whatever they query."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_introspection_type,
    parse,
    visit,
)
from graphql.language import FieldNode
from graphql.validation import validate
from strawberry import ID

import embedded
from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.deadlines.sweep import sweep
from models.deliveries.tables import Delivery
from models.process.wake import Silence
from rules.visibility import DeliveryKind
from schema.graphql.ids import write_id
from tests.support.api import Api, Client, api_settings, running_api
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, FULL_NAME, START, Marketplace, apply, make_marketplace
from tests.support.query_documents import DOCUMENTS, EVERYTHING
from tests.support.schemas import SDL_SCHEMA as SCHEMA
from tests.support.viewers import Kind, clients_of

# Not reached by a query: these belong to subscriptions and mutations.
ELSEWHERE = {"RevealEvent", "FeedGap", "Mutation", "Subscription"}
VENDOR, STAFF = {Kind.OWNER, Kind.MEMBER}, {Kind.PROSPECT, Kind.OPERATOR}


@pytest_asyncio.fixture(loop_scope="session")
async def api(database: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application; the documents that request everything need more aliases than a client may use."""
    async with running_api(
        api_settings(services, database.url, max_aliases=300, max_cost=200_000)
    ) as running:
        yield running


@dataclass
class Case:
    """A marketplace with one lead, and the vendor's application for it."""

    database: Database
    market: Marketplace

    async def submit(self) -> None:
        """Apply for the lead as the vendor."""
        self.application = await apply(self.market.vendor, self.market.lead)

    async def deliver(self, kind: DeliveryKind, closed: str = "NO") -> None:
        """Insert a delivery, as the operator's action does."""
        await Delivery.create(
            account_id=self.market.vendor.id,
            lead_id=self.market.lead.id,
            kind=kind,
            policy_id=self.market.market.policy_id,
            decision_id=new_id(),
            received_at=START,
            points=1,
            complaint_until=START + timedelta(days=30),
            closed=closed,
        )


async def _nothing(case: Case) -> None:
    """The vendor has not applied."""


async def _pending(case: Case) -> None:
    await case.submit()
    await case.database.clock.advance(timedelta(hours=48) - timedelta(microseconds=1))


async def _silent(case: Case) -> None:
    await case.submit()
    await case.database.clock.advance(timedelta(hours=48))


async def _silent_and_swept(case: Case) -> None:
    await _silent(case)
    await sweep(Silence())


async def _accepted(case: Case) -> None:
    await case.submit()
    await accept(case.market.prospect.viewer, Silence(), case.application)


async def _declined(case: Case) -> None:
    await case.submit()
    await decline(case.market.prospect.viewer, Silence(), case.application, message="No, thank you.")
    await case.database.clock.advance(timedelta(days=30))


async def _declined_late(case: Case) -> None:
    await _silent(case)
    await decline(case.market.prospect.viewer, Silence(), case.application)


async def _withdrawn(case: Case) -> None:
    await _accepted(case)
    await decline(case.market.prospect.viewer, Silence(), case.application)


async def _no_consent(case: Case) -> None:
    await _accepted(case)
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT'")


async def _erased(case: Case) -> None:
    """Erasing a person is not implemented yet: even if the values remained, nobody would see them."""
    await _accepted(case)
    await fetch(connection(), "UPDATE prospect SET erased_at = leadgate_clock()")


async def _lead_club(case: Case) -> None:
    await case.deliver(DeliveryKind.LEAD_CLUB)


async def _record_closed(case: Case) -> None:
    await case.deliver(DeliveryKind.RECORD, "NO_CONSENT")


CASES: dict[str, tuple[Callable[[Case], Awaitable[None]], set[Kind]]] = {
    "nothing": (_nothing, STAFF),
    "pending": (_pending, STAFF),
    "silent": (_silent, STAFF | VENDOR),
    "silent and swept": (_silent_and_swept, STAFF | VENDOR),
    "accepted": (_accepted, STAFF | VENDOR),
    "declined": (_declined, STAFF),
    "declined late": (_declined_late, STAFF | VENDOR),
    "withdrawn": (_withdrawn, STAFF | VENDOR),
    "no consent": (_no_consent, STAFF),
    "erased": (_erased, set()),
    "lead club": (_lead_club, STAFF | VENDOR),
    "record, closed": (_record_closed, STAFF),
}


async def _ask_everything(client: Client, ids: list[ID]) -> str:
    """Return all responses as text; a fault would hide data from the search."""
    texts = []
    for document in DOCUMENTS:
        answer = await client.ask(document, **({"ids": ids} if "$ids" in document else {}))
        # INVALID: the operator's trial decision has no facts.
        assert set(answer.codes) <= {"UNAUTHENTICATED", "FORBIDDEN", "INVALID"}, answer.body["errors"]
        texts.append(str(answer.body))
    return "".join(texts)


@pytest.mark.parametrize("state", CASES)
async def test_viewers_of_a_hidden_lead_get_no_contact_data(database: Database, api: Api, state: str) -> None:
    """The whole response is searched, for a document that requests everything."""
    prepare, seeing = CASES[state]
    await database.clock.set(START)
    case = Case(database, await make_marketplace())
    await prepare(case)
    lead = write_id("Lead", case.market.lead.id)
    ids = [lead, write_id("Vendor", case.market.vendor.id), write_id("Market", case.market.market.id)]
    ids += [
        write_id("Application", row["id"]) for row in await fetch(connection(), "SELECT id FROM application")
    ]
    ids += [write_id("Delivery", row["id"]) for row in await fetch(connection(), "SELECT id FROM delivery")]
    for name, client in (await clients_of(api, case.market)).items():
        text = await _ask_everything(client, ids)
        leaked = [value for value in CONTACT_VALUES if value in text]
        assert leaked == (list(CONTACT_VALUES) if name in seeing else []), name
        if name in seeing:
            partial = await client.ask(
                "query ($id: ID!) { node(id: $id) { ... on Lead { contact { fullName }"
                " visibility { verdict } } } }",
                id=lead,
            )
            assert partial.data["node"] == {
                "contact": {"fullName": FULL_NAME},
                "visibility": {"verdict": "VISIBLE"},
            }


async def test_two_vendors_of_one_lead_each_see_it_by_their_own_case(database: Database, api: Api) -> None:
    """One was declined, the other accepted."""
    await database.clock.set(START)
    market = await make_marketplace()
    declined, accepted = (
        await apply(market.vendor, market.lead),
        await apply(market.other_vendor, market.lead),
    )
    await decline(market.prospect.viewer, Silence(), declined)
    await accept(market.prospect.viewer, Silence(), accepted)
    clients = await clients_of(api, market)
    ids = [write_id("Lead", market.lead.id), *(write_id("Application", one) for one in (declined, accepted))]
    for name, visible in ((Kind.OWNER, False), (Kind.MEMBER, False), (Kind.OTHER_VENDOR, True)):
        text = await _ask_everything(clients[name], ids)
        assert [value in text for value in CONTACT_VALUES] == [visible] * len(CONTACT_VALUES), name


async def test_errors_next_to_contact_data_do_not_contain_it(database: Database, api: Api) -> None:
    """A refusal does not quote other data of the same request."""
    await database.clock.set(START)
    market = await make_marketplace()
    clients = await clients_of(api, market)
    answer = await clients[Kind.PROSPECT].ask(
        "{ leads { nodes { contact { fullName } } } deliveries { nodes { id } } }"
    )
    assert answer.codes == ["FORBIDDEN"]
    assert FULL_NAME not in str(answer.body["errors"])


# Searched in tests/leak, whose documents are generated from the schema.
OF_CALLS = frozenset(
    name
    for name in SCHEMA.type_map
    if re.match(
        "(Appointment|AskedField|Availab|Call|Employee|FaqEntry|Secretariat|Transfer|VipCaller|Weekly)", name
    )
)


def test_the_document_asks_for_every_field_that_a_query_can_reach() -> None:
    """A new field that the leak search does not cover fails this test."""
    document = parse(EVERYTHING)
    assert validate(SCHEMA, document) == []
    info, asked = TypeInfo(SCHEMA), set[str]()

    class Collect(Visitor):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            parent = info.get_parent_type()
            assert parent is not None
            asked.add(f"{parent.name}.{node.name.value}")

    visit(document, TypeInfoVisitor(info, Collect()))
    reachable = {
        f"{kind.name}.{field}"
        for kind in _reached(SCHEMA.query_type)
        for field, defined in kind.fields.items()
        if (field != "id" or f"{kind.name}.id" in asked)
        and not {kind.name, get_named_type(defined.type).name} & OF_CALLS
    }
    # `node` uses the same path as `nodes`; previews are searched in tests/leak.
    preview = {f"ComplaintPreviewRow.{field}" for field in ("row", "decision", "problems")}
    preview |= {f"ChatPreview.{field}" for field in ("shownToOther", "masked", "decision")}
    preview |= {f"DraftFinding.{field}" for field in ("code", "field", "severity", "message")}
    preview |= {"Query.node", "Query.complaintPreview", "Query.chatPreview", "Query.emailDraftCheck"}
    preview |= {"Policy.changesFrom"}  # needs another policy; searched in tests/leak
    errors = {one for one in reachable if one.startswith("UserError.")}  # of drafts, searched in tests/leak
    assert reachable - asked - errors == preview


def _reached(root: GraphQLObjectType | None) -> set[GraphQLObjectType]:
    assert root is not None
    found, waiting = set[GraphQLObjectType](), [root]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        fields: list[GraphQLField] = list(kind.fields.values())
        for field in fields:
            named = get_named_type(field.type)
            reached = (
                [named]
                if isinstance(named, GraphQLObjectType)
                else list(SCHEMA.get_possible_types(named))  # type: ignore[arg-type]
                if named.name == "Node"
                else []
            )
            waiting += [one for one in reached if one not in found and not is_introspection_type(one)]
    assert not {kind.name for kind in found} & ELSEWHERE
    return found


@pytest.mark.parametrize(
    ("closing", "able"),
    [
        ("UPDATE delivery SET closed = 'NO_CONSENT'", {Kind.PROSPECT, Kind.OPERATOR}),
        ("UPDATE prospect SET erased_at = leadgate_clock()", set[Kind]()),
    ],
)
async def test_a_prospects_message_is_hidden_once_the_contact_is_closed(
    database: Database, api: Api, closing: str, able: set[Kind]
) -> None:
    """A withdrawal message may identify the prospect; once the contact is closed, it is hidden."""
    await database.clock.set(START)
    market = await make_marketplace()
    application = await apply(market.vendor, market.lead)
    await accept(market.prospect.viewer, Silence(), application)
    await decline(market.prospect.viewer, Silence(), application, message=f"Yours, {FULL_NAME}")
    clients = await clients_of(api, market)
    document = "query ($id: ID!) { node(id: $id) { ... on Application { declineMessage } } }"

    async def readers() -> set[Kind]:
        answers = {
            name: str((await clients[name].ask(document, id=write_id("Application", application))).body)
            for name in (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)
        }
        return {name for name, answer in answers.items() if FULL_NAME in answer}

    assert await readers() == {Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR}
    await fetch(connection(), closing)
    assert await readers() == able
