"""Sending messages about a complaint between its vendor and the operators, with a notification (S5.12)."""

from uuid import UUID

from models.accounts.staff import operator_ids
from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.complaints.refusals import ComplaintRefusal
from models.contact_data.checked_text import checked_text
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake

LONGEST_MESSAGE = 5_000


async def send_message(
    viewer: Viewer, wake: Wake, complaint_id: UUID, text: str, idempotency_key: str
) -> UUID:
    """Send a message about a complaint, once per key, and notify the other side; return its id.

    Messages can be sent after the decision too, because that is when questions arise. Raises `Refusal`:
    FORBIDDEN for viewers who are not operators and do not act for a vendor, NOT_FOUND for another account's
    complaint, REQUIRED, INVALID, IDEMPOTENCY_CONFLICT.
    """
    if viewer.user_id is None or not (viewer.operator or viewer.vendor_id is not None):
        raise ComplaintRefusal.MESSAGE_NOT_ALLOWED.at()
    message = checked_text("text", text, LONGEST_MESSAGE, missing="required. Write a message.")
    async with transaction() as conn:
        account_id = await _lock(conn, viewer, complaint_id)
        from_operator = viewer.operator
        journal = Journal(await database_now(conn), viewer.user_id)
        message_id = new_id()
        earlier = await first_answer(
            conn,
            scope=viewer.user_id if from_operator else account_id,
            operation="complaintMessageSend",
            key=idempotency_key,
            given={"complaintId": str(complaint_id), "text": text},
            result=message_id,
            now=journal.now,
        )
        if earlier is not None:
            return earlier
        await fetch(
            conn,
            """INSERT INTO complaint_message (id, complaint_id, author_id, from_operator, text, at)
               VALUES ($1, $2, $3, $4, $5, $6)""",
            message_id,
            complaint_id,
            viewer.user_id,
            from_operator,
            message,
            journal.now,
        )
        parameters: dict[str, object] = {"complaintId": str(complaint_id), "messageId": str(message_id)}
        journal.events.extend(
            EventRow(recipient, NotificationKind.COMPLAINT_MESSAGE, journal.now, parameters=parameters)
            for recipient in ([account_id] if from_operator else await operator_ids(conn))
        )
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return message_id


async def _lock(conn: Connection, viewer: Viewer, complaint_id: UUID) -> UUID:
    """Lock the complaint, so that its messages are in the order of their times; return its account."""
    complaint = await fetch_one(
        conn, "SELECT account_id FROM complaint WHERE id = $1 FOR NO KEY UPDATE", complaint_id
    )
    if complaint is None or not (viewer.operator or viewer.vendor_id == complaint["account_id"]):
        raise ComplaintRefusal.COMPLAINT_NOT_FOUND.at("complaintId")
    account_id: UUID = complaint["account_id"]
    return account_id
