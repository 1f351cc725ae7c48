"""A plan returns the bytes of graphql-core, for every viewer and state, or leaves the operation to it."""

from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.leads.reading_order import ANSWERING
from schema.graphql.fast_path import answering, versions
from tests.support.database import Database
from tests.support.leads import (
    ApplicationRow,
    DeliveryRow,
    LeadRow,
    insert_applications,
    insert_deliveries,
    insert_leads,
)
from tests.support.marketplace import HOUR, SECOND, START
from tests.support.plans import answers_of, both_ways, bytes_of, noted_plans, without_plans
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.stops import insert_stop
from tests.support.viewers import EVERYBODY, Kind

DUE = START + 48 * HOUR
LISTING = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR)
DELIVERED = {Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.OPERATOR}
CONTACT = "contact { fullName organisation email phone }"
OF_THE_BENCHMARK = """{ leads(first: 100) { nodes {
    id title brief category city country budgetMax publishedAt
    visibility { verdict ruleId changesAt } contact { fullName organisation email phone } } } }"""
# Documents that a plan covers, with their variables.
COVERED: dict[str, tuple[str, dict[str, Any]]] = {
    "the benchmark's": (OF_THE_BENCHMARK, {}),
    "all plain fields": (
        """{ leads { nodes { __typename id title brief category city country budgetMin budgetMax currency
             source publishedAt closesAt fee market { __typename id code name } } } }""",
        {},
    ),
    "no rows of its own": ("{ __typename leads(first: 2) { __typename pageInfo { hasNextPage } } }", {}),
    "a whole decision": (
        """{ leads { nodes { visibility { __typename verdict outcome ruleId reason message policyVersion
             decidedAt changesAt changesTo nextOutcome others { ruleId reason failed } } } } }""",
        {},
    ),
    "the other rules in the viewer's language": (
        "{ leads { nodes { visibility { outcome others { ruleId message failedConditions } } } } }",
        {},
    ),
    "the facts of decisions": ("{ leads { nodes { visibility { facts } } } }", {}),
    "the facts of decisions in words": ("{ leads { nodes { visibility { factsInWords } } } }", {}),
    "two selections of a decision": (
        "{ leads { nodes { visibility { changesAt } again: visibility { at: changesAt decidedAt } } } }",
        {},
    ),
    "a whole contact": (
        """{ leads { nodes { contact { __typename fullName organisation email phone phoneExtension otherEmails
             otherPhones registrationNumber linkedinUrl meetingUrl preferredChannel timeZone } } } }""",
        {},
    ),
    "edges and cursors": (
        """{ leads(first: 3) { edges { __typename cursor node { id title } } nodes { fee }
             pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }
             totalCount totalCountIsExact } }""",
        {},
    ),
    "aliases and fragments": (
        """query { mine: leads(first: 5) { ...Page } }
           fragment Page on LeadConnection { list: nodes { ...Card ... on Node { id } ... { title } } }
           fragment Card on Lead { name: title ident: id visibility { rule: ruleId } ...Who }
           fragment Who on Lead { contact { who: fullName email } visibility { verdict } }""",
        {},
    ),
    "conditions": (
        """query ($more: Boolean!, $less: Boolean! = true) { leads { nodes { id title @include(if: $more)
             brief @skip(if: $less) contact @include(if: $more) { email phone @skip(if: $less) } } } }""",
        {"more": True},
    ),
    "conditions the other way": (
        """query ($more: Boolean!, $less: Boolean! = true) { leads { nodes { id title @include(if: $more)
             brief @skip(if: $less) contact @include(if: $more) { email phone @skip(if: $less) } } } }""",
        {"more": False, "less": False},
    ),
    "arguments by variables": (
        """query ($first: Int = 20, $filter: LeadFilter, $orderBy: LeadOrder) {
             leads(first: $first, filter: $filter, orderBy: $orderBy) { nodes { title contact { email } }
             totalCount pageInfo { endCursor } } }""",
        {"first": 2, "filter": {"category": "web", "contactVisible": True}, "orderBy": "BUDGET"},
    ),
    "filters without their columns": (
        """query ($filter: LeadFilter) { leads(filter: $filter) { nodes { title } totalCount } }""",
        {"filter": {"contactVisible": False, "open": False, "query": "website"}},
    ),
    "a market without its columns": ('{ leads(filter: {market: "main"}) { nodes { title } } }', {}),
    "two lists": ("{ leads(first: 1) { nodes { id } } other: leads(last: 1) { nodes { title } } }", {}),
    "an empty page": (
        '{ leads(filter: {category: "None"}) { edges { cursor } pageInfo { endCursor } } }',
        {},
    ),
    "from the end": ("{ leads(last: 2, orderBy: CLOSING_SOONEST) { edges { cursor node { id } } } }", {}),
}
APPLICATION = """id version introduction status fee submittedAt receivedAt reviewedAt answeredAt revealedAt
    refundedAt meetingAt proposedMeetingAt declineMessage vendor { id name }
    visibility { verdict ruleId message changesAt }"""
