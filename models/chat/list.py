"""Lists of the messages of chats, and look-up by id: each page in one statement.

A page of messages takes one more statement if some were never searched for contact data, or by an earlier
search.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from asyncpg import Record

from models.applications.list import applications_by_id
from models.base.database import Connection, fetch
from models.base.keyset import Page, SelectStatement, Slice, cut, take
from models.base.viewer import Viewer
from models.chat.heads import Head, heads_of
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
    return (await _pages(conn, [head], part))[head.chat.application.id]


async def messages_of(
    conn: Connection, heads: Collection[Head], size: int
) -> dict[UUID, Page[ChatMessageView]]:
    """Return the first `size` messages of each chat, in one statement."""
    return await _pages(conn, heads, Slice(size))


async def messages_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ChatMessageView]:
    """Return those of the messages that the viewer may see now, in a fixed number of statements."""
    rows = await fetch(conn, "SELECT application_id FROM chat_message WHERE id = ANY($1::uuid[])", list(ids))
    of = {row["application_id"] for row in rows} | set(ids)  # an introduction has its application's id
    heads = await heads_of(conn, viewer, (await applications_by_id(conn, viewer, of)).values())
    statement = SelectStatement([])
    statement.where(f"line.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    found = await _fetch(conn, heads.values(), statement)
    searched = await search_again(conn, found)
    return {row["id"]: _view(heads[row["application_id"]], row, searched) for row in found}


async def _pages(conn: Connection, heads: Collection[Head], part: Slice) -> dict[UUID, Page[ChatMessageView]]:
    statement = SelectStatement([])
    limit = take(statement, OLDEST_LINE, part)
    rows = await _fetch(conn, heads, statement, limit)
    searched = await search_again(conn, rows)
    of_chat: dict[UUID, list[Record]] = {head.chat.application.id: [] for head in heads}
    for row in rows:
        of_chat[row["application_id"]].append(row)
    by_id = {head.chat.application.id: head for head in heads}
    return {
        application_id: Page.of(
            cut(lines, OLDEST_LINE, part), lambda row: _view(by_id[row["application_id"]], row, searched)
        )
        for application_id, lines in of_chat.items()
    }


async def _fetch(
    conn: Connection, heads: Collection[Head], statement: SelectStatement, limit: str = ""
) -> Sequence[Record]:
    """Read lines of the chats that are not closed, each chat's in the order of `limit`."""
    chats = [
        (head.chat.application.id, head.side, head.followed, head.side is ChatSide.PROSPECT, head.marked)
        for head in heads
        if not head.closed
    ]
    if not chats:
        return []
    columns = [list(column) for column in zip(*chats, strict=True)]
    kinds = ("uuid[]", "text[]", "uuid[]", "boolean[]", "uuid[]")
    bound = [statement.bind(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return await fetch(
        conn,
        f"""SELECT found.* FROM unnest({", ".join(bound)}) WITH ORDINALITY
                AS chat (application_id, side, followed, follows_prospect, marked, place)
            CROSS JOIN LATERAL (
                SELECT line.id, line.application_id, line.seq, line.side, line.text, line.spans, line.at,
                    coalesce({_POSITION}, 0) AS position, {_READ_AT} AS read_at, {OLDEST_LINE.columns()}
                FROM {LINES}
                WHERE line.application_id = chat.application_id AND {statement.all_conditions()} {limit}
            ) AS found""",
        *statement.values,
    )


def _view(head: Head, row: Record, searched: Mapping[UUID, Sequence[MaskedSpan]]) -> ChatMessageView:
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
