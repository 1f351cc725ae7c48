"""Lists of messages about complaints (S5.12). They show which side wrote a message, not which operator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, Slice, cut, fetch_rows, fetch_slice, take
from models.base.viewer import Viewer
from models.complaints.list import complaints_of

OLDEST_MESSAGE = Order(
    "OLDEST", (Key("complaint_message.at", "timestamptz"), Key("complaint_message.id", "uuid"))
)
_COLUMNS = """complaint_message.id, complaint_message.complaint_id, complaint_message.from_operator,
    complaint_message.text, complaint_message.at"""
_FROM = "FROM complaint_message JOIN complaint ON complaint.id = complaint_message.complaint_id"


@dataclass(frozen=True, slots=True)
class ComplaintMessageView:
    """One message; it shows only the side of its author."""

    id: UUID
    complaint_id: UUID
    from_operator: bool
    text: str
    at: datetime


def _view(row: Record) -> ComplaintMessageView:
    return ComplaintMessageView(row["id"], row["complaint_id"], row["from_operator"], row["text"], row["at"])


async def list_messages(
    conn: Connection, viewer: Viewer, complaint_id: UUID, part: Slice
) -> Page[ComplaintMessageView]:
    """List a complaint's messages, oldest first, in one statement."""
    statement = complaints_of(viewer)
    statement.where(f"complaint.id = {statement.bind(complaint_id, 'uuid')}")
    found = await fetch_slice(conn, f"SELECT {_COLUMNS}", _FROM, statement, OLDEST_MESSAGE, part)
    return Page.of(found, _view)


async def messages_of(
    conn: Connection, viewer: Viewer, complaint_ids: Collection[UUID], size: int
) -> dict[UUID, Page[ComplaintMessageView]]:
    """Return the first `size` messages of each complaint, in one statement."""
    part, statement = Slice(size), complaints_of(viewer)
    wanted = statement.bind(list(complaint_ids), "uuid[]")
    limit = take(statement, OLDEST_MESSAGE, part)
    rows = await fetch(
        conn,
        f"""SELECT found.* FROM unnest({wanted}) AS wanted (complaint_id) CROSS JOIN LATERAL (
                SELECT {_COLUMNS}, {OLDEST_MESSAGE.columns()} {_FROM}
                WHERE complaint.id = wanted.complaint_id AND {statement.all_conditions()} {limit}) AS found
            ORDER BY found.complaint_id, found.at, found.id""",
        *statement.values,
    )
    of_complaint: dict[UUID, list[Record]] = {complaint_id: [] for complaint_id in complaint_ids}
    for row in rows:
        of_complaint[row["complaint_id"]].append(row)
    return {
        complaint_id: Page.of(cut(messages, OLDEST_MESSAGE, part), _view)
        for complaint_id, messages in of_complaint.items()
    }


async def messages_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ComplaintMessageView]:
    """Return those of the messages that the viewer may see, in one statement."""
    statement = complaints_of(viewer)
    statement.where(f"complaint_message.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"SELECT {_COLUMNS}", _FROM, statement)
    return {row["id"]: _view(row) for row in rows}
