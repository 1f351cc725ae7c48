"""Settlement of the fee of a declined or ended application, as `rules.refund` decides."""

from uuid import UUID

from models.applications.case import Case
from models.applications.tables import Hold
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.ledger.movements import capture, refund, release
from rules import DISAGREEMENT, decide
from rules.refund import Refund
from rules.refund import refund as refund_rules


def notify(
    journal: Journal, case: Case, recipient: UUID, kind: NotificationKind, decision_id: UUID | None = None
) -> EventRow:
    """Add an event about a case to a recipient's feed, and return it."""
    event = EventRow(recipient, kind, journal.now, case.id, case.lead_id, decision_id=decision_id)
    journal.events.append(event)
    return event


def write_message(
    journal: Journal, case: Case, template: MessageTemplate, event: EventRow | None = None
) -> None:
    """Add a message to the vendor about a case, which tells of an event in the vendor's feed; once."""
    journal.messages.append(
        MessageRow(
            template,
            case.account_id,
            case.id,
            case.policy_id,
            f"{template}:{case.id}",
            journal.now,
            event_id=event.id if event else None,
        )
    )


def settle_fee(case: Case, journal: Journal) -> None:
    """Release, capture or refund the fee of a declined or ended application, as S1.9 decides.

    If the evaluators of the rules disagree, no points move; reconciliation finds the case.
    """
    decision = decide(refund_rules, case.policy, case.refund_facts(), journal.now)
    if decision.rule_id == DISAGREEMENT:
        return
    refundable = decision.verdict is Refund.REFUNDABLE
    if case.refunded_at is not None or (case.hold is not Hold.HELD and not refundable):
        return
    decision_id = journal.record(case.id, decision)
    case.changed = True
    if case.hold is Hold.HELD and refundable:
        case.hold = Hold.RELEASED
        journal.movements.append(release(case.account_id, case.fee, case.id, decision_id))
    elif case.hold is Hold.HELD:
        case.hold = Hold.CAPTURED
        journal.movements.append(capture(case.account_id, case.fee, case.id, decision_id))
    else:
        journal.movements.append(refund(case.account_id, case.fee, case.id, decision_id))
    if refundable:
        case.refunded_at = journal.now
        if case.fee:
            notify(journal, case, case.account_id, NotificationKind.FEE_REFUNDED, decision_id)
