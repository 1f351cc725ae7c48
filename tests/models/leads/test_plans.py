"""The orders of lists use their indexes, also for pages in the middle."""

import re
from datetime import timedelta
from random import Random

import pytest

from models.applications.list import ApplicationFilter, list_applications
from models.base.database import connection, fetch, transaction
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.deliveries.list import DeliveryFilter, list_deliveries
from models.leads.list import LeadFilter, LeadOrder, list_leads
from tests.support.database import Database
from tests.support.leads import (
    ApplicationRow,
    DeliveryRow,
    insert_applications,
    insert_deliveries,
    insert_leads,
    random_leads,
)
from tests.support.marketplace import START, Marketplace, make_marketplace
from tests.support.query_recorder import RecordedStatement, recorded_statements

INDEXES = {
    LeadOrder.NEWEST: "lead_newest",
    LeadOrder.BUDGET: "lead_by_budget",
    LeadOrder.CLOSING_SOONEST: "lead_closing",
}


async def _market(database: Database, count: int) -> Marketplace:
    await database.clock.set(START)
    market = await make_marketplace()
    await insert_leads(random_leads(Random(1), count, market.market.id, market.prospect.id))
    await _count_rows()
    return market


async def _count_rows() -> None:
    """Let the planner know all tables as they are, not as earlier tests left them."""
    await fetch(connection(), "VACUUM ANALYZE")


async def _statement_of(
    viewer: Viewer, part: Slice, order: LeadOrder, criteria: LeadFilter
) -> RecordedStatement:
    with recorded_statements() as statements:
        await list_leads(connection(), viewer, part, order, criteria)
    return next(statement for statement in statements if "FROM lead " in statement.sql)


async def _plan(statement: RecordedStatement, *switched_off: str) -> str:
    """Return the plan of a planner that avoids sequential scans and sorts if it can."""
    async with transaction() as conn:
        for setting in switched_off:
            await fetch(conn, f"SET LOCAL enable_{setting} = off")
        rows = await fetch(conn, f"EXPLAIN {statement.sql}", *statement.values)
    return "\n".join(row[0] for row in rows)


def _of_page(plan: str) -> str:
    """Return how the leads of a page are found, before the viewer's cases on them."""
    return plan[plan.index("CTE page") : plan.index("CTE application_of_page")]


@pytest.mark.parametrize("order", LeadOrder)
@pytest.mark.parametrize("backwards", [False, True])
async def test_a_page_is_read_from_the_orders_index(
    database: Database, order: LeadOrder, *, backwards: bool
) -> None:
    """It starts at the position and does not sort."""
    market = await _market(database, 2_000)
    viewer = market.vendor.owner
    first = await list_leads(connection(), viewer, Slice(50), order)
    position = first.position(-1)
    part = Slice(50, before=position, backwards=True) if backwards else Slice(50, after=position)
    for asked in (part, Slice(50, backwards=backwards)):
        statement = await _statement_of(viewer, asked, order, LeadFilter())
        plan = await _plan(statement, "seqscan", "sort", "incremental_sort", "bitmapscan")
        page = _of_page(plan)
        assert re.search(f"using {INDEXES[order]} on lead", page)
        assert "Sort Key" not in page
        assert ("Index Cond: (ROW(" in page) == (asked is part)


async def test_open_leads_are_read_from_the_orders_index(database: Database) -> None:
    """The reasons for refusing an application are checked per row, by an index."""
    market = await _market(database, 2_000)
    statement = await _statement_of(
        market.vendor.owner, Slice(50), LeadOrder.CLOSING_SOONEST, LeadFilter(open=True)
    )
    plan = await _plan(statement, "seqscan", "sort", "incremental_sort", "bitmapscan")
    assert f"using {INDEXES[LeadOrder.CLOSING_SOONEST]} on lead" in plan
    assert "Sort Key: lead" not in plan
    assert "on do_not_contact" in plan


async def test_words_are_searched_in_the_index(database: Database) -> None:
    """Briefs are not read one by one."""
    market = await _market(database, 2_000)
    statement = await _statement_of(
        market.vendor.owner, Slice(50), LeadOrder.NEWEST, LeadFilter(query="website -shop")
    )
    plan = await _plan(statement, "seqscan", "indexscan")
    assert "Bitmap Index Scan on lead_search" in plan


