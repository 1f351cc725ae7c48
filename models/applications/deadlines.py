"""Timed transitions of applications: the reveal, and the reminder to review.

A transition decides as of its due time, however late it is carried out; it never reads a clock.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from models.applications.calendar_event import write_event_of
from models.applications.case import Case, lock_cases, read_cases, save_cases
from models.applications.fee import notify, settle_fee, write_message
from models.applications.tables import Hold
from models.base.database import Connection
from models.base.ids import new_id
from models.deadlines.registry import Starts, Subject, timed
from models.deliveries.complaint_window import complaint_until
from models.feed.journal import DeliveryRow, EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.leads.facts import opens_at, reminder_facts
from models.leads.reading_order import SETTLING
from models.ledger.movements import capture
from rules import DISAGREEMENT, Decision, Policy, RulesetDefinition, decide
from rules.review_reminder import ReviewReminder, ReviewReminderFacts, review_reminder
from rules.visibility import VISIBLE, Closed, DeliveryKind, DisclosureBasis, Response, visibility


async def _lock(conn: Connection, ids: Collection[UUID]) -> Sequence[Case]:
    return await lock_cases(conn, ids, SETTLING)


def _moot(case: Case) -> str | None:
    return "ended" if case.ended_at is not None else None


APPLICATION: Subject[Case] = Subject("application", "id", _lock, save_cases, _moot, read=read_cases)


def open_contact(case: Case, at: datetime, decision: Decision, journal: Journal) -> UUID:
    """Reveal: create the delivery, capture the fee, notify the vendor; return its decision (S1.1, S1.2)."""
    decision_id = journal.record(case.id, decision)
    delivery_id = new_id()
    case.revealed_at, case.changed = at, True
    accepted = case.accepted_at is not None
    journal.deliveries.append(
        DeliveryRow(
            id=delivery_id,
            account_id=case.account_id,
            lead_id=case.lead_id,
            kind=DeliveryKind.APPLICATION,
            application_id=case.id,
            policy_id=case.policy_id,
            decision_id=decision_id,
            received_at=at,
            points=case.fee,
            complaint_until=complaint_until(at, case.policy),
            basis=DisclosureBasis.ACCEPTED if accepted else DisclosureBasis.SILENCE,
        )
    )
    if case.hold is Hold.HELD:
        case.hold = Hold.CAPTURED
        journal.movements.append(capture(case.account_id, case.fee, case.id, decision_id))
    kind = NotificationKind.APPLICATION_ACCEPTED if accepted else NotificationKind.CONTACT_REVEALED
    revealed = EventRow(case.account_id, kind, at, case.id, case.lead_id, delivery_id, decision_id)
    journal.events.append(revealed)
    journal.events.append(
        EventRow(
            case.prospect_id,
            NotificationKind.CONTACT_DISCLOSED,
            at,
            case.id,
            case.lead_id,
            decision_id=decision_id,
        )
    )
    journal.messages.append(
        MessageRow(
            MessageTemplate.CONTACT_AVAILABLE,
            case.account_id,
            case.id,
            case.policy_id,
            f"contact_available:{case.id}",
            at,
            event_id=revealed.id,
        )
    )
    return decision_id


def end_case(case: Case, at: datetime, journal: Journal) -> None:
    """End an unanswered application: nothing is revealed, the fee is released, both sides are notified.

    An erased person is not notified. The end is final, whatever happens later.
    """
    case.ended_at, case.changed = at, True
    if case.closed is not Closed.ERASED:
        case.closed = Closed.DO_NOT_CONTACT
    decision_id = journal.record(case.id, decide(visibility, case.policy, case.visibility_facts(), at))
    erased = case.closed is Closed.ERASED
    ended = notify(journal, case, case.account_id, NotificationKind.APPLICATION_ENDED, decision_id)
    if not erased:
        notify(journal, case, case.prospect_id, NotificationKind.APPLICATION_ENDED, decision_id)
    settle_fee(case, journal)
    write_message(journal, case, MessageTemplate.APPLICATION_ENDED, ended)
    write_event_of(journal, case, MessageTemplate.CALENDAR_CANCELLED)


def reminder_due(reminder: RulesetDefinition[ReviewReminderFacts]) -> Starts:
    """Return the decision on when a reminder is due for an application that was not opened or answered."""

    def starts(policy: Policy, now: datetime) -> list[datetime | None]:
        unopened = reminder_facts(now, Response.NONE, None, now)
        return [decide(reminder, policy, unopened, now).changes_at]

    return starts


def send_reminder(
    reminder: RulesetDefinition[ReviewReminderFacts], key: str, case: Case, due_at: datetime, journal: Journal
) -> str:
    """Remind the prospect in the feed and by a message with this key, if the rules say so.

    Returns the outcome.
    """
    if _must_end(case):
        return reveal(case, due_at, journal)
    facts = case.reminder_facts(due_at)
    decision = decide(reminder, case.policy, facts, due_at)
    if decision.verdict is not ReviewReminder.QUIET:
        decision_id = journal.record(case.id, decision)
        event = EventRow(
            case.prospect_id,
            NotificationKind.REVIEW_REMINDER,
            due_at,
            case.id,
            case.lead_id,
            decision_id=decision_id,
            parameters={"ruleId": decision.rule_id},
        )
        journal.events.append(event)
        # A reminder after the reveal is pointless.
        moot_from = decide(visibility, case.policy, case.visibility_facts(), due_at).changes_at
        template = MessageTemplate.OPENED_BUT_NOT_ANSWERED if facts.opened else MessageTemplate.NOT_REVIEWED
        journal.messages.append(
            MessageRow(
                template,
                case.prospect_id,
                case.id,
                case.policy_id,
                key,
                due_at,
                moot_from,
                event_id=event.id,
            )
        )
    return decision.rule_id


def reminder_key(case_id: UUID) -> str:
    """Return the idempotency key of a case's reminder message."""
    return f"review_reminder:{case_id}"


@timed(
    "REVIEW_REMINDER",
    APPLICATION,
    description="The prospect is reminded to review an application.",
    starts=reminder_due(review_reminder),
    message=reminder_key,
)
def remind(case: Case, due_at: datetime, journal: Journal) -> str:
    """S1.10: ask the prospect to review the application and to say whether they want to meet."""
    return send_reminder(review_reminder, reminder_key(case.id), case, due_at, journal)


@timed(
    "REVEAL",
    APPLICATION,
    description="The contact data is revealed automatically.",
    starts=lambda policy, now: [opens_at(policy, now)],
)
def reveal(case: Case, due_at: datetime, journal: Journal) -> str:
    """S1.2: without an answer the contact data is revealed, unless the person can no longer be contacted."""
    decision = decide(visibility, case.policy, case.visibility_facts(), due_at)
    if decision.verdict is VISIBLE and case.revealed_at is None:
        open_contact(case, due_at, decision, journal)
    elif _must_end(case) and decision.rule_id != DISAGREEMENT:
        end_case(case, due_at, journal)
    return decision.rule_id


def _must_end(case: Case) -> bool:
    """Whether a case is unanswered and its person can no longer be contacted, as after an erasure."""
    return case.waits and case.closed is not Closed.NO
