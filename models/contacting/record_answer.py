"""Recording the answer to the direct question: how the person wants to be contacted (S3.1, S3.14)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.contacting.held_lead import check_said_at, held_lead
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.refusals import ContactingRefusal
from models.contacting.statement_origin import StatementOrigin
from rules.contacting.channel_preference import Said


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What the person answered, and when; NOTHING: no medium, so earlier answers no longer count."""

    lead_id: UUID
    answer: Said
    at: datetime

    @property
    def digest(self) -> dict[str, object]:
        """The input as JSON types, for idempotency keys."""
        return {"lead": str(self.lead_id), "answer": self.answer, "at": self.at.isoformat()}


async def record_answer(viewer: Viewer, given: AnswerInput, idempotency_key: str) -> UUID:
    """Record an answer, once per key, and return its id: of a vendor for itself, of the person for everybody.

    Raises `Refusal`: FORBIDDEN for others, NOT_FOUND, REFUSED_BY_RULE for hidden contact data, INVALID for an
    instant in the future or too long ago.
    """
    if viewer.user_id is None or viewer.operator or not (viewer.vendor_id or viewer.prospect_id):
        raise ContactingRefusal.ANSWER_NOT_FOR_ROLE.at()
    answer_id = new_id()
    async with transaction() as conn:
        lead = await held_lead(conn, viewer, given.lead_id)
        if viewer.vendor_id is None and lead.prospect_id != viewer.prospect_id:
            raise ContactingRefusal.ANSWER_NOT_FOR_ROLE.at()
        now = await database_now(conn)
        check_said_at(given.at, now)
        earlier = await first_answer(
            conn,
            scope=viewer.user_id,
            operation="contactAnswerRecord",
            key=idempotency_key,
            given=given.digest,
            result=answer_id,
            now=now,
        )
        if earlier is not None:
            return earlier
        if given.answer is Said.NOTHING:
            await _withdraw(conn, viewer, lead.prospect_id, given.at, now)
        else:
            await _write(conn, viewer, lead.prospect_id, answer_id, given, now)
    return answer_id


async def _write(
    conn: Connection, viewer: Viewer, prospect_id: UUID, answer_id: UUID, given: AnswerInput, now: datetime
) -> None:
    await fetch(
        conn,
        """INSERT INTO contact_statement (id, act_id, account_id, prospect_id, kind, strength, origin, at,
               recorded_at, recorded_by_id, whole_house)
           VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)""",
        answer_id,
        viewer.vendor_id,
        prospect_id,
        StatementKind[given.answer.name],
        Strength.STRONG,
        StatementOrigin.ANSWER,
        given.at,
        now,
        viewer.user_id,
    )


async def _withdraw(
    conn: Connection, viewer: Viewer, prospect_id: UUID, until: datetime, now: datetime
) -> None:
    await fetch(
        conn,
        """UPDATE contact_statement SET taken_back_at = $5, taken_back_by = $6
           WHERE prospect_id = $1 AND account_id IS NOT DISTINCT FROM $2 AND origin = $3 AND at <= $4
             AND taken_back_at IS NULL""",
        prospect_id,
        viewer.vendor_id,
        StatementOrigin.ANSWER,
        until,
        now,
        viewer.user_id,
    )
