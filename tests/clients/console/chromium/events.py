"""Events that are written and removed beside the server, as a worker or another server does."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch_one, transaction
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from tests.support.demo_server import DemoServer
from tests.support.feed import remove_through

FEED_OF = """SELECT coalesce(account_id, prospect_id, users.id) AS recipient, last_seq FROM users
LEFT JOIN feed_counter ON recipient = coalesce(account_id, prospect_id, users.id) WHERE email = $1"""


def credit(server: DemoServer, who: str, *points: int) -> None:
    """Tell one of the demo's users of points, once for each number."""

    async def tell() -> None:
        async with transaction() as conn:
            recipient, _ = await _feed(conn, who)
            journal = Journal(await database_now(conn))
            journal.events += [
                EventRow(
                    recipient, NotificationKind.POINTS_PURCHASED, journal.now, parameters={"points": one}
                )
                for one in points
            ]
            await journal.write(conn)
        async with server.wake() as wake:
            await wake.send(journal.recipients, [])

    server.run(tell)


def forget_events(server: DemoServer, who: str) -> None:
    """Remove all events of a user's feed, as retention does."""

    async def forget() -> None:
        recipient, last = await _feed(connection(), who)
        await remove_through(recipient, last)

    server.run(forget)


async def _feed(conn: Connection, who: str) -> tuple[UUID, int]:
    """Return the recipient of a user's feed, and the number of its last event."""
    row = await fetch_one(conn, FEED_OF, f"{who}@demo.example")
    assert row is not None
    return row["recipient"], row["last_seq"] or 0
