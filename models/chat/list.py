"""Lists of the messages of chats, and look-up by id: each page in one statement.

A page of messages takes one more statement for the words of system messages, and one if some messages were
never searched for contact data, or by an earlier search.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Page, SelectStatement, Slice, cut, take
from models.base.viewer import Viewer
from models.chat.heads import Head, heads_by_id
from models.chat.lines import LINES, OLDEST_LINE, SYSTEM_KINDS, THREAD
from models.chat.search_again import search_again
from models.chat.tables import INTRODUCTION
from models.chat.views import ChatMessageView
from models.contact_data.masking import MaskedSpan
from models.contact_data.stored_spans import read_spans
from models.feed.kinds import NotificationKind
from models.feed.list import NotificationView, notifications_of_messages
from models.feed.wording import notice
from rules.chat.chat_view import ChatSide

# The place of a line's event in the followed feed. An introduction has none: what follows it begins before
# the chat's first event or, without one, after all events so far; nowhere if retention has removed the event
# of the second message.
_SECOND = f"""(SELECT CASE WHEN chat.follows_prospect THEN second.prospect_event
                      ELSE second.vendor_event END
    FROM chat_message AS second
    WHERE second.application_id = line.application_id AND second.seq = {INTRODUCTION + 1})"""
_FIRST = f"""(SELECT event.seq - 1 FROM feed_event AS event
    WHERE event.recipient = chat.followed AND event.application_id = line.application_id
      AND event.kind IN ('{NotificationKind.CHAT_MESSAGE}', {SYSTEM_KINDS})
    ORDER BY event.seq LIMIT 1)"""
_POSITION = f"""CASE WHEN line.place > 0 THEN line.place
    WHEN line.seq > {INTRODUCTION}
        THEN (SELECT seq FROM feed_event
              WHERE feed_event.id = CASE WHEN chat.follows_prospect THEN line.prospect_event
                                         ELSE line.vendor_event END)
    WHEN {_SECOND} IS NOT NULL AND NOT EXISTS (SELECT FROM feed_event WHERE feed_event.id = {_SECOND})
        THEN 0
    ELSE coalesce({_FIRST},
        (SELECT last_seq FROM feed_counter WHERE feed_counter.recipient = chat.followed)) END"""
_READ_AT = """CASE WHEN line.side = chat.side THEN (
        SELECT chat_read.at FROM chat_read
        WHERE chat_read.application_id = line.application_id AND chat_read.recipient = chat.marked
          AND chat_read.through_seq >= line.seq
        ORDER BY chat_read.through_seq LIMIT 1) END"""


_APPLICATIONS = f"""SELECT application_id FROM chat_message WHERE id = ANY($1::uuid[])
    UNION SELECT application_id FROM feed_event
    WHERE id = ANY($1::uuid[]) AND application_id IS NOT NULL AND kind IN ({SYSTEM_KINDS})"""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the texts of lines need: the contact data in those of people, the words of system messages."""

    searched: Mapping[UUID, Sequence[MaskedSpan]]
    notices: Mapping[UUID, NotificationView]

    def has(self, row: Record) -> bool:
        """Whether a line can be shown: retention may just have removed the event of a system message."""
        return row["side"] != ChatSide.SYSTEM or row["id"] in self.notices


async def list_messages(conn: Connection, head: Head, part: Slice) -> Page[ChatMessageView]:
    """List the messages of a chat, oldest first, as its viewer may see them now; none of a closed one."""
    (page,) = await messages_of(conn, [head], part)
    return page


async def messages_of(conn: Connection, heads: Sequence[Head], part: Slice) -> list[Page[ChatMessageView]]:
    """Return this part of each chat, in one statement, in the order of the chats."""
    statement = SelectStatement([])
    limit = take(statement, OLDEST_LINE, part)
    rows = await _fetch(conn, heads, statement, limit)
    found = await _found(conn, rows)
    pages = []
    for head, lines in zip(heads, rows, strict=True):
        page = cut(lines, OLDEST_LINE, part)
        page = page._replace(rows=[row for row in page.rows if found.has(row)])
        pages.append(Page.of(page, partial(_view, head, found)))
    return pages


async def first_unread_of(conn: Connection, heads: Sequence[Head]) -> list[ChatMessageView | None]:
    """Return the oldest unread message of each chat, in one statement."""
    statement = SelectStatement([], ["line.id = chat.first_unread"])
    found = await _views(conn, heads, await _fetch(conn, heads, statement))
    return [next(iter(views), None) for views in found]


