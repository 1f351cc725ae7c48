"""Lists of the messages of chats, and look-up by id: each page in one statement.

A page of messages takes one more statement if some were never searched for contact data, or by an earlier
search.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Page, SelectStatement, Slice, cut, take
from models.base.viewer import Viewer
from models.chat.heads import Head, heads_by_id
from models.chat.lines import LINES, OLDEST_LINE
from models.chat.search_again import search_again
from models.chat.tables import INTRODUCTION
from models.chat.views import ChatMessageView
from models.contact_data.masking import MaskedSpan
from models.contact_data.stored_spans import read_spans
from rules.chat.chat_view import ChatSide

# The place of a line's event in the followed feed. An introduction has none: what follows it begins before
# the second message or, without one, after all events so far.
_SECOND = f"""chat_message AS second
    WHERE second.application_id = line.application_id AND second.seq = {INTRODUCTION + 1}"""
_POSITION = f"""CASE WHEN line.seq > {INTRODUCTION}
        THEN (SELECT seq FROM feed_event
              WHERE feed_event.id = CASE WHEN chat.follows_prospect THEN line.prospect_event
                                         ELSE line.vendor_event END)
    WHEN EXISTS (SELECT FROM {_SECOND})
        THEN (SELECT seq - 1 FROM feed_event
              WHERE feed_event.id = (SELECT CASE WHEN chat.follows_prospect THEN second.prospect_event
                                                 ELSE second.vendor_event END FROM {_SECOND}))
    ELSE (SELECT last_seq FROM feed_counter WHERE feed_counter.recipient = chat.followed) END"""
_READ_AT = """CASE WHEN line.side = chat.side THEN (
        SELECT chat_read.at FROM chat_read
        WHERE chat_read.application_id = line.application_id AND chat_read.recipient = chat.marked
          AND chat_read.through_seq >= line.seq
        ORDER BY chat_read.through_seq LIMIT 1) END"""


async def list_messages(conn: Connection, head: Head, part: Slice) -> Page[ChatMessageView]:
    """List the messages of a chat, oldest first, as its viewer may see them now; none of a closed one."""
    (page,) = await messages_of(conn, [head], part)
    return page


async def messages_of(conn: Connection, heads: Sequence[Head], part: Slice) -> list[Page[ChatMessageView]]:
    """Return this part of each chat, in one statement, in the order of the chats."""
    statement = SelectStatement([])
    limit = take(statement, OLDEST_LINE, part)
    rows = await _fetch(conn, heads, statement, limit)
    searched = await search_again(conn, [row for lines in rows for row in lines])
    return [
        Page.of(cut(lines, OLDEST_LINE, part), partial(_view, head, searched))
        for head, lines in zip(heads, rows, strict=True)
    ]


async def first_unread_of(conn: Connection, heads: Sequence[Head]) -> list[ChatMessageView | None]:
    """Return the oldest unread message of each chat, in one statement."""
    statement = SelectStatement([], ["line.id = chat.first_unread"])
    found = await _views(conn, heads, await _fetch(conn, heads, statement))
    return [next(iter(views), None) for views in found]


async def messages_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ChatMessageView]:
    """Return those of the messages that the viewer may see now, in a fixed number of statements."""
    rows = await fetch(conn, "SELECT application_id FROM chat_message WHERE id = ANY($1::uuid[])", list(ids))
    of = {row["application_id"] for row in rows} | set(ids)  # an introduction has its application's id
    heads = list((await heads_by_id(conn, viewer, of)).values())
    statement = SelectStatement([])
    statement.where(f"line.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    found = await _views(conn, heads, await _fetch(conn, heads, statement))
    return {view.id: view for views in found for view in views}


async def _views(
    conn: Connection, heads: Sequence[Head], rows: Sequence[Sequence[Record]]
) -> list[list[ChatMessageView]]:
    searched = await search_again(conn, [row for lines in rows for row in lines])
    return [[_view(head, searched, row) for row in lines] for head, lines in zip(heads, rows, strict=True)]


async def _fetch(
    conn: Connection, heads: Sequence[Head], statement: SelectStatement, limit: str = ""
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
                FROM {LINES}
                WHERE line.application_id = chat.application_id AND {statement.all_conditions()} {limit}
            ) AS found""",
        *statement.values,
    )
    for row in rows:
        found[row["place"]].append(row)
    return found


def _view(head: Head, searched: Mapping[UUID, Sequence[MaskedSpan]], row: Record) -> ChatMessageView:
    side, text = ChatSide(row["side"]), row["text"]
    spans = read_spans(row["spans"])
    if spans is None:
        spans = list(searched[row["id"]])
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
