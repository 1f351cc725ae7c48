"""Sending of messages between the vendor of an application, its prospect, and operators (S1.5)."""

from datetime import timedelta
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Wait
from models.base.viewer import Viewer
from models.chat.locked import LockedChat, lock_chat, note_review
from models.chat.message_text import message_text
from models.chat.refusals import ChatRefusal
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules.chat.chat_access import OPEN

MOST_MESSAGES, WITHIN = 200, timedelta(minutes=1)  # of one side in one chat
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
    async with transaction() as conn:
        chat = await lock_chat(conn, application_id, viewer)
        message_id = new_id()
        earlier = await first_answer(
            conn,
            scope=chat.recipient,
            operation="chatMessageSend",
            key=idempotency_key,
            given={"applicationId": str(application_id), "text": text},
            result=message_id,
            now=chat.now,
        )
        if earlier is not None:
            return earlier
        if chat.access.verdict is not OPEN:
            raise ChatRefusal.CHAT_NOT_OPEN.at("applicationId", decision=chat.access)
        await _refuse_flood(conn, chat)
        journal = Journal(chat.now, viewer.user_id)
        await _write(conn, chat, journal, message_id, message)
        await note_review(conn, chat)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return message_id


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


async def _write(conn: Connection, chat: LockedChat, journal: Journal, message_id: UUID, text: str) -> None:
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
    await fetch(
        conn,
        """INSERT INTO chat_message (id, application_id, seq, side, author_id, text, at, vendor_event,
               prospect_event)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        message_id,
        chat.application_id,
        seq,
        chat.side,
        journal.actor_id,
        text,
        chat.now,
        *(event.id for event in events),
    )
    journal.events += events
