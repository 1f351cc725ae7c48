"""A call under lock, as a working copy with its legs, attempts and deadlines.

An action locks the call (`models.calls.call_store`), changes the copy, says what happened (`moved`), and
saves it. Every change writes an event to the account's feed and to one that all agents share, and moves the
deadline that closes the call.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from models.calls.attempts import Attempt, Leg, settled_attempts
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.caller_id import Caller
from models.calls.state import CallChange, state_of
from models.contact_data.redaction import Redacted
from models.deadlines.registry import PendingDeadline
from models.feed.journal import DeadlineRow, EventRow, Journal
from models.feed.kinds import NotificationKind
from rules import Policy, decide
from rules.calls.call_closing import CallClosingFacts, call_closing
from rules.calls.call_mail import CallOutcome

# The recipient of the feed that all agents share; which of its events an agent sees is asked for each event.
AGENTS_FEED = UUID("00000000-0000-7000-8000-000000000a9e")

CALL_CLOSE = "CALL_CLOSE"  # the kind of its deadlines


@dataclass(slots=True, repr=False)
class CallCase(Redacted):
    """A locked call. `has_note`: the agent has written a note. A `changed` call is saved."""

    id: UUID
    version: int
    secretariat_id: UUID
    account_id: UUID
    policy_id: UUID
    policy: Policy
    retention_days: int | None  # the company's; None: as the policy says
    external_id: str | None
    caller: Caller
    dialled: str
    ringing_at: datetime
    diverted_from: str | None = None
    answered_at: datetime | None = None
    hung_up_at: datetime | None = None
    taken_over_at: datetime | None = None
    agent_id: UUID | None = None
    wanted_employee_id: UUID | None = None
    vip_caller_id: UUID | None = None
    faq_entry_id: UUID | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: CallOutcome | None = None
    cause: str | None = None
    flags: frozenset[CallFlag] = frozenset()
    typed_seconds: int | None = None
    forget_at: datetime | None = None
    forgotten_at: datetime | None = None
    has_note: bool = False
    legs: dict[str, Leg] = field(default_factory=dict)  # by external id
    attempts: list[Attempt] = field(default_factory=list)  # by ordinal
    pending: list[PendingDeadline] = field(default_factory=list)  # which would close it, earliest first
    next_ordinal: int = 0  # of its deadlines
    new: bool = False  # not stored yet
    changed: bool = False
    stored: frozenset[Leg | Attempt] = frozenset()  # as in the database

    @property
    def joined_at(self) -> datetime | None:
        """When its latest leg began."""
        return max((leg.started_at for leg in self.legs.values()), default=None)

    @property
    def ended(self) -> bool:
        """Whether the agent finished it, or its deadline closed it."""
        return self.finished_at is not None or self.closed_at is not None

    @property
    def ends(self) -> list[datetime]:
        """When the caller hung up, and when the call ended, as far as known."""
        known = (self.hung_up_at, self.finished_at, self.closed_at)
        return [at for at in known if at is not None]

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that waits for its result."""
        return next((one for one in self.attempts if one.result is TransferResult.CALLING), None)


def moved(case: CallCase, change: CallChange, journal: Journal, at: datetime | None = None) -> None:
    """Note that a locked call has changed: the next version, the events, and the deadline that closes it now.

    Change the copy before. `at` is when it happened, by default now. An open attempt ends here as CANCELLED
    if the caller has hung up, a newer one has begun, or the call has ended.
    """
    at = at or journal.now
    case.attempts = settled_attempts(case.attempts, case.legs, case.ends)
    case.version += 0 if case.new else 1
    case.changed = True
    parameters: dict[str, object] = {"callId": str(case.id), "change": change.value}
    journal.events += [
        EventRow(recipient, NotificationKind.CALL_CHANGED, at, parameters=parameters)
        for recipient in (AGENTS_FEED, case.account_id)
    ]
    move_deadline(case, journal)


def end_call(case: CallCase, outcome: CallOutcome, *, finished_at: datetime | None = None) -> None:
    """End a call in the working copy, finished by its agent or, without `finished_at`, when it was closed.

    From here on counts the time after which the caller is forgotten; one who has asked for it is forgotten
    as soon as the call has ended.
    """
    case.outcome, case.finished_at = outcome, finished_at
    ended_at = finished_at or case.closed_at
    if ended_at is None:
        raise ValueError("a call ends by being finished or closed")
    days = case.policy.call.retention_days if case.retention_days is None else case.retention_days
    forget_at = ended_at + timedelta(days=days)
    case.forget_at = forget_at if case.forget_at is None else min(case.forget_at, forget_at)


def put_attempt(case: CallCase, attempt: Attempt) -> None:
    """Add an attempt to the working copy, or replace the one with its id."""
    case.attempts = [one for one in case.attempts if one.id != attempt.id] + [attempt]
    case.attempts.sort(key=lambda one: one.ordinal)


def move_deadline(case: CallCase, journal: Journal) -> None:
    """Write the next deadline if it is due at another time than the pending one, which is moot then."""
    state, since = state_of(case)
    due_at = decide(call_closing, case.policy, CallClosingFacts(state, since), since).changes_at
    kept = [one for one in case.pending if one.due_at == due_at]
    moot = "ended" if case.ended else "replaced"
    journal.done += [(one.id, moot) for one in case.pending if one not in kept]
    case.pending = kept
    written = [row for row in journal.deadlines if row.kind == CALL_CLOSE and row.subject == case.id]
    for row in written:  # by an earlier change in the same transaction
        journal.deadlines.remove(row)
    if due_at is None or kept:
        return
    ordinal = written[0].ordinal if written else case.next_ordinal
    case.next_ordinal = ordinal + 1
    journal.deadlines.append(DeadlineRow(CALL_CLOSE, case.id, due_at, ordinal))
