"""Calendars that users subscribe to: creating and revoking their addresses, and finding whose a token is.

A token has 256 random bits and is stored as a hash, so its address is shown only when it is created. What it
shows follows the user's role at the time of reading.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from models.accounts.authentication import USER_COLUMNS, viewer_of
from models.base.database import Connection, connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.messages.refusals import MessageRefusal
from models.messages.sending_context import SendingContext

_TOKEN_BYTES = 32
_TOKEN = re.compile(r"[0-9a-f]{64}", re.ASCII)
_READ_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CalendarFeedView:
    """A user's feed; `url` only when it has just been created."""

    created_at: datetime
    last_read_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """The feed of a token as of `now`: its user, and whether it is time to record that it was read.

    Each change of an entry raises `version`. It is None for operators, whose entries are those of everybody.
    """

    viewer: Viewer
    version: int | None
    now: datetime
    note_due: bool


def has_calendar(viewer: Viewer) -> bool:
    """Whether a viewer has a calendar: owners and members of an account, prospects and operators."""
    return viewer.operator or viewer.vendor_id is not None or viewer.prospect_id is not None


async def feed_of(conn: Connection, user_id: UUID) -> CalendarFeedView | None:
    """Return a user's feed, if any, in one statement."""
    row = await fetch_one(
        conn,
        "SELECT created_at, last_read_at FROM calendar_feed WHERE user_id = $1 AND revoked_at IS NULL",
        user_id,
    )
    return None if row is None else CalendarFeedView(row["created_at"], row["last_read_at"])


async def create_feed(viewer: Viewer, context: SendingContext) -> CalendarFeedView:
    """Create the viewer's feed, with a new address; the previous address stops working.

    Raises `Refusal` FORBIDDEN for employees and phone agents.
    """
    if not has_calendar(viewer):
        raise MessageRefusal.CALENDAR_NOT_FOR_ROLE.at()
    token = token_hex(_TOKEN_BYTES)
    (row,) = await fetch(
        connection(),
        """INSERT INTO calendar_feed AS feed (id, user_id, token_hash, created_at)
           VALUES ($1, $2, $3, leadgate_clock())
           ON CONFLICT (user_id) DO UPDATE
               SET token_hash = excluded.token_hash, created_at = excluded.created_at, revoked_at = NULL,
                   last_read_at = NULL
           RETURNING created_at""",
        new_id(),
        viewer.user_id,
        _hash(token),
    )
    return CalendarFeedView(row["created_at"], url=f"{context.origin}/calendar/{token}.ics")


async def revoke_feed(viewer: Viewer) -> bool:
    """Revoke the viewer's feed; return whether there was one. Idempotent."""
    revoked = await fetch(
        connection(),
        """UPDATE calendar_feed SET revoked_at = leadgate_clock()
           WHERE user_id = $1 AND revoked_at IS NULL RETURNING id""",
        viewer.user_id,
    )
    return bool(revoked)


async def find_feed(conn: Connection, token: str) -> ReadFeed | None:
    """Return the feed of a token, in one statement; None if it is unknown or revoked, or if its user is
    disabled, was erased, or has no calendar any more.
    """
    if not _TOKEN.fullmatch(token):
        return None
    row = await fetch_one(
        conn,
        f"""SELECT {USER_COLUMNS}, leadgate_clock() AS now, feed.last_read_at,
                coalesce((SELECT last_seq + calendar_changes FROM feed_counter
                          WHERE recipient = coalesce(u.account_id, u.prospect_id)), 0) AS version
            FROM calendar_feed AS feed
            JOIN users AS u ON u.id = feed.user_id LEFT JOIN prospect ON prospect.id = u.prospect_id
            WHERE feed.token_hash = $1 AND feed.revoked_at IS NULL AND u.disabled_at IS NULL
              AND prospect.erased_at IS NULL""",
        _hash(token),
    )
    if row is None:
        return None
    viewer, now, read_at = viewer_of(row), row["now"], row["last_read_at"]
    if not has_calendar(viewer):
        return None
    version = None if viewer.operator else row["version"]
    return ReadFeed(viewer, version, now, read_at is None or read_at <= now - _READ_NOTED_EVERY)


async def note_read(conn: Connection, feed: ReadFeed) -> None:
    """Record that a feed was read, at most every five minutes."""
    if feed.note_due:
        await fetch(
            conn,
            """UPDATE calendar_feed SET last_read_at = leadgate_clock()
               WHERE user_id = $1 AND revoked_at IS NULL""",
            feed.viewer.user_id,
        )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
