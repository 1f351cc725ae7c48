"""Lock of a lead, and its state for one account that wants it.

Applicants share the lock of the lead; delivering, selling or offering it, or stopping its sale, takes the
lock exclusively. So of a simultaneous application and delivery, the second sees the first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one
from models.contact_data.stopped import stopped

# Why nobody can apply for a lead, as conditions on its row; used both to refuse and to list.
DO_NOT_CONTACT = stopped("lead.prospect_id")
# What closes the contact data of a case: its delivery, and without one a do-not-contact stop that ended the
# application, or came while it was unanswered. NULL is not closed; erasure is checked separately.
CLOSED = f"""coalesce(delivery.closed, CASE WHEN application.ended_at IS NOT NULL OR (
    application.id IS NOT NULL AND application.accepted_at IS NULL AND application.declined_at IS NULL
    AND {DO_NOT_CONTACT}) THEN 'DO_NOT_CONTACT' END)"""
EXCLUSIVE = "EXISTS (SELECT FROM offer WHERE offer.lead_id = lead.id AND offer.mode = 'EXCLUSIVE')"


@dataclass(frozen=True, slots=True)
class LeadState:
    """The state of a lead for one account; never its own lead: no user of an account is a prospect."""

    id: UUID
    market_id: UUID
    prospect_id: UUID
    fee: int
    closes_at: datetime | None
    erased: bool
    do_not_contact: bool
    applied: bool
    delivered: bool
    exclusive: bool
    on_sale: bool


@dataclass(frozen=True, slots=True)
class LeadHolders:
    """How many accounts a lead was sold or delivered to, and how many applications may yet be revealed."""

    sold: int
    applications: int


async def lock_lead(
    conn: Connection, lead_id: UUID, account_id: UUID | None, *, alone: bool
) -> LeadState | None:
    """Lock a lead and its person, then read it: a row read while waiting for a lock could be outdated.

    The person's lock is shared, except by a do-not-contact stop, which must see new leads as well.
    """
    strength = "NO KEY UPDATE" if alone else "SHARE"
    await fetch(
        conn,
        """SELECT FROM prospect WHERE id = (SELECT prospect_id FROM lead WHERE lead.id = $1) FOR SHARE""",
        lead_id,
    )
    await fetch(conn, f"SELECT FROM lead WHERE id = $1 FOR {strength}", lead_id)
    row = await fetch_one(
        conn,
        f"""SELECT lead.id, lead.market_id, lead.prospect_id, lead.fee, lead.closes_at,
                  prospect.erased_at IS NOT NULL AS erased,
                  {DO_NOT_CONTACT} AS do_not_contact,
                  EXISTS (SELECT FROM application
                          WHERE application.lead_id = lead.id AND application.account_id = $2) AS applied,
                  EXISTS (SELECT FROM delivery
                          WHERE delivery.lead_id = lead.id AND delivery.account_id = $2) AS delivered,
                  {EXCLUSIVE} AS exclusive,
                  EXISTS (SELECT FROM offer WHERE offer.lead_id = lead.id
                          AND offer.withdrawn_at IS NULL AND offer.sold < offer.cap) AS on_sale
           FROM lead JOIN prospect ON prospect.id = lead.prospect_id WHERE lead.id = $1""",
        lead_id,
        account_id,
    )
    return None if row is None else LeadState(**dict(row))


async def lock_leads_of(conn: Connection, prospect_ids: Collection[UUID]) -> list[UUID]:
    """Lock these prospects and all their leads exclusively, each in id order, and return the leads."""
    await fetch(
        conn,
        "SELECT FROM prospect WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        list(prospect_ids),
    )
    rows = await fetch(
        conn,
        "SELECT id FROM lead WHERE prospect_id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        list(prospect_ids),
    )
    return [row["id"] for row in rows]


async def lead_holders(conn: Connection, lead_id: UUID) -> LeadHolders:
    """Return who holds a lead; declined and ended applications that were never revealed do not count."""
    row = await fetch_one(
        conn,
        """SELECT (SELECT count(*) FROM delivery WHERE lead_id = $1 AND kind <> 'APPLICATION') AS sold,
                  (SELECT count(*) FROM application WHERE lead_id = $1 AND ended_at IS NULL
                   AND (declined_at IS NULL OR revealed_at IS NOT NULL)) AS applications""",
        lead_id,
    )
    return LeadHolders(row["sold"], row["applications"]) if row is not None else LeadHolders(0, 0)
