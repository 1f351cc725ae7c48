"""A list costs a fixed number of SQL statements, whatever its length and the fields of its rows."""

from datetime import timedelta

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch, transaction
from models.chat.store_searches import store_searches
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.leads.contact_access import log_contact_access
from models.process.wake import Silence
from rules import production_parameters
from schema.graphql.ids import write_id
from tests.support.leads import (
    ApplicationRow,
    DeliveryRow,
    LeadRow,
    insert_applications,
    insert_deliveries,
    insert_leads,
)
from tests.support.marketplace import HOUR, LONG_AGO, START, apply, buy_points, make_vendor, publish_policy
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene, look_up
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.viewers import SIGNED_IN, Kind

WHO = 1  # the statement that authenticates the token

LEADS = """nodes {
  application { id deadlines { dueAt } policy { version } } delivery { kind } contact { email }
  market { policy { version } then: policy(at: "2020-06-01T00:00:00Z") { version } }
  applications(first: 5) { nodes { id introduction deadlines { dueAt } } totalCount } }"""
APPLICATIONS = """nodes { deadlines { dueAt } calendarEvent { state startsAt file }
  vendor { name } policy { version }
  lead { title application { id } market { policy { version } } applications(first: 2) { totalCount } } }"""
LEDGER = """nodes { amount subject { ... on Application { deadlines { dueAt } } ... on Delivery { points } }
    decision { ruleId } }"""
NOTIFICATIONS = """nodes { title body account { points } subject {
  ... on Application { status deadlines { dueAt } } ... on Lead { application { id } } } }"""

# Viewer, query, and its number of statements, not counting the one that authenticates.
LISTS = {
    "leads": (Kind.OWNER, "{ leads(first: SIZE) { " + LEADS + " } }", 5),
    "leads by budget": (
        Kind.OWNER,
        "{ leads(first: SIZE, orderBy: BUDGET) { nodes { id contact { email } } } }",
        1,
    ),
    "leads with what was found": (
        Kind.OWNER,
        """{ leads(first: SIZE) { nodes { id smartData { access { ruleId } search { ruleId }
          found { value confidence } } } } }""",
        2,
    ),
    "leads with organisations": (
        Kind.OWNER,
        "{ leads(first: SIZE) { nodes { id organisation { id name } } } }",
        2,
    ),
    "leads with all of organisations": (
        Kind.OWNER,
        """{ leads(first: SIZE) { nodes { id
          organisation { name domain { name person { id } skipped { reason lead { id } } }
          people(first: 2) { nodes { id } totalCount } smartData { found { value image } } } } } }""",
        9,
    ),
    "leads counted": (Kind.OWNER, "{ leads(first: SIZE) { nodes { id } totalCount } }", 2),
    "leads visible": (
        Kind.OWNER,
        "{ leads(first: SIZE, filter: {contactVisible: true}) { nodes { id } } }",
        3,
    ),
    "leads of a prospect": (Kind.PROSPECT, "{ leads(first: SIZE) { " + LEADS + " } }", 5),
    "leads of all": (Kind.OPERATOR, "{ leads(first: SIZE) { " + LEADS + " } }", 6),  # and the log
    "applications": (Kind.OWNER, "{ applications(first: SIZE) { " + APPLICATIONS + " } }", 6),
    "applications by status": (
        Kind.OWNER,
        "{ applications(first: SIZE, filter: {status: PENDING}) { nodes { id status } } }",
        2,
    ),
    "applications of all": (
        Kind.OPERATOR,
        "{ applications(first: SIZE) { " + APPLICATIONS + " totalCount } }",
        7,
    ),
    "deliveries": (
        Kind.OWNER,
        "{ deliveries(first: SIZE) { nodes { kind lead { contact { email } } } } }",
        1,
    ),
    "notifications": (Kind.OWNER, "{ notifications(first: SIZE) { " + NOTIFICATIONS + " } }", 5),
    "ledger": (Kind.OWNER, "{ viewer { account { ledger(first: SIZE) { " + LEDGER + " } } } }", 5),
    "policies": (Kind.OWNER, "{ policies(first: SIZE) { nodes { version parameters } } }", 1),
    "accounts": (
        Kind.OPERATOR,
        "{ accounts(first: SIZE) { nodes { points ledger(first: 3) { " + LEDGER + " } } } }",
        5,
    ),
    "people of accounts": (
        Kind.OPERATOR,
        "{ accounts(first: SIZE) { nodes { people { user { name } role since disabledAt } } } }",
        2,
    ),
    "disclosures": (
        Kind.PROSPECT,
        """{ disclosures(first: SIZE) { nodes { at basis categories noticeState vendor { name } lead { title }
          decision { ruleId } notice { state } } totalCount } }""",
        4,
    ),
    "contact looks": (
        Kind.PROSPECT,
        "{ contactLooks(first: SIZE) { nodes { at lead { title } by { name } } } }",
        2,
    ),
    "contact looks of all": (
        Kind.OPERATOR,
        "{ contactLooks(first: SIZE) { nodes { at lead { title } by { name } } } }",
        3,
    ),
    "webhook endpoints": (
        Kind.OPERATOR,
        """{ webhookEndpoints(first: SIZE) { nodes { url disabledBecause
          dispatches(first: 3) { nodes { id recipient } } } } }""",
        2,
    ),
}


