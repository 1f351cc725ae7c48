"""Owns reading markets and policies for a page.

It must not interpret a policy.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.clock import database_now
from models.database import Connection, fetch
from models.policies import policies_by_id, policy_in_force
from models.views.keyset import Key, Order, Page, Slice, Statement, page_of, take
from models.views.lead_view import MarketView, PolicyView

NEWEST_POLICY = Order(
    "NEWEST", (Key("policy.effective_from", "timestamptz"), Key("policy.id", "uuid")), descending=True
)


async def policy_at(conn: Connection, market_id: UUID, at: datetime | None) -> PolicyView:
    """Return the policy of a market in force at an instant, now without one; before the first, the first."""
    instant = at or await database_now(conn)
    try:
        policy_id, policy = await policy_in_force(conn, market_id, instant)
    except LookupError:
        rows = await fetch(
            conn,
            "SELECT effective_from FROM policy WHERE market_id = $1 ORDER BY effective_from LIMIT 1",
            market_id,
        )
        policy_id, policy = await policy_in_force(conn, market_id, rows[0]["effective_from"])
    return PolicyView(policy_id, policy)


async def list_policies(conn: Connection, part: Slice) -> Page[PolicyView]:
    """List all policy versions, the latest effective first."""
    statement = Statement([])
    limit = take(statement, NEWEST_POLICY, part)
    rows = await fetch(
        conn,
        f"SELECT id, {NEWEST_POLICY.columns()} FROM policy WHERE {statement.all_conditions()} {limit}",
        *statement.values,
    )
    found, has_next, has_previous = page_of(rows, part)
    policies = await policies_by_id(conn, [row["id"] for row in found])
    views = [PolicyView(row["id"], policies[row["id"]]) for row in found]
    return Page(views, [NEWEST_POLICY.position(row) for row in found], has_next, has_previous)


async def policies_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, PolicyView]:
    """Return those of these policies that exist."""
    rows = await fetch(conn, "SELECT id FROM policy WHERE id = ANY($1::uuid[])", list(ids))
    policies = await policies_by_id(conn, [row["id"] for row in rows])
    return {policy_id: PolicyView(policy_id, policy) for policy_id, policy in policies.items()}


async def markets_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, MarketView]:
    """Return those of these markets that exist."""
    rows = await fetch(conn, "SELECT id, code, name FROM market WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: MarketView(row["id"], row["code"], row["name"]) for row in rows}
