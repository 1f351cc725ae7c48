"""Marks of reading: how far a recipient has read a chat. The further mark stays."""

from uuid import UUID

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.chat.deadlines import wait_for_rest
from models.chat.locked import LockedChat, lock_chat, note_review
from models.chat.refusals import ChatRefusal
from models.chat.tables import INTRODUCTION
from models.chat.unread import oldest_unread
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules.chat.chat_access import CLOSED
from rules.chat.chat_view import ChatSide


async def mark_read(viewer: Viewer, wake: Wake, application_id: UUID, through: UUID) -> None:
    """Record that the viewer's side has read a chat up to a message; going back changes nothing.

    The other side learns it, unless the policy keeps read marks private. An operator's mark is only for that
    operator. Raises `Refusal`: NOT_FOUND for an application of others or a message of another chat,
    REFUSED_BY_RULE for a chat that is closed to the viewer.
    """
    async with transaction() as conn:
        chat = await lock_chat(conn, application_id, viewer)
        if chat.access.verdict is CLOSED:
            raise ChatRefusal.CHAT_CLOSED.at("applicationId", decision=chat.access)
        seq = await _seq_of(conn, application_id, through)
        journal = Journal(chat.now, viewer.user_id)
        before = await oldest_unread(conn, chat.application_id, chat.side, chat.recipient)
        if await _is_further(conn, chat, seq):
            _tell_other_side(chat, journal, seq, through)
            await wait_for_rest(conn, chat, before, journal)
        await note_review(conn, chat)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)


async def _seq_of(conn: Connection, application_id: UUID, message_id: UUID) -> int:
    """Return the place of a message; the introduction has the id of its application."""
    if message_id == application_id:
        return INTRODUCTION
    row = await fetch_one(
        conn, "SELECT seq FROM chat_message WHERE id = $1 AND application_id = $2", message_id, application_id
    )
    if row is None:
        raise ChatRefusal.CHAT_MESSAGE_NOT_FOUND.at("through")
    seq: int = row["seq"]
    return seq


async def _is_further(conn: Connection, chat: LockedChat, seq: int) -> bool:
    """Add the mark if it is further than the last; return whether it was added."""
    added = await fetch(
        conn,
        """INSERT INTO chat_read (id, application_id, recipient, through_seq, at)
           SELECT $1, $2, $3, $4::int, $5
           WHERE NOT EXISTS (SELECT FROM chat_read
                             WHERE application_id = $2 AND recipient = $3 AND through_seq >= $4::int)
           RETURNING id""",
        new_id(),
        chat.application_id,
        chat.recipient,
        seq,
        chat.now,
    )
    return bool(added)


def _tell_other_side(chat: LockedChat, journal: Journal, seq: int, message_id: UUID) -> None:
    other = {ChatSide.VENDOR: chat.prospect_id, ChatSide.PROSPECT: chat.account_id}.get(chat.side)
    if other is None or not chat.policy.chat.chat_show_read_marks:
        return
    parameters: dict[str, object] = {"messageId": str(message_id), "seq": seq, "side": chat.side}
    journal.events.append(
        EventRow(
            other,
            NotificationKind.CHAT_READ,
            chat.now,
            chat.application_id,
            chat.lead_id,
            parameters=parameters,
        )
    )
