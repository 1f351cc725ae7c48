"""The operators' lists of complaints are read from the indexes of their orders, with a period as well."""

from datetime import timedelta

import pytest

from models.base.database import connection, fetch, transaction
from models.base.keyset import Slice
from models.complaints.list import ComplaintFilter, ComplaintOrder, list_complaints
from tests.support.database import Database
from tests.support.marketplace import START, make_marketplace
from tests.support.planning import as_never_analyzed
from tests.support.query_recorder import recorded_statements

INDEXES = {ComplaintOrder.NEWEST: "complaint_newest", ComplaintOrder.DUE: "idx_complaint_decide_"}
FILTERS = {
    "all": ComplaintFilter(),
    "from": ComplaintFilter(submitted_from=START - timedelta(days=7)),
    "until": ComplaintFilter(submitted_until=START),
}


@pytest.mark.parametrize("order", INDEXES)
@pytest.mark.parametrize("criteria", FILTERS)
async def test_a_page_of_all_accounts_is_read_in_the_order_of_an_index(
    database: Database, order: ComplaintOrder, criteria: str
) -> None:
    await database.clock.set(START)
    market = await make_marketplace()
    with recorded_statements() as statements:
        await list_complaints(connection(), market.operator, Slice(25), order, FILTERS[criteria])
    (page,) = [one for one in statements if "LIMIT" in one.sql]
    async with transaction() as conn:
        for setting in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
            await fetch(conn, f"SET LOCAL enable_{setting} = off")
        await as_never_analyzed(conn, "complaint", "account")
        rows = await fetch(conn, f"EXPLAIN {page.sql}", *page.values)
    plan = "\n".join(row[0] for row in rows)
    assert INDEXES[order] in plan
    assert "Sort" not in plan