DELIVERY = "__typename id kind receivedAt points complaintUntil"
LEAD = "id title source visibility { outcome ruleId decidedAt } contact { fullName email }"
# Documents about cases, which are rows for vendors and views for others.
COVERED_CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "applications": (
        f"""{{ applications(first: 100) {{ edges {{ cursor node {{ {APPLICATION} lead {{ {LEAD} }} }} }}
              pageInfo {{ hasNextPage endCursor }} totalCount }} }}""",
        {},
    ),
    "applications with a status": (
        f"""query ($status: ApplicationStatus) {{ applications(filter: {{status: $status}}, last: 5) {{
              nodes {{ {APPLICATION} lead {{ id delivery {{ {DELIVERY} }} application {{ id }} }} }} }} }}""",
        {"status": "REVEALED"},
    ),
    "applications alone": ("{ applications { nodes { fee } } }", {}),
    "deliveries": (
        f"""{{ deliveries(first: 100) {{ nodes {{ {DELIVERY} lead {{ {LEAD} application {{ status }} }} }}
              totalCountIsExact }} }}""",
        {},
    ),
    "deliveries of a kind": (
        """query ($kind: DeliveryKind!) { deliveries(first: 3, filter: {kind: $kind}) {
             edges { node { id kind lead { contact { phone } } } } pageInfo { startCursor } } }""",
        {"kind": "RECORD"},
    ),
}
COVERED |= {
    "leads with the cases": (
        f"""{{ leads(first: 100) {{ nodes {{ id application {{ {APPLICATION} }}
              delivery {{ {DELIVERY} }} }} }} }}""",
        {},
    ),
    "the two ends of a case": (
        "{ leads { nodes { application { lead { id contact { email } application { id } } } } } }",
        {},
    ),
}
# Documents that no plan covers: what is returned is graphql-core's.
NOT_COVERED: dict[str, tuple[str, dict[str, Any]]] = {
    "a field beside the list": ("{ leads { nodes { id } } service { version } }", {}),
    "a page that is too large": ("{ leads(first: 101) { nodes { id } } }", {}),
    "a cursor of another list": ('{ leads(after: "bm8") { nodes { id } } }', {}),
    "an unknown market": ('{ leads(filter: {market: "none"}) { nodes { id } } }', {}),
    "a variable of another type": (
        "query ($first: Int) { leads(first: $first) { nodes { id } } }",
        {"first": "many"},
    ),
    "a nested page that is too large": (
        "{ leads { nodes { applications(first: 11) { totalCount } } } }",
        {},
    ),
}


@pytest_asyncio.fixture(loop_scope="session")
async def every_state(scene: Scene) -> Scene:
    """Leads of the vendor in every combination of answer, delivery and closing, around the deadline."""
    market, vendor = scene.market, scene.market.vendor
    random = Random(7)
    moments = (START - 50 * HOUR, START - 48 * HOUR, START - 48 * HOUR + SECOND, START - HOUR)
    answers = (None, SECOND, 47 * HOUR, 48 * HOUR)
    leads, applications, deliveries = [], [], []
    cases = list(product(moments, answers, answers, (None, "RECORD", "LEAD_CLUB"), ("NO", "NO_CONSENT")))
    for received, accepted, declined, kind, closed in random.sample(cases, 60):
        lead = LeadRow(
            market.market.id,
            market.prospect.id,
            budget_max=random.choice([None, 1, 2**31 - 1]),
            closes_at=random.choice([None, START]),
            city=random.choice([None, 'Łódź "quoted" \u2028\\']),
            published_at=START - timedelta(microseconds=random.randrange(10**9)),
        )
        leads.append(lead)
        policy = market.market.policy_id
        if kind is not None:
            deliveries.append(DeliveryRow(lead.id, vendor.id, policy, kind, closed))
        if kind is None or random.random() < 0.3:
            later = None if declined is None else received + declined + (accepted or timedelta())
            earlier = None if accepted is None else received + accepted
            applications.append(ApplicationRow(lead.id, vendor.id, policy, received, earlier, later))
    await insert_leads(leads)
    await insert_applications(applications)
    await insert_deliveries(deliveries)
    await _add_contacts([lead.id for lead in leads])
    await fetch(
        connection(),
        """UPDATE application SET decline_message = CASE WHEN declined_at IS NOT NULL THEN 'No, thanks.' END,
               ended_at = CASE WHEN declined_at IS NULL AND accepted_at IS NULL AND right(id::text, 1) < '5'
                          THEN received_at + interval '5 minutes' END,
               revealed_at = CASE WHEN right(id::text, 1) > 'a' THEN received_at + interval '48 hours' END""",
    )
    return scene