async def messages_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ChatMessageView]:
    """Return those of the messages that the viewer may see now, in a fixed number of statements.

    A system message is found by the viewer whose feed has its event.
    """
    rows = await fetch(conn, _APPLICATIONS, list(ids))
    of = {row["application_id"] for row in rows} | set(ids)  # an introduction has its application's id
    return await _messages(conn, await heads_by_id(conn, viewer, of), ids, THREAD)


async def message_of(
    conn: Connection, viewer: Viewer, chat_id: UUID, message_id: UUID, *, system: bool
) -> ChatMessageView | None:
    """Return a message of the chat of this application, if the viewer may see it now; a system message or
    one of a person.
    """
    heads = await heads_by_id(conn, viewer, [chat_id])
    # PostgreSQL keeps the plan of `LINES`; the thread, which has more tables, is planned each time.
    found = await _messages(conn, heads, [message_id], THREAD if system else LINES)
    return found.get(message_id)


async def _messages(
    conn: Connection, heads: Mapping[UUID, Head], ids: Collection[UUID], lines: str
) -> dict[UUID, ChatMessageView]:
    statement = SelectStatement([])
    statement.where(f"line.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    chats = list(heads.values())
    found = await _views(conn, chats, await _fetch(conn, chats, statement, lines=lines))
    return {view.id: view for views in found for view in views}


async def _views(
    conn: Connection, heads: Sequence[Head], rows: Sequence[Sequence[Record]]
) -> list[list[ChatMessageView]]:
    found = await _found(conn, rows)
    return [
        [_view(head, found, row) for row in lines if found.has(row)]
        for head, lines in zip(heads, rows, strict=True)
    ]


async def _found(conn: Connection, rows: Sequence[Sequence[Record]]) -> _Found:
    everything = [row for lines in rows for row in lines]
    written = [row for row in everything if row["side"] != ChatSide.SYSTEM]
    placed = [row["id"] for row in everything if row["side"] == ChatSide.SYSTEM]
    searched = await search_again(conn, written)
    return _Found(searched, await notifications_of_messages(conn, placed) if placed else {})


async def _fetch(
    conn: Connection, heads: Sequence[Head], statement: SelectStatement, limit: str = "", lines: str = THREAD
) -> list[list[Record]]:
    """Return the lines of each chat in the order of `limit`, of a closed one none, in one statement."""
    found: list[list[Record]] = [[] for _ in heads]
    chats = [
        (
            place,
            head.chat.application.id,
            head.side,
            head.followed,
            head.side is ChatSide.PROSPECT,
            head.marked,
            head.chat.first_unread_id,
        )
        for place, head in enumerate(heads)
        if not head.closed
    ]
    if not chats:
        return found
    columns = [list(column) for column in zip(*chats, strict=True)]
    kinds = ("int[]", "uuid[]", "text[]", "uuid[]", "boolean[]", "uuid[]", "uuid[]")
    bound = [statement.bind(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    rows = await fetch(
        conn,
        f"""SELECT found.*, chat.place FROM unnest({", ".join(bound)})
                AS chat (place, application_id, side, followed, follows_prospect, marked, first_unread)
            CROSS JOIN LATERAL (
                SELECT line.id, line.application_id, line.seq, line.side, line.text, line.spans, line.at,
                    coalesce({_POSITION}, 0) AS position, {_READ_AT} AS read_at, {OLDEST_LINE.columns()}
                FROM {lines}
                WHERE line.application_id = chat.application_id AND {statement.all_conditions()} {limit}
            ) AS found""",
        *statement.values,
    )
    for row in rows:
        found[row["place"]].append(row)
    return found


def _view(head: Head, found: _Found, row: Record) -> ChatMessageView:
    side = ChatSide(row["side"])
    text, spans = row["text"], read_spans(row["spans"])
    if side is ChatSide.SYSTEM:
        text, spans = _words(head, found.notices[row["id"]]), []
    elif spans is None:
        spans = list(found.searched[row["id"]])
    shown = head.reader.see(text, spans, side)
    own = side is head.side
    elsewhere = head.other.see(text, spans, side).text if own and spans else text
    return ChatMessageView(
        id=row["id"],
        application=head.chat.application,
        seq=row["seq"],
        side=side,
        author=head.author(side),
        at=row["at"],
        text=shown.text,
        masked=shown.masked,
        shown_to_other=None if elsewhere == text else elsewhere,
        decision=shown.decision,
        read_by_other_at=row["read_at"],
        recipient=head.followed,
        position=row["position"],
    )


def _words(head: Head, view: NotificationView) -> str:
    """Return the words of a notification as one text, which has no contact data."""
    text = notice(view, head.locale, head.time_zone)
    return "\n".join(part for part in (text.title, text.body) if part)
