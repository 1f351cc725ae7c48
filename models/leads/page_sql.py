"""The SQL of a page of leads: first the leads of the page, then the viewer's cases on them.

Looking up the application and the delivery of each lead costs PostgreSQL more than the page itself. Those of
a page are found by one scan of an index each, for all its leads together.
"""

import re

from models.base.keyset import Order, SelectStatement, Slice, take
from models.contact_data.stopped import binds_all, holds
from models.leads.columns import JOIN_MARKET, WITH, Selected
from models.leads.state import DO_NOT_CONTACT

# The viewer's account is a range, because the planner expects half a percent of all rows in any range, and so
# it looks up the leads. For an equality it expects as many as an average account has, or one for an account
# that is new to it, and reads all cases of an account that has a hundred thousand. `(SELECT …)`: it plans
# once, for all accounts.
_IS_VIEWERS = "{0}.account_id BETWEEN (SELECT $1::uuid) AND (SELECT $1::uuid)"

# What `_NOT_GONE` in `models.leads.list` says, of leads alone. There is at most one such stop
# (`do_not_contact_once`). OFFSET 0: looked up, instead of all cases of the account read once.
_JOIN_STOP = f"""LEFT JOIN do_not_contact AS stop
    ON stop.prospect_id = lead.prospect_id AND {binds_all("stop")} AND {holds("stop")}"""
_STOPPED = "stop.id IS NOT NULL AS stopped"
_CASE = f"SELECT FROM {{0}} WHERE {{0}}.lead_id = lead.id AND {_IS_VIEWERS} OFFSET 0"
_CASES = ("application", "delivery")
_NOT_GONE = f"(stop.id IS NULL OR {' OR '.join(f'EXISTS ({_CASE.format(case)})' for case in _CASES)})"


def page_sql(
    wanted: Selected,
    statement: SelectStatement,
    order: Order,
    part: Slice,
    *,
    vendor: bool,
    by_market: bool,
    positions: bool,
) -> str:
    """Return the SQL that reads a page of leads, whose values are then `statement.values`. The statement's
    conditions are about `lead`, and about `market` if `by_market`.
    """
    sources = ["lead"]
    if by_market:
        sources.append(JOIN_MARKET)
    if vendor:
        sources.append(_JOIN_STOP)
        statement.where(_NOT_GONE)
    limit = take(statement, order, part)
    columns = f"{wanted.columns}, {order.columns()}" if positions else wanted.columns
    outside = f"{columns} {wanted.joins}"
    ordered = limit[: limit.index(" LIMIT ")]
    of_lead = _mentioned("lead", f"{outside} {ordered}")
    if vendor and DO_NOT_CONTACT in columns:  # which was looked up to list the lead
        of_lead, columns = f"{of_lead}, {_STOPPED}", columns.replace(DO_NOT_CONTACT, "lead.stopped")
    leads = f"""page AS MATERIALIZED (SELECT {of_lead} FROM {" ".join(sources)}
        WHERE {statement.all_conditions()} {limit})"""
    cases = [case for case in _CASES if f"{case}." in outside]
    parts = [WITH, leads, *(f"{case}_of_page AS MATERIALIZED ({_own(case, outside)})" for case in cases)]
    joined = [f"LEFT JOIN {case}_of_page AS {case} ON {case}.lead_id = lead.id" for case in cases]
    # The last column changes no order. It is there because the planner knows that the page is in order, and
    # would compare each lead with each case to keep it.
    ordered += "".join(f", {case}.lead_id" for case in cases[:1])
    return f"""{", ".join(parts)}
        SELECT {columns} FROM page AS lead {" ".join(joined)} {wanted.joins} {ordered}"""


def _own(case: str, outside: str) -> str:
    """Return the SQL of the viewer's applications or deliveries for the leads of the page."""
    return f"""SELECT {_mentioned(case, outside)} FROM {case}
        WHERE {case}.lead_id = ANY(ARRAY(SELECT id FROM page)) AND {_IS_VIEWERS.format(case)}"""


def _mentioned(table: str, text: str) -> str:
    """Return the columns of a table that a text mentions, and those by which it is joined."""
    joined_by = {"lead": "id"}.get(table, "lead_id")
    names = {joined_by, *re.findall(rf"\b{table}\.(\w+)", text)}
    return ", ".join(f"{table}.{name}" for name in sorted(names))
