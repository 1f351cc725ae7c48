"""Lists and look-ups of markets and policies."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.policies.versions import policies_by_id
from models.policies.views import MarketView, PolicyView

At = tuple[UUID, datetime | None]  # a market, and an instant (None: now)

NEWEST_POLICY = Order(
    "NEWEST", (Key("policy.effective_from", "timestamptz"), Key("policy.id", "uuid")), descending=True
)


async def policies_at(conn: Connection, wanted: Collection[At]) -> dict[At, PolicyView]:
    """Return for each market and instant the policy in force, in one statement; before the first version
    takes effect, the first.

    A market without any policy is left out.
    """
    markets, instants = zip(*wanted, strict=True)
    rows = await fetch(
        conn,
        f"""WITH {CLOCK} SELECT wanted.market_id, wanted.at, in_force.id
            FROM unnest($1::uuid[], $2::timestamptz[]) AS wanted (market_id, at) CROSS JOIN LATERAL (
                SELECT id FROM policy WHERE policy.market_id = wanted.market_id
                ORDER BY effective_from <= coalesce(wanted.at, {NOW}) DESC,
                    CASE WHEN effective_from <= coalesce(wanted.at, {NOW})
                         THEN effective_from END DESC, effective_from LIMIT 1) AS in_force""",
        list(markets),
        list(instants),
    )
    policies = await policies_by_id(conn, {row["id"] for row in rows})
    return {(row["market_id"], row["at"]): PolicyView(row["id"], policies[row["id"]]) for row in rows}


async def list_policies(conn: Connection, part: Slice) -> Page[PolicyView]:
    """List all policy versions, most recently effective first."""
    found = await fetch_slice(conn, "SELECT id", "FROM policy", SelectStatement([]), NEWEST_POLICY, part)
    policies = await policies_by_id(conn, [row["id"] for row in found.rows])
    return Page.of(found, lambda row: PolicyView(row["id"], policies[row["id"]]))


async def policies_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, PolicyView]:
    """Return the policies with these ids that exist."""
    rows = await fetch(conn, "SELECT id FROM policy WHERE id = ANY($1::uuid[])", list(ids))
    policies = await policies_by_id(conn, [row["id"] for row in rows])
    return {policy_id: PolicyView(policy_id, policy) for policy_id, policy in policies.items()}


BY_CODE = Order("CODE", (Key("market.code", "text"), Key("market.id", "uuid")))


async def list_markets(conn: Connection, part: Slice) -> Page[MarketView]:
    """List all markets by their code."""
    found = await fetch_slice(
        conn, "SELECT id, code, name", "FROM market", SelectStatement([]), BY_CODE, part
    )
    return Page.of(found, lambda row: MarketView(row["id"], row["code"], row["name"]))


async def market_exists(conn: Connection, code: str) -> bool:
    """Return whether a market has this code."""
    return bool(await fetch(conn, "SELECT FROM market WHERE code = $1", code))


async def markets_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, MarketView]:
    """Return the markets with these ids that exist."""
    rows = await fetch(conn, "SELECT id, code, name FROM market WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: MarketView(row["id"], row["code"], row["name"]) for row in rows}
