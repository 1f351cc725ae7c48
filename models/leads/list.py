"""List of leads and look-up by id: what a viewer may list, filters and orders, in one statement.

Searches and sorts by public fields only.
"""

import re
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from models.base.clock import NOW
from models.base.database import Connection, fetch
from models.base.keyset import (
    COUNTED_ROWS,
    Count,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    cut,
    fetch_rows,
    fetch_slice,
)
from models.base.viewer import ANONYMOUS, Viewer
from models.leads.columns import (
    ALL,
    COLUMNS,
    JOINS,
    OWN,
    WITH,
    Parts,
    Selected,
    columns,
    joins,
    scope,
    selected,
)
from models.leads.facts import NO_CASE_SQL, UNSETTLED, VISIBILITY_SQL
from models.leads.page_sql import page_sql
from models.leads.reading_order import silent_of
from models.leads.rows import row_views
from models.leads.state import DO_NOT_CONTACT, EXCLUSIVE
from models.leads.verdicts import SilentRows
from models.leads.views import LeadView
from models.policies.versions import policies_by_id
from rules.visibility import HIDDEN, VISIBLE, ViewerKind, visibility


class LeadOrder(StrEnum):
    """How leads can be ordered."""

    NEWEST = "NEWEST"
    BUDGET = "BUDGET"
    CLOSING_SOONEST = "CLOSING_SOONEST"


_ID = Key("lead.id", "uuid")
ORDERS = {
    LeadOrder.NEWEST: Order("NEWEST", (Key("lead.published_at", "timestamptz"), _ID), descending=True),
    LeadOrder.BUDGET: Order(
        "BUDGET",
        (
            Key("lead.currency", "text"),
            Key("coalesce(-coalesce(lead.budget_max, lead.budget_min), 9223372036854775807)", "bigint"),
            _ID,
        ),
    ),
    LeadOrder.CLOSING_SOONEST: Order(
        "CLOSING_SOONEST",
        (Key("coalesce(lead.closes_at, 'infinity'::timestamptz)", "timestamptz"), _ID),
    ),
}


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Filter for leads; None does not filter."""

    category: str | None = None
    city: str | None = None
    country: str | None = None
    budget_min: int | None = None
    contact_visible: bool | None = None
    applied: bool | None = None
    market: str | None = None
    query: str | None = None
    open: bool | None = None


EVERYTHING = LeadFilter()
# A dash means "not", separators between dashes are ignored, and PostgreSQL fails at more than 31 dashes.
_MANY_NOTS = re.compile(r"(?:-[\t-\r !&()<|]*){9,}")
_FROM = f"FROM lead {OWN} {JOINS}"


# Erased persons are few, and an index has only them.
_NOT_ERASED = """NOT EXISTS (SELECT FROM prospect AS person
    WHERE person.id = lead.prospect_id AND person.erased_at IS NOT NULL)"""

# For a vendor, a lead of a person who must not be contacted does not exist, unless the vendor has applied
# for it or received it: any other answer would reveal whose lead it is.
_NOT_GONE = f"(application.id IS NOT NULL OR delivery.id IS NOT NULL OR NOT {DO_NOT_CONTACT})"

# On the column of the join, so that the planner knows how many leads have no such row. For another column
# it assumes that none is missing, expects no lead, and reads and sorts all of them for one page.
_APPLIED, _DELIVERED = "(application.lead_id IS NOT NULL)", "(delivery.lead_id IS NOT NULL)"


def _statement(viewer: Viewer) -> SelectStatement:
    conditions = _conditions(vendor=viewer.vendor_id is not None, operator=viewer.operator)
    return SelectStatement(list(scope(viewer)), conditions)


def _statement_of_page(viewer: Viewer) -> SelectStatement:
    conditions = _conditions_of_page(vendor=viewer.vendor_id is not None, operator=viewer.operator)
    return SelectStatement(list(scope(viewer)), conditions)


def _conditions_of_page(*, vendor: bool, operator: bool) -> list[str]:
    """Return which leads a viewer may list; `page_sql` leaves out those that do not exist for a vendor."""
    return [_NOT_ERASED] if vendor or operator else [_NOT_ERASED, "lead.prospect_id = $2::uuid"]


def _conditions(*, vendor: bool, operator: bool) -> list[str]:
    """Return the same about leads with the viewer's cases on them."""
    return [*_conditions_of_page(vendor=vendor, operator=operator), *([_NOT_GONE] if vendor else [])]