async def _fill(scene: Scene) -> None:
    """Make every list longer than a page."""
    market = scene.market
    await look_up(scene)
    leads = [
        LeadRow(market.market.id, market.prospect.id, published_at=START - (number + 2) * HOUR)
        for number in range(110)
    ]
    await insert_leads(leads)
    policy_id = market.market.policy_id
    await insert_applications(
        [
            ApplicationRow(lead.id, vendor, policy_id, START)
            for lead in leads
            for vendor in (market.vendor.id, market.other_vendor.id)
        ]
    )
    await insert_deliveries([DeliveryRow(lead.id, market.vendor.id, policy_id, "RECORD") for lead in leads])
    for number in range(105):
        later = LONG_AGO + timedelta(days=number + 1)
        await publish_policy(market.market.id, "main", production_parameters(), later)
        await make_vendor(name=f"Vendor {number}")
        await buy_points(market.vendor.id, 1)
        await make_stored_endpoint(market.vendor.id)
    await log_contact_access(market.operator, {lead.id for lead in leads})
    application = await apply(market.vendor, scene.untouched)
    await accept(market.prospect.viewer, Silence(), application)
    async with transaction() as conn:
        journal = Journal(START, None)
        for number, lead in enumerate(leads):
            kind = NotificationKind.LEAD_DELIVERED if number % 2 else NotificationKind.APPLICATION_SUBMITTED
            rows = await fetch(conn, "SELECT id FROM application WHERE lead_id = $1 LIMIT 1", lead.id)
            subject = None if number % 2 else rows[0]["id"]
            journal.events.append(EventRow(market.vendor.id, kind, START, subject, lead.id))
        await journal.write(conn)
    await store_searches()  # else the introductions take a statement, as they do until the next night


async def test_a_list_costs_the_same_for_2_rows_and_for_100(scene: Scene) -> None:
    """With nested applications, deadlines, policies, counts, subjects and decisions."""
    await _fill(scene)
    costs, expected = {}, {}
    for name, (who, document, cost) in LISTS.items():
        client = scene.clients[who]
        await client.ask(document.replace("SIZE", "100"))  # policies never change, so they are cached
        found = []
        for size in (2, 100):
            with recorded_statements() as statements:
                data = (await client.ask(document.replace("SIZE", str(size)))).data
            found.append((len(statements), str(data).count("{") > 100 or size == 2))
        costs[name] = found
        expected[name] = [(WHO + cost, True)] * 2
    assert costs == expected


@pytest.mark.parametrize("who", SIGNED_IN)
async def test_nodes_cost_one_statement_per_type(scene: Scene, who: Kind) -> None:
    """For any number of nodes."""
    rows = await fetch(connection(), "SELECT id FROM lead")
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Lead { visibility { verdict } } } }"
    ids = [write_id("Lead", row["id"]) for row in rows] + [write_id("Market", scene.market.market.id)]
    await scene.clients[who].ask(document, ids=ids)
    for asked in (ids[:1], ids[:-1], ids):
        with recorded_statements() as statements:
            await scene.clients[who].ask(document, ids=asked)
        assert len(statements) == WHO + (2 if len(asked) == len(ids) else 1)


async def test_an_anonymous_request_costs_no_statement(scene: Scene) -> None:
    """Without a token, nothing is read."""
    with recorded_statements() as statements:
        answer = await scene.clients[Kind.ANONYMOUS].ask("{ leads { nodes { id } } }")
    assert answer.codes == ["UNAUTHENTICATED"]
    assert statements == []
