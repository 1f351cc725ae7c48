"""Nights on which rows are removed, and rows of each kind that nothing refers to."""

from datetime import UTC, date, datetime, time, timedelta

import pytest_asyncio

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.retention.remove_old import Kept, remove_old
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace, make_marketplace

DAY = timedelta(days=1)
WEEK = Kept(7, 7, 7, 7, 7)
TABLES = ("idempotency", "outbox_message", "dispatch", "deadline", "feed_event", "contact_access")
_ROWS = (
    """INSERT INTO idempotency (id, scope, operation, key, input_hash, result, created_at)
       SELECT id, gen_random_uuid(), 'applicationSubmit', id::text, '\\x00', id, leadgate_clock()
       FROM unnest($1::uuid[]) AS id""",
    """INSERT INTO outbox_message (id, template, necessity, grouping, recipient, policy_id, parameters,
                                   idempotency_key, created_at, not_before, expanded_at)
       SELECT id, 'contact_available', 'OPTIONAL', 'APPLICATIONS', id, id, '{}', id::text, leadgate_clock(),
              leadgate_clock(), leadgate_clock()
       FROM unnest($1::uuid[]) AS id""",
    """INSERT INTO dispatch (id, message_id, channel, user_id, state, version, attempts, due_at, sent_at)
       SELECT id, id, 'EMAIL', id, 'SENT', 1, 1, leadgate_clock(), leadgate_clock()
       FROM unnest($1::uuid[]) AS id""",
    """INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at, outcome)
       SELECT id, 'REVEAL', id, 0, leadgate_clock(), leadgate_clock(), 'answered'
       FROM unnest($1::uuid[]) AS id""",
    """WITH counted AS (
           INSERT INTO feed_counter (recipient, last_seq, removed_through)
           SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, cardinality($1::uuid[]) / 5, 0
           FROM generate_series(1, 5) AS n
           ON CONFLICT (recipient) DO UPDATE SET last_seq = feed_counter.last_seq + EXCLUDED.last_seq
           RETURNING recipient, last_seq)
       INSERT INTO feed_event (id, recipient, seq, kind, parameters, at)
       SELECT event.id, recipient, last_seq - (number - 1) / 5, 'POINTS_PURCHASED', '{}', leadgate_clock()
       FROM unnest($1::uuid[]) WITH ORDINALITY AS event (id, number)
       JOIN counted ON right(recipient::text, 1)::int = number % 5 + 1""",
    """INSERT INTO contact_access (id, user_id, lead_id, at)
       SELECT id, id, id, leadgate_clock() FROM unnest($1::uuid[]) AS id""",
)


@pytest_asyncio.fixture(loop_scope="session")
async def market(database: Database) -> Marketplace:
    """A marketplace whose rows may be removed: the invariants of the others count them."""
    await database.clock.set(START)
    return await make_marketplace()


async def lay_rows(database: Database, count: int) -> None:
    """Add `count` rows (a multiple of five) of each kind, as of the clock, without what they refer to."""
    ids = [new_id() for _ in range(count)]
    for statement in _ROWS:
        await database.plant(statement, ids)


async def counts() -> dict[str, int]:
    """Return the number of rows in each table from which something is removed."""
    sql = " UNION ALL ".join(f"SELECT '{table}' AS name, count(*) AS n FROM {table}" for table in TABLES)
    return {row["name"]: row["n"] for row in await fetch(connection(), sql)}


async def night_after(
    database: Database, days: int, kept: Kept = WEEK, *, at: time = time(1, 7)
) -> dict[str, int]:
    """Set the clock to the night so many days after `START`, and remove what is old."""
    await database.clock.set(night(days, at))
    return await remove_old(kept, pause=0)


def night(days: int, at: time = time(1, 7)) -> datetime:
    """Return the time of the night so many days after `START`."""
    day: date = (START + days * DAY).date()
    return datetime.combine(day, at, UTC)