async def _filter(
    conn: Connection, statement: SelectStatement, viewer: Viewer, criteria: LeadFilter
) -> AbstractSet[UUID] | None:
    """Add the conditions; return the due applications that nobody is answering, if they had to be read."""
    if criteria.category is not None:
        statement.where(f"lead.category = {statement.bind(criteria.category, 'text')}")
    if criteria.city is not None:
        statement.where(f"lower(lead.city) = lower({statement.bind(criteria.city, 'text')})")
    if criteria.country is not None:
        statement.where(f"lead.country = {statement.bind(criteria.country, 'text')}")
    if criteria.budget_min is not None:
        least = statement.bind(criteria.budget_min, "bigint")
        statement.where(f"coalesce(lead.budget_max, lead.budget_min) >= {least}")
    if criteria.market is not None:
        statement.where(f"market.code = {statement.bind(criteria.market, 'text')}")
    if criteria.query is not None:
        words = statement.bind(_MANY_NOTS.sub("-", criteria.query), "text")
        statement.where(f"lead.search @@ websearch_to_tsquery('simple', {words})")
    if criteria.applied is not None:
        statement.where(_APPLIED if criteria.applied else f"NOT {_APPLIED}")
    if criteria.open is not None:
        statement.where(f"NOT {_refused(viewer)}" if criteria.open else _refused(viewer))
    if criteria.contact_visible is None:
        return None
    if viewer.vendor_id is None:  # only what a vendor sees depends on a missing answer
        statement.where(await _visible(conn, viewer, NOW, visible=criteria.contact_visible))
        return None
    silent = await silent_of(conn, viewer)
    ids = statement.bind(silent, "uuid[]")
    # A missing answer counts only if nobody is answering right now (decision 0002).
    as_of = f"""(CASE WHEN {UNSETTLED} AND NOT application.id = ANY({ids}) THEN application.received_at
                      ELSE {NOW} END)"""
    visible = await _visible(conn, viewer, as_of, visible=criteria.contact_visible)
    statement.where(f"{visible} AND {ids} IS NOT NULL")  # a value that no rule mentions would be an error
    return silent


def _refused(viewer: Viewer) -> str:
    """Return the condition that applying for a lead is a conflict: for this vendor, else for any vendor."""
    reasons = [f"coalesce(lead.closes_at <= {NOW}, false)", EXCLUSIVE]
    if viewer.vendor_id is not None:  # stopped leads do not exist for a vendor, except these
        reasons += [_APPLIED, _DELIVERED]
    else:
        reasons.append(DO_NOT_CONTACT)
    # One condition that the planner does not split: it is checked per row while an order's index is scanned.
    return f"({' OR '.join(reasons)})"


# Written so that the planner starts with these few leads, or scans an order's index past them.
_CASES = """SELECT lead_id FROM application WHERE account_id = $1::uuid
            UNION ALL SELECT lead_id FROM delivery WHERE account_id = $1::uuid"""


async def _visible(conn: Connection, viewer: Viewer, as_of: str, *, visible: bool) -> str:
    """Return the rules' condition for the verdict VISIBLE, for each policy version in use, joined by OR."""
    rows = await fetch(
        conn,
        # Including versions that are about to be in force when the list is read.
        """SELECT id FROM policy WHERE id IN (SELECT policy_id FROM application WHERE account_id = $1)
              OR id IN (SELECT policy_id FROM delivery WHERE account_id = $1)
              OR id IN (SELECT DISTINCT ON (market_id) id FROM policy WHERE effective_from <= leadgate_clock()
                        ORDER BY market_id, effective_from DESC)
              OR effective_from BETWEEN leadgate_clock() AND leadgate_clock() + interval '1 minute'""",
        viewer.vendor_id,
    )
    policies = await policies_by_id(conn, {row["id"] for row in rows})
    verdict, kind = VISIBLE if visible else HIDDEN, viewer_kind(viewer)
    parts, untouched = [], set[str]()
    for policy_id, policy in policies.items():
        ruleset = visibility.for_policy(policy)
        condition = ruleset.sql(verdict, {**VISIBILITY_SQL, "viewer": kind}, as_of)
        untouched.add(ruleset.sql(verdict, {**NO_CASE_SQL, "viewer": kind}, as_of))
        parts.append(
            f"(coalesce(application.policy_id, delivery.policy_id, current_policy.id) = '{policy_id}'::uuid"
            f" AND ({condition}))"
        )
    either = " OR ".join(parts) or "false"
    # The verdict on leads without a case of the viewer is known in advance, so these need not be read.
    if untouched == {"false"}:
        return f"(lead.id = ANY(ARRAY({_CASES})) AND ({either}))"
    if untouched == {"true"}:
        return f"(lead.id NOT IN ({_CASES}) OR {either})"
    return f"({either})"


def viewer_kind(viewer: Viewer) -> ViewerKind:
    """Return the viewer's relation to every lead that it may list; prospects list their own."""
    if viewer.operator:
        return ViewerKind.OPERATOR
    if viewer.vendor_id is not None:
        return ViewerKind.VENDOR
    return ViewerKind.OTHER if viewer.prospect_id is None else ViewerKind.PROSPECT_OWNER


