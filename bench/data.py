"""Bulk-loads the marketplace for benchmarks: markets, people and leads, by set-based SQL.

Actions would be too slow (a million leads must load in a minute), but the data meets the same constraints.
Contact values are obvious fakes.
"""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import asyncpg
import orjson

from bench.environment import SECRET
from models.accounts.tokens.access_token import TokenIssuer
from rules import Policy, production_parameters

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

MARKET, POLICY, VENDOR, OWNER, PROSPECT, LEAD, CONTACT, SESSION, CASE, DEADLINE, REMINDER, DELIVERY = range(
    1, 13
)
DECISION, GROUP, POSTING, EVENT, BALANCE = range(13, 18)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
POINTS = 1_000_000  # of each vendor, initially
MANY = 100_000  # leads; from this number on, indexes are created after the rows

_ID = """CREATE FUNCTION bench_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$"""

_PEOPLE = (
    f"""INSERT INTO account (id, name, plan, created_at)
        SELECT bench_id({VENDOR}, n), 'Fake Vendor ' || n, 'FREE', $2::timestamptz
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO users (id, email, name, locale, time_zone, account_id, account_role, agent, operator,
                           created_at)
        SELECT bench_id({OWNER}, n), 'owner' || n || '@users.example', 'Owner Fake', 'en', 'UTC',
               bench_id({VENDOR}, n), 'OWNER', false, false, $2::timestamptz
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO refresh_token (id, family, user_id, token_hash, issued_at, expires_at)
        SELECT bench_id({SESSION}, n), bench_id({SESSION}, n), bench_id({OWNER}, n), sha256(n::text::bytea),
               $2::timestamptz, $2::timestamptz + interval '30 days'
        FROM generate_series(1, $1::bigint) AS n""",
)

_LEADS = (
    f"""INSERT INTO prospect (id, created_at)
        SELECT bench_id({PROSPECT}, n), $2::timestamptz - n * interval '1 minute'
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO lead (id, market_id, prospect_id, title, brief, category, city, country, budget_min,
                          budget_max, currency, source, fee, published_at, closes_at)
        SELECT bench_id({LEAD}, n), bench_id({MARKET}, 1), bench_id({PROSPECT}, n),
               'We look for help with project ' || n % 997,
               'Forty workplaces need a team that plans, builds and looks after what was planned; '
                   || 'we would like to begin in week ' || n % 52 || ' and to meet before that.',
               'category ' || n % 20, 'Town ' || n % 50, 'DE', n % 90 * 100, 10000 + n % 900 * 100, 'EUR',
               'OPPORTUNITY', 10, $2::timestamptz - n * interval '1 minute',
               CASE WHEN n % 2 = 0 THEN $2::timestamptz + interval '30 days' END
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO contact (id, lead_id, full_name, organisation, email, phone, other_emails, other_phones,
                             preferred_channel, time_zone, time_zone_given, preferred_given)
        SELECT bench_id({CONTACT}, n), bench_id({LEAD}, n), 'Petra Fake ' || n, 'Fake Example GmbH',
               'petra' || n || '@prospect.example', '+1202555' || lpad((n % 10000)::text, 4, '0'), '[]', '[]',
               'EMAIL', 'Europe/Berlin', true, false
        FROM generate_series(1, $1::bigint) AS n""",
)


def row_id(kind: int, number: int) -> UUID:
    """Return the id of a row that was loaded here: `bench_id` in SQL."""
    return UUID(f"{kind:08x}-0000-7000-8000-{number:012x}")


def policy() -> Policy:
    """Return the only policy of these marketplaces, with the numbers of the requirements."""
    return Policy.from_parameters(
        version="bench-1", market="bench", effective_from=LONG_AGO, parameters=production_parameters()
    )


def token(vendor: int) -> str:
    """Return an access token of a vendor's owner, for the session that was loaded for it."""
    now = datetime.now(UTC)
    issuer = TokenIssuer(SECRET.encode(), access_lifetime=timedelta(hours=2))
    return issuer.issue(row_id(OWNER, vendor), row_id(SESSION, vendor), now, now + timedelta(hours=2))[0]


@contextlib.asynccontextmanager
async def loading(url: str, *, leads: int) -> AsyncIterator[Connection]:
    """A connection for a bulk load: no foreign-key checks, indexes after large loads, then ANALYZE."""
    connection = await asyncpg.connect(url, command_timeout=600)
    try:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute("SET maintenance_work_mem = '512MB'")
        await connection.execute(_ID)
        indexes = await _drop_indexes(connection) if leads >= MANY else []
        yield connection
        for definition in indexes:
            await connection.execute(definition)
        await connection.execute("VACUUM (ANALYZE)")
    finally:
        await connection.close()


async def load_marketplace(connection: Connection, *, leads: int, vendors: int, now: datetime) -> None:
    """Load one market, vendors who are signed in, and leads with contact data; the newest lead is number
    1.
    """
    await connection.execute(
        "INSERT INTO market (id, code, name) VALUES ($1, 'bench', 'Bench')", row_id(MARKET, 1)
    )
    await connection.execute(
        """INSERT INTO policy (id, market_id, version, effective_from, parameters, published_at)
           VALUES ($1, $2, 'bench-1', $3, $4, $3)""",
        row_id(POLICY, 1),
        row_id(MARKET, 1),
        LONG_AGO,
        orjson.dumps(production_parameters()).decode(),
    )
    for statement in _PEOPLE:
        await connection.execute(statement, vendors, now - timedelta(days=1))
    for statement in _LEADS:
        await connection.execute(statement, leads, *([now] if "$2" in statement else []))


async def _drop_indexes(connection: Connection) -> list[str]:
    """Drop the indexes that no constraint needs; return the statements that create them again."""
    rows = await connection.fetch(
        """SELECT format('%I', relname) AS name, pg_get_indexdef(indexrelid) AS definition
           FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
           WHERE relnamespace = 'public'::regnamespace
             AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""
    )
    for row in rows:
        await connection.execute(f"DROP INDEX {row['name']}")
    return [row["definition"] for row in rows]
