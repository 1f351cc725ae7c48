"""Owns what nobody has to wait for any more once cases are settled: their deadlines, and unsent reminders.

It must not settle anything: it is told which cases are, and why.
"""

from collections.abc import Sequence

from models.applications.case import Case, pending_deadlines
from models.applications.deadlines import reminder_key
from models.base.database import Connection, fetch
from models.feed.journal import Journal


async def drop_waiting(conn: Connection, cases: Sequence[Case], journal: Journal, outcome: str) -> None:
    """Be done with what is not due yet on these locked cases, and let no reminder about them go out."""
    settled = {deadline_id for deadline_id, _ in journal.done}
    waiting = await pending_deadlines(conn, [case.id for case in cases])
    journal.done.extend(
        (deadline.id, outcome)
        for case in cases
        for deadline in waiting.get(case.id, [])
        if deadline.id not in settled
    )
    reminders = {reminder_key(case.id) for case in cases}
    journal.messages = [message for message in journal.messages if message.idempotency_key not in reminders]
    await fetch(  # one that is being sent right now is not waited for
        conn,
        """UPDATE outbox_message SET expires_at = $2
           WHERE id IN (SELECT id FROM outbox_message
                        WHERE idempotency_key = ANY($1::text[]) AND state = 'PENDING'
                        FOR NO KEY UPDATE SKIP LOCKED)""",
        sorted(reminders),
        journal.now,
    )