@pytest.mark.parametrize(("visible", "index"), [(True, "lead_pkey"), (False, INDEXES[LeadOrder.NEWEST])])
async def test_a_filter_by_the_verdict_reads_few_leads(
    database: Database, *, visible: bool, index: str
) -> None:
    """Visible leads are found from the viewer's own cases; hidden leads by scanning the order past them."""
    market = await _market(database, 5_000)
    owner, policy_id = market.vendor.owner, market.market.policy_id
    rows = await fetch(connection(), "SELECT id FROM lead LIMIT 50")
    await insert_applications(
        [ApplicationRow(row["id"], market.vendor.id, policy_id, START - timedelta(days=3)) for row in rows]
    )
    await _count_rows()
    statement = await _statement_of(owner, Slice(50), LeadOrder.NEWEST, LeadFilter(contact_visible=visible))
    assert "application.received_at <=" in statement.sql or not visible
    plan = await _plan(statement)
    assert re.search(f"(using|on) {index}", plan)
    assert "Seq Scan on lead" not in plan


@pytest.mark.parametrize("criteria", [LeadFilter(open=True), LeadFilter(applied=False)])
async def test_leads_without_a_case_of_the_vendor_are_read_in_index_order(
    database: Database, criteria: LeadFilter
) -> None:
    """Most leads have none: the planner must expect that, or it reads and sorts all leads for one page."""
    market = await _market(database, 5_000)
    rows = await fetch(connection(), "SELECT id FROM lead LIMIT 50")
    policy_id = market.market.policy_id
    await insert_applications([ApplicationRow(row["id"], market.vendor.id, policy_id, START) for row in rows])
    await _count_rows()
    for order in (LeadOrder.NEWEST, LeadOrder.CLOSING_SOONEST):
        plan = await _plan(await _statement_of(market.vendor.owner, Slice(50), order, criteria))
        assert re.search(f"using {INDEXES[order]} on lead", plan)
        assert "Sort Key: lead" not in plan


async def test_the_viewers_cases_are_found_by_the_leads_of_the_page(database: Database) -> None:
    """Not all cases of the account, however many it has; and none is compared with each lead."""
    market = await _market(database, 10_000)
    rows = await fetch(connection(), "SELECT id FROM lead")
    policy_id = market.market.policy_id
    await insert_applications([ApplicationRow(row["id"], market.vendor.id, policy_id, START) for row in rows])
    await _count_rows()
    for order in LeadOrder:
        plan = await _plan(await _statement_of(market.vendor.owner, Slice(50), order, LeadFilter()))
        assert "using application_once_per_account on application" in plan
        assert "Index Cond: ((lead_id = ANY ((InitPlan" in plan
        assert "Join Filter: (application.lead_id = lead.id)" not in plan


async def test_the_cases_of_an_account_new_to_the_planner_are_looked_up_by_stopped_leads(
    database: Database,
) -> None:
    """It expects that such an account has one, and could read all of them for each stopped lead."""
    market = await _market(database, 2_000)
    rows = await fetch(connection(), "SELECT id FROM lead")
    policy_id, other = market.market.policy_id, market.other_vendor.id
    await insert_applications([ApplicationRow(row["id"], other, policy_id, START) for row in rows])
    await insert_deliveries([DeliveryRow(row["id"], other, policy_id, "RECORD") for row in rows])
    await fetch(connection(), "ANALYZE")
    plan = _of_page(
        await _plan(await _statement_of(market.vendor.owner, Slice(50), LeadOrder.NEWEST, LeadFilter()))
    )
    assert "using application_once_per_account on application" in plan
    assert "using delivery_once_per_account on delivery" in plan


async def test_operators_lists_are_read_from_their_orders_indexes(database: Database) -> None:
    """Applications and deliveries, newest first, without sorting all rows."""
    market = await _market(database, 2_000)
    rows = await fetch(connection(), "SELECT id FROM lead LIMIT 500")
    policy_id = market.market.policy_id
    await insert_applications([ApplicationRow(row["id"], market.vendor.id, policy_id, START) for row in rows])
    await insert_deliveries(
        [DeliveryRow(row["id"], market.other_vendor.id, policy_id, "RECORD") for row in rows]
    )
    await _count_rows()
    with recorded_statements() as statements:
        await list_applications(connection(), market.operator, Slice(25), ApplicationFilter())
        await list_deliveries(connection(), market.operator, Slice(25), DeliveryFilter())
    lists = [statement for statement in statements if "LIMIT" in statement.sql]
    for statement, index in zip(lists, ("application_newest", "delivery_newest"), strict=True):
        plan = await _plan(statement, "seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin")
        assert f"using {index}" in plan
        assert not re.search("Sort Key: (application|delivery)", plan)
