"""Lists and look-ups of markets and policies."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.keyset import MOST_COUNTED, Key, Order, Page, SelectStatement, Slice, fetch_slice
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


# Applications that wait for an answer have the deadline at which they are revealed, which is due at the time
# of the policy after they were received; so those of one policy are due in a range.
_PINNED = f"""SELECT policy.id,
        (SELECT count(*) FROM (
            SELECT FROM deadline JOIN application ON application.id = deadline.subject
            WHERE deadline.kind = 'REVEAL' AND deadline.done_at IS NULL
              AND application.policy_id = policy.id
              AND deadline.due_at >= policy.effective_from
              AND deadline.due_at < coalesce(following.effective_from, 'infinity') + reveal.after
            LIMIT {MOST_COUNTED}) AS waiting)
        + (SELECT count(*) FROM (
            SELECT FROM complaint WHERE complaint.decided_at IS NULL AND complaint.policy_id = policy.id
            LIMIT {MOST_COUNTED}) AS open) AS cases
    FROM policy
    CROSS JOIN LATERAL (SELECT make_interval(
        secs => (policy.parameters -> 'reveal' ->> 'reveal_after')::float8) AS after) AS reveal
    LEFT JOIN LATERAL (
        SELECT min(later.effective_from) AS effective_from FROM policy AS later
        WHERE later.market_id = policy.market_id AND later.effective_from > policy.effective_from
    ) AS following ON true
    WHERE policy.id = ANY($1::uuid[])"""


async def pinned_cases(conn: Connection, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return for each policy how many running cases are decided by it, in one statement: applications that
    wait for an answer, and open complaints, each counted up to 10,000.
    """
    return {row["id"]: row["cases"] for row in await fetch(conn, _PINNED, list(ids))}