async def lead_rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    order: LeadOrder,
    criteria: LeadFilter,
    names: tuple[str, ...],
    *,
    positions: bool = True,
) -> SilentRows:
    """Read columns of the leads that the viewer may list, in order of `names`: one statement, and two more
    for `contact_visible`. `positions`: whether the rows' positions in the order are needed.
    """
    conditions = {"market_code": criteria.market, "policy_id": criteria.contact_visible}
    wanted = selected(names, tuple(name for name, asked in conditions.items() if asked is not None))
    return await _rows(conn, viewer, part, order, criteria, wanted, positions=positions)


async def _rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    order: LeadOrder,
    criteria: LeadFilter,
    wanted: Selected,
    *,
    positions: bool = True,
) -> SilentRows:
    if criteria == EVERYTHING:
        kind = viewer.vendor_id is not None, viewer.operator
        shape = replace(part, after=part.after and _ANY, before=part.before and _ANY)
        sql = _sql_of_everything(*kind, shape, order, wanted, positions=positions)
        values: list[object] = [*scope(viewer), *(part.after or ()), *(part.before or ())]
        return SilentRows(cut(await fetch(conn, sql, *values), ORDERS[order], part), None)
    keys = ORDERS[order]
    if (criteria.applied, criteria.contact_visible, criteria.open) == (None, None, None):
        statement = _statement_of_page(viewer)
        await _filter(conn, statement, viewer, criteria)
        sql = page_sql(
            wanted,
            statement,
            keys,
            part,
            vendor=viewer.vendor_id is not None,
            by_market=criteria.market is not None,
            positions=positions,
        )
        return SilentRows(cut(await fetch(conn, sql, *statement.values), keys, part), None)
    statement = _statement(viewer)
    silent = await _filter(conn, statement, viewer, criteria)
    select, source = f"{WITH} SELECT {wanted.columns}", f"FROM lead {OWN} {wanted.joins}"
    found = await fetch_slice(conn, select, source, statement, keys, part, positions=positions)
    return SilentRows(found, silent)


_ANY = ("any position",)


@lru_cache(maxsize=500)
def _sql_of_everything(
    vendor: bool,
    operator: bool,
    shape: Slice,
    order: LeadOrder,
    wanted: Selected,
    *,
    positions: bool,
) -> str:
    """Return the SQL of a list without a filter: making it takes longer than a tenth of reading the list."""
    keys = ORDERS[order]
    some = ("",) * len(keys.keys)
    part = replace(shape, after=shape.after and some, before=shape.before and some)
    statement = SelectStatement(
        [None] * len(scope(ANONYMOUS)), _conditions_of_page(vendor=vendor, operator=operator)
    )
    return page_sql(wanted, statement, keys, part, vendor=vendor, by_market=False, positions=positions)


async def list_leads(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    order: LeadOrder = LeadOrder.NEWEST,
    criteria: LeadFilter = EVERYTHING,
    parts: Parts = ALL,
) -> Page[LeadView]:
    """List the leads that the viewer may list: one statement, and two more for `contact_visible`.

    One more if a row of a vendor is due and not yet settled by a worker.
    """
    wanted = Selected(columns(parts), joins(parts))
    found = await _rows(conn, viewer, part, order, criteria, wanted)
    views = await row_views(conn, found.cut.rows, viewer, parts, found.silent)
    return Page([one.lead for one in views], found.cut)


async def count_leads(conn: Connection, viewer: Viewer, criteria: LeadFilter = EVERYTHING) -> Count:
    """Count all leads that `list_leads` would list."""
    statement = _statement(viewer)
    await _filter(conn, statement, viewer, criteria)
    return await count_rows(conn, WITH, _FROM, statement)


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A category, and how many of the counted leads are in it."""

    category: str
    leads: int


@dataclass(frozen=True, slots=True)
class CategoryCounts:
    """The largest categories first; `exact` says whether all leads were counted."""

    categories: list[CategoryCount]
    exact: bool


async def count_categories(
    conn: Connection, viewer: Viewer, criteria: LeadFilter, most: int
) -> CategoryCounts:
    """Count the leads that `list_leads` would list by category, in one statement: the newest 10,000."""
    statement = _statement(viewer)
    await _filter(conn, statement, viewer, criteria)
    rows = await fetch(
        conn,
        f"""{WITH} SELECT category, count(*) AS leads, (sum(count(*)) OVER ())::bigint AS counted
            FROM (SELECT lead.category {_FROM} WHERE {statement.all_conditions()}
                  ORDER BY lead.published_at DESC, lead.id DESC LIMIT {COUNTED_ROWS}) AS newest
            GROUP BY category ORDER BY leads DESC, category LIMIT {statement.bind(most, "int")}""",
        *statement.values,
    )
    return CategoryCounts(
        [CategoryCount(row["category"], row["leads"]) for row in rows],
        exact=not rows or rows[0]["counted"] < COUNTED_ROWS,
    )


async def leads_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, LeadView]:
    """Return the leads with these ids that the viewer may see, in one statement."""
    statement = _statement(viewer)
    statement.where(f"lead.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"{WITH} SELECT {COLUMNS}", _FROM, statement)
    return {views.lead.id: views.lead for views in await row_views(conn, rows, viewer)}