async def _add_contacts(leads: list[Any]) -> None:
    await fetch(
        connection(),
        """INSERT INTO contact (id, lead_id, full_name, organisation, email, phone, other_emails,
               other_phones, preferred_channel, time_zone, time_zone_given, preferred_given)
           SELECT gen_random_uuid(), lead, 'Zoë Fake', NULL, 'zoe@prospect.example', '+12025550188',
               '["other@prospect.example"]', '[{"e164": "+12025550189"}]', 'PHONE', 'Europe/Berlin', true,
               false
           FROM unnest($1::uuid[]) AS lead""",
        leads,
    )


@pytest.mark.parametrize("name", COVERED)
async def test_a_plan_returns_the_bytes_of_graphql_core(every_state: Scene, name: str) -> None:
    """For everybody; only those without a list have no plan."""
    document, variables = COVERED[name]
    for kind in EVERYBODY:
        planned, usual, by_plan = await both_ways(every_state.clients[kind], document, variables)
        assert planned == usual, kind
        assert by_plan is (kind in LISTING), kind


@pytest.mark.parametrize("name", COVERED_CASES)
async def test_a_plan_of_cases_returns_the_bytes_of_graphql_core(every_state: Scene, name: str) -> None:
    """Also after the person was erased, whose cases stay in these lists."""
    document, variables = COVERED_CASES[name]
    readers = {*LISTING} if "applications(" in document or "applications {" in document else DELIVERED
    for erased in (None, START):
        await fetch(connection(), "UPDATE prospect SET erased_at = $1", erased)
        for kind in EVERYBODY if erased is None else (Kind.OWNER,):
            planned, usual, by_plan = await both_ways(every_state.clients[kind], document, variables)
            assert planned == usual, kind
            assert by_plan is (kind in readers), kind


@pytest.mark.parametrize("name", NOT_COVERED)
async def test_what_no_plan_covers_is_left_to_graphql_core(every_state: Scene, name: str) -> None:
    document, variables = NOT_COVERED[name]
    planned, usual, by_plan = await both_ways(every_state.clients[Kind.OWNER], document, variables)
    assert not by_plan
    assert planned == usual


async def test_the_instant_of_a_reveal_decides_in_a_plan_as_well(scene: Scene, database: Database) -> None:
    """Hidden a microsecond before 48 hours have passed, visible from then on; both ways agree."""
    owner = scene.clients[Kind.OWNER]
    for at, rules in (
        (DUE - timedelta(microseconds=1), b"still_waiting"),
        (DUE, b"revealed_by_silence"),
        (DUE + SECOND, b"revealed_by_silence"),
    ):
        await database.clock.set(at)
        planned, usual, by_plan = await both_ways(owner, OF_THE_BENCHMARK)
        assert by_plan
        assert planned == usual
        assert rules in planned


async def test_a_due_row_that_somebody_is_answering_stays_hidden(scene: Scene, database: Database) -> None:
    """A plan checks a missing answer in order with answers, in one more statement."""
    owner = scene.clients[Kind.OWNER]
    await database.clock.set(DUE)
    await bytes_of(owner, OF_THE_BENCHMARK)
    with recorded_statements() as statements:
        assert b"revealed_by_silence" in await bytes_of(owner, OF_THE_BENCHMARK)
    assert len(statements) == 2, "the list with its viewer, and what is due"
    somebody = await asyncpg.connect(database.url)
    try:
        async with somebody.transaction():
            await somebody.execute(f"SELECT FROM application FOR {ANSWERING}")
            planned, usual, by_plan = await both_ways(owner, OF_THE_BENCHMARK)
    finally:
        await somebody.close()
    assert by_plan
    assert planned == usual
    assert b"still_waiting" in planned
    assert b"revealed_by_silence" not in planned


