"""Recording an attempt of a vendor to contact a person; one against a stop is told to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.accounts.staff import operator_ids
from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contacting.cited_advice import CitedAdvice
from models.contacting.held_lead import held_lead
from models.contacting.refusals import ContactingRefusal
from models.contacting.tables import ContactOutcome, StopReason
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules.contacting.contact_advice import Advice
from rules.contacting.terms import Medium

RECORDED_WITHIN = timedelta(days=30)
_O = ContactOutcome
_SPOKEN = frozenset({_O.SPOKE, _O.SPOKE_TO_ASSISTANT, _O.NO_ANSWER, _O.REFUSED, _O.MEETING_AGREED})
_WRITTEN = frozenset(
    {
        *(_O.WROTE, _O.ANSWERED, _O.BOUNCED, _O.REFUSED, _O.MEETING_AGREED, _O.CALLBACK_PROMISED),
        _O.WRONG_NUMBER,
    }
)
OUTCOMES: Mapping[Medium, frozenset[ContactOutcome]] = {
    Medium.CALL: _SPOKEN | {_O.VOICEMAIL, _O.CALLBACK_PROMISED, _O.WRONG_NUMBER},
    Medium.SMS: _WRITTEN,
    Medium.EMAIL: _WRITTEN,
    Medium.CHAT: _WRITTEN,
    Medium.MEETING: _SPOKEN,
}
MEDIUM_OF_ADVICE: Mapping[Advice, Medium] = {
    Advice.CALL: Medium.CALL,
    Advice.CALL_LATER: Medium.CALL,
    Advice.VOICEMAIL: Medium.CALL,
    Advice.WRITE: Medium.EMAIL,
    Advice.CHAT: Medium.CHAT,
    Advice.MEET: Medium.MEETING,
}
_PROPOSED: Mapping[ContactOutcome, StopReason] = {
    _O.WRONG_NUMBER: StopReason.WRONG_NUMBER,
    _O.REFUSED: StopReason.REFUSED,
}


@dataclass(frozen=True, slots=True)
class AttemptInput:
    """An attempt as it was made: for a lead whose contact data the vendor sees."""

    lead_id: UUID
    medium: Medium
    at: datetime
    outcome: ContactOutcome
    goal: str | None = None
    advice: CitedAdvice | None = None

    @property
    def digest(self) -> dict[str, object]:
        """The input as JSON types, for idempotency keys."""
        return {
            "lead": str(self.lead_id),
            "medium": self.medium,
            "at": self.at.isoformat(),
            "outcome": self.outcome,
            "goal": self.goal,
            **({"advice": repr(self.advice)} if self.advice else {}),
        }


@dataclass(frozen=True, slots=True)
class ProposedStop:
    """A stop that an outcome suggests for the account, by one medium; the vendor may set it."""

    medium: Medium
    reason: StopReason


def proposed_stop(medium: Medium, outcome: ContactOutcome) -> ProposedStop | None:
    """Return the stop that an outcome suggests, if it does."""
    reason = _PROPOSED.get(outcome)
    return None if reason is None else ProposedStop(medium, reason)


async def record_attempt(viewer: Viewer, wake: Wake, given: AttemptInput, idempotency_key: str) -> UUID:
    """Record an attempt and return its id, once per key.

    It happened, so it is recorded even against a stop; then operators and the account are told. Raises
    `Refusal`: FORBIDDEN for others than owners and members, NOT_FOUND, REFUSED_BY_RULE for hidden contact
    data, INVALID for a time in the future or more than 30 days ago, or an outcome that the medium cannot
    have.
    """
    account_id = acting_vendor(viewer, "record attempts to contact a person")
    if given.outcome not in OUTCOMES[given.medium]:
        raise ContactingRefusal.OUTCOME_NOT_OF_MEDIUM.at("outcome", medium=given.medium.value)
    attempt_id = new_id()
    async with transaction() as conn:
        lead = await held_lead(conn, viewer, given.lead_id)
        # In order with stops: what is set before this lock is seen, and what comes after it is later.
        await fetch(conn, "SELECT FROM prospect WHERE id = $1 FOR SHARE", lead.prospect_id)
        journal = Journal(await database_now(conn), viewer.user_id)
        _check_time(given.at, journal.now)
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or attempt_id,
            operation="contactAttemptRecord",
            key=idempotency_key,
            given=given.digest,
            result=attempt_id,
            now=journal.now,
        )
        if earlier is not None:
            return earlier
        against = await _stopped_at(conn, lead.prospect_id, account_id, given)
        advice_id, followed = await _cite(conn, journal, lead.id, given)
        await fetch(
            conn,
            """INSERT INTO contact_attempt (id, account_id, lead_id, prospect_id, medium, goal, at, outcome,
                                            recorded_by_id, recorded_at, against_stop,
                                            advice_decision_id, followed)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
            attempt_id,
            account_id,
            lead.id,
            lead.prospect_id,
            given.medium,
            given.goal,
            given.at,
            given.outcome,
            viewer.user_id,
            journal.now,
            against,
            advice_id,
            followed,
        )
        if against:
            await _tell(conn, journal, account_id, lead.id, attempt_id)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return attempt_id


async def _cite(
    conn: Connection, journal: Journal, lead_id: UUID, given: AttemptInput
) -> tuple[UUID | None, bool | None]:
    """Keep the advice that the attempt cites; return the id of the decision, and whether it was followed.

    What would be advised at a time that has not come is no advice that was followed.
    """
    if given.advice is None:
        return None, None
    citable = given.advice.lead_id == lead_id and given.advice.at <= journal.now
    decision = await given.advice.decision(conn) if citable else None
    if decision is None:
        raise ContactingRefusal.ADVICE_UNKNOWN.at("adviceId")
    return journal.record(lead_id, decision), given.medium is MEDIUM_OF_ADVICE.get(Advice(decision.verdict))


def _check_time(at: datetime, now: datetime) -> None:
    if at > now:
        raise ContactingRefusal.ATTEMPT_IN_FUTURE.at("at")
    if at < now - RECORDED_WITHIN:
        raise ContactingRefusal.ATTEMPT_TOO_OLD.at("at", days=RECORDED_WITHIN.days)


async def _stopped_at(conn: Connection, prospect_id: UUID, account_id: UUID, given: AttemptInput) -> bool:
    """Return whether a stop of everybody or of this account held at the attempt's instant."""
    rows = await fetch(
        conn,
        """SELECT FROM do_not_contact AS stop
           WHERE prospect_id = $1 AND (scope = 'MARKET' OR account_id = $2)
             AND (medium IS NULL OR medium = $3)
             AND since <= $4 AND $4 < least(lifted_at, until, 'infinity') LIMIT 1""",
        prospect_id,
        account_id,
        given.medium,
        given.at,
    )
    return bool(rows)


async def _tell(
    conn: Connection, journal: Journal, account_id: UUID, lead_id: UUID, attempt_id: UUID
) -> None:
    for recipient in (account_id, *await operator_ids(conn)):
        side = "vendor" if recipient == account_id else "operator"
        journal.events.append(
            EventRow(
                recipient,
                NotificationKind.ATTEMPT_AGAINST_STOP,
                journal.now,
                lead_id=lead_id,
                parameters={"side": side, "contactAttemptId": str(attempt_id)},
            )
        )
