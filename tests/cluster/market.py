"""The marketplace of the installation: vendors with points, and leads whose prospects have signed in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench.data import (
    BALANCE,
    GROUP,
    LEAD,
    OWNER,
    POINTS,
    POSTING,
    PROSPECT,
    SESSION,
    VENDOR,
    Connection,
    load_marketplace,
    row_id,
)
from bench.environment import SECRET
from models.accounts.tokens.access_token import TokenIssuer

PROSPECT_USER, PROSPECT_SESSION = 101, 102  # kinds of rows, beside those of `bench.data`

_PROSPECTS = (
    f"""INSERT INTO users (id, email, name, locale, time_zone, prospect_id, agent, operator, created_at)
        SELECT bench_id({PROSPECT_USER}, n), 'prospect' || n || '@users.example', 'Petra Fake', 'en', 'UTC',
               bench_id({PROSPECT}, n), false, false, $2::timestamptz
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO refresh_token (id, family, user_id, token_hash, issued_at, expires_at)
        SELECT bench_id({PROSPECT_SESSION}, n), bench_id({PROSPECT_SESSION}, n),
               bench_id({PROSPECT_USER}, n), sha256(('prospect' || n)::bytea), $2::timestamptz,
               $2::timestamptz + interval '30 days'
        FROM generate_series(1, $1::bigint) AS n""",
)
_POINTS = (
    f"""INSERT INTO posting_group (id, business_key, kind, account_id, unit, subject, at, ordinal,
                                   available_after, on_hold_after)
        SELECT bench_id({GROUP}, n), 'purchase:' || n, 'PURCHASE', bench_id({VENDOR}, n), 'POINTS', NULL,
               $2::timestamptz, 1, {POINTS}, 0
        FROM generate_series(1, $1::bigint) AS n""",
    f"""INSERT INTO posting (id, group_id, book, amount)
        SELECT bench_id({POSTING}, n * 2 + leg), bench_id({GROUP}, n),
               CASE leg WHEN 0 THEN 'AVAILABLE' ELSE 'ISSUED' END,
               CASE leg WHEN 0 THEN 1 ELSE -1 END * {POINTS}
        FROM generate_series(1, $1::bigint) AS n, generate_series(0, 1) AS leg""",
    f"""INSERT INTO balance (id, account_id, unit, available, on_hold, movements)
        SELECT bench_id({BALANCE}, n), bench_id({VENDOR}, n), 'POINTS', {POINTS}, 0, 1
        FROM generate_series(1, $1::bigint) AS n""",
)


async def lay_market(connection: Connection, *, leads: int, vendors: int) -> None:
    """Load the marketplace into a migrated, empty database."""
    now = datetime.now(UTC)
    await load_marketplace(connection, leads=leads, vendors=vendors, now=now)
    before = now - timedelta(days=1)
    for statement in _PROSPECTS:
        await connection.execute(statement, leads, before)
    for statement in _POINTS:
        await connection.execute(statement, *((vendors, before) if "$2" in statement else (vendors,)))


def lead_id(number: int) -> UUID:
    """Return the id of a lead."""
    return row_id(LEAD, number)


def vendor_token(number: int) -> str:
    """Return an access token of the owner of a vendor."""
    return _token(row_id(OWNER, number), row_id(SESSION, number))


def prospect_token(number: int) -> str:
    """Return an access token of the prospect of a lead."""
    return _token(row_id(PROSPECT_USER, number), row_id(PROSPECT_SESSION, number))


def _token(user_id: UUID, session_id: UUID) -> str:
    now = datetime.now(UTC)
    issuer = TokenIssuer(SECRET.encode(), access_lifetime=timedelta(hours=2))
    return issuer.issue(user_id, session_id, now, now + timedelta(hours=2))[0]