async def test_leads_of_stopped_and_erased_persons_are_not_in_a_plan(every_state: Scene) -> None:
    owner, prospect = every_state.clients[Kind.OWNER], every_state.market.prospect.id
    await insert_stop(prospect)
    planned, usual, by_plan = await both_ways(owner, OF_THE_BENCHMARK)
    assert by_plan
    assert planned == usual
    assert b"contact_stopped" in planned
    await fetch(connection(), "UPDATE prospect SET erased_at = $2 WHERE id = $1", prospect, START)
    planned, usual, by_plan = await both_ways(owner, OF_THE_BENCHMARK)
    assert by_plan
    assert planned == usual
    assert b"fullName" not in planned


async def test_a_value_that_graphql_cannot_write_is_an_error_of_graphql_core(scene: Scene) -> None:
    """`Int` has 32 bits; the response has a null and an error, both with the library's words."""
    owner = scene.clients[Kind.OWNER]
    document = "{ leads { nodes { budgetMax } } }"
    assert (await both_ways(owner, document))[2]
    await fetch(connection(), "UPDATE lead SET budget_max = $1", 2**31)
    await bytes_of(owner, document)
    with noted_plans() as noted:
        answer = await owner.ask(document)
    assert True not in noted
    assert answer.body["data"]["leads"]["nodes"][0] == {"budgetMax": None}
    assert answer.codes


async def test_a_plan_keeps_nothing_of_a_viewer(every_state: Scene) -> None:
    """The same document, in turn, in other languages and time zones: each has its own bytes."""
    document = "{ leads(first: 5) { nodes { id visibility { message } contact { fullName } } } }"
    clients = [every_state.clients[kind] for kind in (Kind.OWNER, Kind.OTHER_VENDOR, Kind.PROSPECT)]
    await fetch(
        connection(),
        "UPDATE users SET locale = 'de', time_zone = 'Asia/Tokyo' WHERE id = $1",
        every_state.market.other_vendor.owner.user_id,
    )
    with without_plans():
        usual = [await bytes_of(client, document) for client in clients]
    assert len(set(usual)) == len(clients)
    for _ in range(3):
        assert [await bytes_of(client, document) for client in clients] == usual


async def test_a_plan_costs_one_statement(every_state: Scene) -> None:
    """It also confirms the session of the token."""
    owner = every_state.clients[Kind.OWNER]
    for _ in range(2):
        await bytes_of(owner, "{ leads { nodes { id " + CONTACT + " } } }")
    await fetch(
        connection(), "UPDATE application SET revealed_at = received_at WHERE ended_at IS NULL"
    )  # so that nothing is due
    with recorded_statements() as statements, noted_plans() as noted:
        await bytes_of(owner, "{ leads { nodes { id " + CONTACT + " } } }")
    assert (len(statements), noted) == (1, [True])


async def test_a_page_without_contact_data_reads_none(every_state: Scene) -> None:
    owner = every_state.clients[Kind.OWNER]
    document = "{ leads { nodes { id visibility { verdict } } } }"
    await bytes_of(owner, document)
    with recorded_statements() as statements:
        await bytes_of(owner, document)
    assert "join contact" not in statements[-1].sql.lower()


async def test_plans_do_not_accumulate(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are bounded by their length, and plans of a document by their number."""
    answers, documents = await answers_of(scene.clients[Kind.OWNER])
    monkeypatch.setattr(answering, "MOST_PLANS", 2)
    monkeypatch.setattr(documents, "_room", 1_000)
    documents._known.clear()
    assert not answers._planned, "plans are forgotten with their documents"
    owner = scene.clients[Kind.OWNER]
    for number in range(30):
        for _ in range(2):
            await bytes_of(owner, f"{{ leads(first: {number + 1}) {{ nodes {{ id title brief }} }} }}")
    assert 0 < len(answers._planned) < 30
    document = """query ($a: Boolean!, $b: Boolean!) {
        leads { nodes { id title @skip(if: $a) brief @skip(if: $b) } } }"""
    for _ in range(2):
        for a, b in product((False, True), repeat=2):
            planned, usual, _ = await both_ways(owner, document, {"a": a, "b": b})
            assert planned == usual
    assert len(list(answers._planned.values())[-1].plans) == 2


async def test_anonymous_requests_make_nothing_grow(scene: Scene) -> None:
    answers, _ = await answers_of(scene.clients[Kind.OWNER])
    before = len(answers._planned)
    for number in range(5):
        await bytes_of(
            scene.clients[Kind.ANONYMOUS], f"{{ leads(first: {number + 1}) {{ nodes {{ id }} }} }}"
        )
    assert len(answers._planned) == before


def test_other_versions_of_the_libraries_have_no_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until somebody has run these tests with them."""
    assert versions.proved()
    monkeypatch.setitem(versions.PROVED, "graphql-core", "3.3.1")
    assert not versions.proved()
