"""Stretches of unread messages of each side: where one begins, and since when it lasts.

A stretch begins with a message of somebody else while nothing else is unread, or with the next message when a
part of the last stretch is read. The introduction is told of by a letter of its own and doesn't count.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.chat.tables import INTRODUCTION
from rules.chat.chat_view import ChatSide

NUDGE = "CHAT_NUDGE"  # the kind of its deadlines
READERS = (ChatSide.VENDOR, ChatSide.PROSPECT)  # by their number in a deadline's ordinal


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is known of a stretch as of the due time of its deadline: `first` is its first message's time."""

    first: datetime
    began: datetime
    read: bool
    told_at: datetime | None  # when the reader was last written to


def ordinal_of(seq: int, reader: ChatSide) -> int:
    """Return the ordinal of the deadline of a reader's stretch that begins with this message."""
    return len(READERS) * seq + READERS.index(reader)


def reader_of(ordinal: int) -> ChatSide:
    """Return whose stretch a deadline is about."""
    return READERS[ordinal % len(READERS)]


def unread_messages(application: str, reader: str, recipient: str) -> str:
    """Return a FROM and WHERE in SQL: what others than this side wrote after what its recipient has read."""
    return f"""chat_message
        WHERE chat_message.application_id = {application} AND chat_message.side <> {reader}
          AND chat_message.seq > coalesce((SELECT max(through_seq) FROM chat_read
              WHERE chat_read.application_id = {application} AND chat_read.recipient = {recipient}),
              {INTRODUCTION})"""


_OLDEST = f"SELECT seq FROM {unread_messages('$1', '$2', '$3')} ORDER BY seq LIMIT 1"


async def oldest_unread(
    conn: Connection, application_id: UUID, reader: ChatSide, recipient: UUID
) -> int | None:
    """Return the place of a reader's oldest unread message; None if all are read."""
    rows = await fetch(conn, _OLDEST, application_id, reader, recipient)
    return rows[0]["seq"] if rows else None


# A stretch that begins in the middle of others' messages began when those before its first were read.
_STRETCHES = f"""SELECT deadline.subject, deadline.ordinal, first.at AS first,
        greatest(first.at, reading.began) AS began,
        coalesce(reading.through >= first.seq, false) AS read, told.at AS told_at
    FROM deadline
    JOIN application ON application.id = deadline.subject
    JOIN lead ON lead.id = application.lead_id
    CROSS JOIN LATERAL (SELECT deadline.ordinal / {len(READERS)} AS seq,
        CASE deadline.ordinal % {len(READERS)} WHEN 0 THEN 'VENDOR' ELSE 'PROSPECT' END AS side,
        CASE deadline.ordinal % {len(READERS)} WHEN 0 THEN application.account_id
             ELSE lead.prospect_id END AS recipient) AS reader
    JOIN chat_message AS first ON first.application_id = application.id AND first.seq = reader.seq
    LEFT JOIN LATERAL (SELECT max(seq) AS seq FROM chat_message
        WHERE application_id = application.id AND chat_message.seq < reader.seq
          AND chat_message.side <> reader.side) AS before ON true
    LEFT JOIN LATERAL (
        SELECT min(at) FILTER (WHERE through_seq >= before.seq) AS began, max(through_seq) AS through
        FROM chat_read WHERE application_id = application.id AND chat_read.recipient = reader.recipient
          AND through_seq >= coalesce(before.seq, 0) AND at <= deadline.due_at) AS reading ON true
    LEFT JOIN LATERAL (SELECT max(done.due_at) AS at FROM deadline AS done
        WHERE done.kind = '{NUDGE}' AND done.subject = application.id
          AND done.ordinal % {len(READERS)} = deadline.ordinal % {len(READERS)}
          AND done.outcome = 'unread_too_long') AS told ON true
    WHERE deadline.kind = '{NUDGE}' AND deadline.subject = ANY($1::uuid[]) AND deadline.done_at IS NULL"""


async def pending_stretches(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, dict[int, Stretch]]:
    """Return the stretches of these applications whose deadlines are pending, by ordinal."""
    found: dict[UUID, dict[int, Stretch]] = {one: {} for one in ids}
    for row in await fetch(conn, _STRETCHES, list(ids)):
        stretch = Stretch(row["first"], row["began"], row["read"], row["told_at"])
        found[row["subject"]][row["ordinal"]] = stretch
    return found
