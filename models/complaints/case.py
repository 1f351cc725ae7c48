"""Complaint claims: the delivery of each, read or locked, with its evidence and the decision of the rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.pace import unhurried
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding, strongest
from models.complaints.facts import complaint_facts
from models.complaints.tables import EvidenceCheck, Speaks
from models.deliveries.tables import SOLD_AS, OfferMode
from models.leads.tables import LeadSource
from models.policies.versions import policies_by_id
from rules import Decision, Policy, decide
from rules.complaint import ComplaintReason, complaint
from rules.visibility import DeliveryKind


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One row of a complaint to be filed; `row` counts as in a spreadsheet and is None if unnumbered."""

    key: UUID
    delivery_id: UUID
    reason: ComplaintReason
    explanation: str
    row: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Delivered:
    """A delivery with everything that complaints need of it; contact data is left out of its repr."""

    id: UUID
    account_id: UUID
    lead_id: UUID
    prospect_id: UUID
    application_id: UUID | None
    kind: DeliveryKind
    policy_id: UUID
    policy: Policy
    received_at: datetime
    points: int
    mode: OfferMode
    complaint_until: datetime
    replacement: bool
    remedied: bool
    stopped: bool  # a no-consent complaint about this delivery was upheld
    open_complaint: str | None
    rejected_by_rule: Mapping[ComplaintReason, str]  # the complaint in which a rule alone rejected a reason
    category: str
    country: str
    city: str | None
    source: LeadSource
    phone: str | None = field(repr=False, default=None)
    email: str | None = field(repr=False, default=None)
    organisation: str | None = field(repr=False, default=None)
    registration_number: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with its delivery, the evidence, and the decision of the rules."""

    draft: ItemDraft
    delivered: Delivered
    findings: Sequence[EvidenceFinding]
    decision: Decision


_COLUMNS = f"""delivery.id, delivery.account_id, delivery.lead_id, lead.prospect_id, delivery.application_id,
    delivery.kind, delivery.policy_id, delivery.received_at, delivery.points, {SOLD_AS} AS mode,
    delivery.complaint_until, delivery.replacement, lead.category, lead.country, lead.city, lead.source,
    contact.phone, contact.email, contact.organisation, contact.registration_number,
    (remedy.id IS NOT NULL OR application.refunded_at IS NOT NULL) AS remedied,
    delivery.closed = 'NO_CONSENT' AS stopped,
    (SELECT complaint.number FROM complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
     WHERE complaint_item.delivery_id = delivery.id AND complaint_item.decided_at IS NULL LIMIT 1)
        AS open_complaint,
    ARRAY(SELECT complaint_item.reason || ' ' || complaint.number
          FROM complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
          WHERE complaint_item.delivery_id = delivery.id AND complaint_item.verdict = 'REJECTED'
            AND complaint_item.decided_by_id IS NULL ORDER BY complaint.number DESC) AS rejected_by_rule"""
_TABLES = """delivery JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN application ON application.id = delivery.application_id
    LEFT JOIN remedy ON remedy.delivery_id = delivery.id
    LEFT JOIN offer ON offer.lead_id = delivery.lead_id"""


async def read_deliveries(
    conn: Connection, ids: Collection[UUID], account_id: UUID | None
) -> dict[UUID, Delivered]:
    """Return deliveries by id, those of one account if `account_id` is given; others are omitted."""
    rows = await fetch(
        conn,
        f"""SELECT {_COLUMNS} FROM {_TABLES}
            WHERE delivery.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR delivery.account_id = $2)""",
        list(ids),
        account_id,
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    return {row["id"]: _delivered(row, policies) async for row in unhurried(rows)}


async def deliveries_of(conn: Connection, account_id: UUID, ids: Collection[UUID | None]) -> list[UUID]:
    """Return those of the ids that are deliveries of the account."""
    rows = await fetch(
        conn,
        "SELECT id FROM delivery WHERE id = ANY($1::uuid[]) AND account_id = $2 ORDER BY id",
        list(ids),
        account_id,
    )
    return [row["id"] for row in rows]


async def lock_deliveries(
    conn: Connection, ids: Collection[UUID], account_id: UUID | None
) -> dict[UUID, Delivered]:
    """Lock deliveries in id order, then read them, so that what changed while waiting for a lock is seen.

    Their applications are locked first, as everywhere: accepting an item may refund an application's fee.
    """
    await fetch(
        conn,
        """SELECT application.id FROM application JOIN delivery ON delivery.application_id = application.id
           WHERE delivery.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR delivery.account_id = $2)
           ORDER BY application.id FOR NO KEY UPDATE OF application""",
        sorted(ids),
        account_id,
    )
    await fetch(
        conn,
        """SELECT id FROM delivery WHERE id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR account_id = $2)
           ORDER BY id FOR NO KEY UPDATE""",
        sorted(ids),
        account_id,
    )
    return await read_deliveries(conn, ids, account_id)


def _delivered(row: Record, policies: Mapping[UUID, Policy]) -> Delivered:
    rejected = (text.split(" ", 1) for text in row["rejected_by_rule"])
    return Delivered(
        **{
            **dict(row),
            "policy": policies[row["policy_id"]],
            "kind": DeliveryKind(row["kind"]),
            "mode": OfferMode(row["mode"]),
            "source": LeadSource(row["source"]),
            "rejected_by_rule": {ComplaintReason(reason): number for reason, number in rejected},
        }
    )


def disputed_contact(draft: ItemDraft, delivered: Delivered) -> DisputedContact:
    """Return the contact as the evidence checks need it."""
    return DisputedContact(
        key=draft.key,
        account_id=delivered.account_id,
        lead_id=delivered.lead_id,
        prospect_id=delivered.prospect_id,
        reason=draft.reason,
        received_at=delivered.received_at,
        country=delivered.country,
        phone=delivered.phone,
        email=delivered.email,
        organisation=delivered.organisation,
        registration_number=delivered.registration_number,
    )


async def read_evidence(conn: Connection, item_ids: Collection[UUID]) -> dict[UUID, list[EvidenceFinding]]:
    """Return the findings recorded when the items were filed, by item."""
    rows = await fetch(
        conn, "SELECT * FROM evidence WHERE item_id = ANY($1::uuid[]) ORDER BY id", list(item_ids)
    )
    found: dict[UUID, list[EvidenceFinding]] = {}
    for row in rows:
        found.setdefault(row["item_id"], []).append(
            EvidenceFinding(
                EvidenceCheck(row["check"]),
                row["source"],
                row["at"],
                Speaks(row["speaks"]),
                row["conclusive"],
                row["confidence"],
                row["detail"],
            )
        )
    return found


def weigh(
    draft: ItemDraft, delivered: Delivered, findings: Sequence[EvidenceFinding], now: datetime
) -> Weighed:
    """Decide a claim by the rules as if it were filed at `now`."""
    facts = complaint_facts(
        kind=delivered.kind,
        reason=draft.reason,
        explanation=draft.explanation,
        complaint_until=delivered.complaint_until,
        remedied=delivered.remedied,
        replacement=delivered.replacement,
        evidence=strongest(findings),
        now=now,
    )
    return Weighed(draft, delivered, findings, decide(complaint, delivered.policy, facts, now))
