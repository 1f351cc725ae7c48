"""Writes events to feeds as actions do, and removes old ones as retention does."""

from typing import Any
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Silence, Wake

POINTS, REVEALED = NotificationKind.POINTS_PURCHASED, NotificationKind.CONTACT_REVEALED


async def add_events(
    *recipients: UUID,
    kind: NotificationKind = POINTS,
    count: int = 1,
    about: UUID | None = None,
    wake: Wake | None = None,
) -> None:
    """Commit `count` events for each recipient in one transaction, about an application or not, then wake."""
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        for recipient in recipients:
            journal.events += [
                EventRow(recipient, kind, journal.now, about, parameters={"points": n + 1})
                for n in range(count)
            ]
        await journal.write(conn)
    await (wake or Silence()).send(journal.recipients, journal.due)


async def remove_through(recipient: UUID, seq: int) -> None:
    """Remove a feed's events up to `seq`, as retention does: in one transaction with the counter."""
    async with transaction() as conn:
        await fetch(conn, "UPDATE feed_counter SET removed_through = $2 WHERE recipient = $1", recipient, seq)
        await fetch(conn, "DELETE FROM feed_event WHERE recipient = $1 AND seq <= $2", recipient, seq)


async def backlog(recipient: UUID, count: int) -> None:
    """Give a recipient without events a feed of `count` events, faster than through the journal."""
    await fetch(
        connection(),
        """WITH counted AS (
               INSERT INTO feed_counter (recipient, last_seq, removed_through) VALUES ($1, $2, 0))
           INSERT INTO feed_event (id, recipient, seq, kind, parameters, at)
           SELECT gen_random_uuid(), $1, n, 'POINTS_PURCHASED', '{}', leadgate_clock()
           FROM generate_series(1, $2::bigint) AS n""",
        recipient,
        count,
    )


def somebody() -> UUID:
    """Return a recipient without any other data."""
    return new_id()


class CountingConnection:
    """The pool's client, with a count of the statements run on it."""

    def __init__(self) -> None:
        self.statements = 0

    def acquire_connection(self) -> Any:
        """Count and delegate: each statement uses a connection."""
        self.statements += 1
        return connection().acquire_connection()
