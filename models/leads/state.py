"""Owns the lock of a lead, and what is known of it for one account that wants it.

It must not refuse: an action does, in its own words.

Who applies shares the lead's lock with others who apply; whoever delivers, sells or offers it, or stops its
sale, has the lock alone. So of an application and a delivery at once, the second sees the first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one

# Why nobody can apply for a lead, as conditions on its row; what refuses and what lists have the same ones.
DO_NOT_CONTACT = "EXISTS (SELECT FROM do_not_contact AS stop WHERE stop.prospect_id = lead.prospect_id)"
# What closes the contact data of a case: its delivery, and without one a stop of all contact that ended the
# application, or came while it waited. NULL is open; whoever erased a person is asked for besides.
CLOSED = f"""coalesce(delivery.closed, CASE WHEN application.ended_at IS NOT NULL OR (
    application.id IS NOT NULL AND application.accepted_at IS NULL AND application.declined_at IS NULL
    AND {DO_NOT_CONTACT}) THEN 'DO_NOT_CONTACT' END)"""
EXCLUSIVE = "EXISTS (SELECT FROM offer WHERE offer.lead_id = lead.id AND offer.mode = 'EXCLUSIVE')"


@dataclass(frozen=True, slots=True)
class LeadState:
    """A lead as one account finds it; it is nobody's own: no user of an account is a prospect as well."""

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
    """To how many accounts a lead was sold or delivered, and how many applications may yet open it."""

    sold: int
    applications: int


async def lock_lead(
    conn: Connection, lead_id: UUID, account_id: UUID | None, *, alone: bool
) -> LeadState | None:
    """Lock a lead's person and the lead, then read it: what waited for a lock must not see what was before.

    The person's lock is shared by all but a stop of all contact, which must see leads that are new as well.
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
    """Lock these prospects and all their leads alone, each in id order, and return the leads."""
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
    """Return who has a lead already; declined and ended applications that never opened it do not count."""
    row = await fetch_one(
        conn,
        """SELECT (SELECT count(*) FROM delivery WHERE lead_id = $1 AND kind <> 'APPLICATION') AS sold,
                  (SELECT count(*) FROM application WHERE lead_id = $1 AND ended_at IS NULL
                   AND (declined_at IS NULL OR revealed_at IS NOT NULL)) AS applications""",
        lead_id,
    )
    return LeadHolders(row["sold"], row["applications"]) if row is not None else LeadHolders(0, 0)
