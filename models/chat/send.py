"""Sending of messages between the vendor of an application, its prospect, and operators (S1.5)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.idempotency import earlier_answer, first_answer
from models.base.ids import new_id
from models.base.refusal import Wait
from models.base.viewer import Viewer
from models.chat.deadlines import wait_for_readers
from models.chat.locked import LockedChat, find_chat, lock_chat, note_review
from models.chat.message_text import message_text
from models.chat.refusals import ChatRefusal
from models.chat.search import Findings, search_new
from models.contact_data.masking import MaskedSpan
from models.contact_data.nearby import TOGETHER
from models.contact_data.stored_spans import write_spans
from models.contacting.note_markers import Heard, note_safely
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules.chat.chat_access import OPEN
from rules.chat.chat_view import ChatSide
from rules.contacting.terms import Medium

MOST_MESSAGES, WITHIN = 200, timedelta(minutes=1)  # of one side in one chat
# Each overtaking adds a message of the same side: after that many, none of the last ones is the introduction,
# whose search is therefore not forgotten with theirs.
_SEARCHES = (True,) * TOGETHER
_OPERATION = "chatMessageSend"
_MOST_OF_ALL = 3 * MOST_MESSAGES  # vendor, prospect and operators


async def send_message(
    viewer: Viewer, wake: Wake, application_id: UUID, text: str, idempotency_key: str
) -> UUID:
    """Send a message in the chat of an application, once per key; return its id.

    Nothing in it is refused as contact data: it is masked when it is read. Raises `Refusal`: NOT_FOUND for
    an application of others, REFUSED_BY_RULE after a decline or a closing, LIMIT_EXCEEDED, REQUIRED,
    INVALID, IDEMPOTENCY_CONFLICT.
    """
    message = message_text(text)
    for search in (*_SEARCHES, False):
        try:
            return await _send(viewer, wake, application_id, text, message, idempotency_key, search=search)
        except _Overtaken:
            continue
    raise AssertionError("a message that is not searched cannot be overtaken")


class _Overtaken(Exception):  # noqa: N818 - not an error: the search has to be repeated
    """Another message of the same side was sent between the search and the lock."""


async def _send(
    viewer: Viewer,
    wake: Wake,
    application_id: UUID,
    given: str,
    message: str,
    idempotency_key: str,
    *,
    search: bool,
) -> UUID:
    """Send the message; the search precedes the lock, so that a long one does not delay answers.

    A message that was overtaken too often is stored without a search, which is then made when it is read.
    """
    request: dict[str, object] = {"applicationId": str(application_id), "text": given}
    found = None
    if search:
        answered = await _answer_before_search(viewer, application_id, request, idempotency_key)
        if answered is not None:
            return answered
        found = await search_new(connection(), viewer, application_id, message)
        if found is None:
            raise _Overtaken
    async with transaction() as conn:
        chat = await lock_chat(conn, application_id, viewer)
        message_id = new_id()
        earlier = await first_answer(
            conn,
            scope=chat.recipient,
            operation=_OPERATION,
            key=idempotency_key,
            given=request,
            result=message_id,
            now=chat.now,
        )
        if earlier is not None:
            return earlier
        await _refuse(conn, chat)
        journal = Journal(chat.now, viewer.user_id)
        if not search:
            await _forget_searches(conn, chat)
        await _write(conn, chat, journal, message_id, message, found)
        if found is not None:
            await _complete(conn, chat, found.completed)
        if chat.side is ChatSide.PROSPECT:
            heard = Heard(chat.account_id, chat.lead_id, chat.prospect_id, Medium.CHAT, chat.now)
            await note_safely(conn, journal, heard, message)
        await wait_for_readers(conn, chat, chat.last_seq + 1, journal)
        await note_review(conn, chat)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return message_id


async def _answer_before_search(
    viewer: Viewer, application_id: UUID, request: dict[str, object], key: str
) -> UUID | None:
    """Return the answer to a repeated request, and refuse what the lock would refuse: nothing is searched
    for a message that is not sent.
    """
    conn = connection()
    chat = await find_chat(conn, application_id, viewer)
    earlier = await earlier_answer(conn, scope=chat.recipient, operation=_OPERATION, key=key, given=request)
    if earlier is None:
        await _refuse(conn, chat)
    return earlier


async def _refuse(conn: Connection, chat: LockedChat) -> None:
    if chat.access.verdict is not OPEN:
        raise ChatRefusal.CHAT_NOT_OPEN.at("applicationId", decision=chat.access)
    await _refuse_flood(conn, chat)


async def _refuse_flood(conn: Connection, chat: LockedChat) -> None:
    """Refuse a side's message if it would be more than the limit; the last ones of all sides suffice."""
    row = await fetch_one(
        conn,
        """SELECT at FROM chat_message
           WHERE application_id = $1 AND seq > $2 AND side = $3 AND at > $4
           ORDER BY seq DESC OFFSET $5 LIMIT 1""",
        chat.application_id,
        chat.last_seq - _MOST_OF_ALL,
        chat.side,
        chat.now - WITHIN,
        MOST_MESSAGES - 1,
    )
    if row is not None:
        seconds = max(1, -((chat.now - row["at"] - WITHIN) // timedelta(seconds=1)))
        raise ChatRefusal.TOO_MANY_CHAT_MESSAGES.at(
            "applicationId", most=MOST_MESSAGES, wait=Wait(seconds), retry_after_seconds=seconds
        )


async def _write(
    conn: Connection,
    chat: LockedChat,
    journal: Journal,
    message_id: UUID,
    text: str,
    found: Findings | None,
) -> None:
    seq = chat.last_seq + 1
    parameters: dict[str, object] = {"messageId": str(message_id), "seq": seq, "side": chat.side}
    events = [
        EventRow(
            recipient,
            NotificationKind.CHAT_MESSAGE,
            chat.now,
            chat.application_id,
            chat.lead_id,
            parameters=parameters,
        )
        for recipient in (chat.account_id, chat.prospect_id)
    ]
    added = await fetch(
        conn,
        """INSERT INTO chat_message (id, application_id, seq, side, author_id, text, at, vendor_event,
               prospect_event, spans)
           SELECT $1, $2, $3, $4::text, $5, $6, $7, $8, $9, $10
           WHERE NOT EXISTS (SELECT FROM chat_message
                             WHERE application_id = $2 AND side = $4::text AND seq > $11)
           RETURNING seq""",
        message_id,
        chat.application_id,
        seq,
        chat.side,
        journal.actor_id,
        text,
        chat.now,
        *(event.id for event in events),
        None if found is None else write_spans(found.spans),
        chat.last_seq if found is None else found.last_seq,
    )
    if not added:
        raise _Overtaken
    journal.events += events


async def _forget_searches(conn: Connection, chat: LockedChat) -> None:
    """Have the messages searched again that one without a search may complete, together with it."""
    await fetch(
        conn,
        """UPDATE chat_message SET spans = NULL
           WHERE application_id = $1 AND seq IN (
               SELECT seq FROM chat_message WHERE application_id = $1 AND side = $2
               ORDER BY seq DESC LIMIT $3)""",
        chat.application_id,
        chat.side,
        TOGETHER,
    )


async def _complete(
    conn: Connection, chat: LockedChat, completed: Mapping[UUID, Sequence[MaskedSpan]]
) -> None:
    """Store what earlier messages contain, now that a later one has completed it."""
    if not completed:
        return
    introduction = completed.get(chat.application_id)
    if introduction is not None:
        await fetch(
            conn,
            "UPDATE application SET introduction_spans = $2 WHERE id = $1",
            chat.application_id,
            write_spans(introduction),
        )
    await fetch(
        conn,
        """UPDATE chat_message SET spans = found.spans
           FROM unnest($1::uuid[], $2::jsonb[]) AS found (id, spans) WHERE chat_message.id = found.id""",
        list(completed),
        [write_spans(spans) for spans in completed.values()],
    )
