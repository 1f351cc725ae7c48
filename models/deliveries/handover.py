"""Handover of a lead's contact data to an account without an application, with its notifications.

The calling action chooses the lead and debits points.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.deliveries.complaint_window import complaint_until
from models.deliveries.refusals import DeliveryRefusal
from models.deliveries.stock import Stock
from models.disclosures.write_notices import write_notice
from models.feed.journal import DeliveryRow, EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.leads.facts import visibility_facts
from rules import Policy, decide
from rules.visibility import (
    VISIBLE,
    Basis,
    Closed,
    DeliveryKind,
    DisclosureBasis,
    ViewerKind,
    visibility,
)


@dataclass(frozen=True, slots=True)
class Handover:
    """What goes to whom, at what price in points, by which policy version; `by_mail` also sends an email."""

    account_id: UUID
    lead_id: UUID
    prospect_id: UUID
    kind: DeliveryKind
    points: int
    policy_id: UUID
    policy: Policy
    basis: DisclosureBasis
    by_mail: bool = True


def replacement(account_id: UUID, points: int, found: Stock, *, by_mail: bool) -> Handover:
    """Return the handover of a lead from stock, at the value of the faulty delivery (S5.11)."""
    return Handover(
        account_id=account_id,
        lead_id=found.lead_id,
        prospect_id=found.prospect_id,
        kind=DeliveryKind.LEAD_CLUB,
        points=points,
        policy_id=found.policy_id,
        policy=found.policy,
        basis=DisclosureBasis.REPLACEMENT,
        by_mail=by_mail,
    )


def hand_over(journal: Journal, delivery_id: UUID, given: Handover, at: datetime) -> UUID:
    """Create a delivery at a given time, visible from its receipt; return its decision's id.

    Raises `Refusal` REFUSED_BY_RULE if the rules do not reveal it, as when their evaluators disagree.
    """
    facts = visibility_facts(ViewerKind.VENDOR, Basis(given.kind), Closed.NO, at)
    decision = decide(visibility, given.policy, facts, at)
    if decision.verdict is not VISIBLE:
        raise DeliveryRefusal.DELIVERY_NOT_ALLOWED.at("leadId", decision=decision)
    decision_id = journal.record(delivery_id, decision)
    delivery = DeliveryRow(
        id=delivery_id,
        account_id=given.account_id,
        lead_id=given.lead_id,
        kind=given.kind,
        application_id=None,
        policy_id=given.policy_id,
        decision_id=decision_id,
        received_at=at,
        points=given.points,
        complaint_until=complaint_until(at, given.policy),
        basis=given.basis,
    )
    journal.deliveries.append(delivery)
    notification = (
        NotificationKind.REPLACEMENT_DELIVERED if delivery.replacement else NotificationKind.LEAD_DELIVERED
    )
    delivered, disclosed = (
        EventRow(recipient, kind, at, None, given.lead_id, delivery_id, decision_id)
        for recipient, kind in (
            (given.account_id, notification),
            (given.prospect_id, NotificationKind.CONTACT_DISCLOSED),
        )
    )
    journal.events += [delivered, disclosed]
    write_notice(journal, delivery_id, given.prospect_id, given.policy_id, delivery.notice_id)
    if given.by_mail:
        journal.messages.append(
            MessageRow(
                MessageTemplate.LEAD_DELIVERED,
                given.account_id,
                delivery_id,
                given.policy_id,
                f"lead_delivered:{delivery_id}",
                at,
                event_id=delivered.id,
            )
        )
    return decision_id
