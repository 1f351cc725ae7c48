"""Marks of reading: how far a recipient has read a chat. The further mark stays."""

from uuid import UUID

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.chat.deadlines import wait_for_rest
from models.chat.lines import SYSTEM_KINDS, last_before
from models.chat.locked import LockedChat, lock_chat, note_review
from models.chat.refusals import ChatRefusal
from models.chat.tables import INTRODUCTION
from models.chat.unread import oldest_unread
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules.chat.chat_access import CLOSED
from rules.chat.chat_view import ChatSide

# The introduction has no row of its own: it has the id of its application.
_LAST_OF_A_PERSON = f"""SELECT found.seq, chat_message.id FROM (
        SELECT seq FROM chat_message WHERE id = $2 AND application_id = $1
        UNION ALL
        SELECT {last_before("event")} FROM feed_event AS event
        WHERE event.id = $2 AND event.application_id = $1 AND event.recipient = $3
          AND event.kind IN ({SYSTEM_KINDS})) AS found
    LEFT JOIN chat_message ON chat_message.application_id = $1 AND chat_message.seq = found.seq"""


async def mark_read(viewer: Viewer, wake: Wake, application_id: UUID, through: UUID) -> None:
    """Record that the viewer's side has read a chat up to a message; going back changes nothing.

    With a system message, the mark is at the last message of a person before it: only those are unread. The
    other side learns of the mark, unless the policy keeps read marks private. An operator's mark is only for
    that operator. Raises `Refusal`: NOT_FOUND for an application of others or a message of another chat,
    REFUSED_BY_RULE for a chat that is closed to the viewer.
    """
    async with transaction() as conn:
        chat = await lock_chat(conn, application_id, viewer)
        if chat.access.verdict is CLOSED:
            raise ChatRefusal.CHAT_CLOSED.at("applicationId", decision=chat.access)
        seq, message_id = await _last_of_a_person(conn, chat, through)
        journal = Journal(chat.now, viewer.user_id)
        before = await oldest_unread(conn, chat.application_id, chat.side, chat.recipient)
        if await _is_further(conn, chat, seq):
            _tell_other_side(chat, journal, seq, message_id)
            await wait_for_rest(conn, chat, before, journal)
        await note_review(conn, chat)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)


async def _last_of_a_person(conn: Connection, chat: LockedChat, through: UUID) -> tuple[int, UUID]:
    """Return place and id of a message; of a system message, those of the last one of a person before it."""
    if through == chat.application_id:
        return INTRODUCTION, through
    followed = chat.prospect_id if chat.side is ChatSide.PROSPECT else chat.account_id
    row = await fetch_one(conn, _LAST_OF_A_PERSON, chat.application_id, through, followed)
    if row is None:
        raise ChatRefusal.CHAT_MESSAGE_NOT_FOUND.at("through")
    return row["seq"], row["id"] or chat.application_id


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
