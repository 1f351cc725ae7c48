"""Writing of leads with contact data and prospects, many in three statements. Expects checked drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.contact_data import ContactData
from models.leads.same_person import inherit_stops
from models.leads.tables import LeadSource


@dataclass(frozen=True, slots=True, repr=False)
class LeadRow:
    """A lead to be written; `prospect_id` None creates a prospect without a user, as an import does."""

    id: UUID
    market_id: UUID
    prospect_id: UUID | None
    title: str
    brief: str
    category: str
    city: str | None
    country: str
    budget_min: int | None
    budget_max: int | None
    currency: str
    source: LeadSource
    source_text: str | None
    fee: int
    published_at: datetime
    closes_at: datetime | None
    identity_key: str | None
    contact: ContactData


async def store_leads(conn: Connection, rows: Sequence[LeadRow]) -> None:
    """Write leads, their contact data, and their new prospects."""
    if not rows:
        return
    prospects = [row.prospect_id or new_id() for row in rows]
    made = [made for made, row in zip(prospects, rows, strict=True) if row.prospect_id is None]
    if made:
        await fetch(
            conn,
            "INSERT INTO prospect (id, created_at) SELECT id, $2 FROM unnest($1::uuid[]) AS made (id)",
            made,
            rows[0].published_at,
        )
    leads = (
        (
            row.id,
            row.market_id,
            prospect_id,
            row.title,
            row.brief,
            row.category,
            row.city,
            row.country,
            row.budget_min,
            row.budget_max,
            row.currency,
            row.source,
            row.source_text,
            row.fee,
            row.published_at,
            row.closes_at,
            row.identity_key,
        )
        for prospect_id, row in zip(prospects, rows, strict=True)
    )
    await fetch(
        conn,
        """INSERT INTO lead (id, market_id, prospect_id, title, brief, category, city, country, budget_min,
               budget_max, currency, source, source_text, fee, published_at, closes_at, identity_key)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
               $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[],
               $14::int[], $15::timestamptz[], $16::timestamptz[], $17::text[])""",
        *map(list, zip(*leads, strict=True)),
    )
    contacts = (_contact(row) for row in rows)
    await fetch(
        conn,
        """INSERT INTO contact (id, lead_id, full_name, organisation, email, phone, phone_extension,
               other_emails, other_phones, address, registration_number, linkedin_url, meeting_url,
               preferred_channel, time_zone, time_zone_given, preferred_given)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
               $7::text[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::text[], $12::text[], $13::text[],
               $14::text[], $15::text[], $16::boolean[], $17::boolean[])""",
        *map(list, zip(*contacts, strict=True)),
    )
    await inherit_stops(conn, made)


def _contact(row: LeadRow) -> tuple[object, ...]:
    contact = row.contact
    phones = [{"e164": phone.e164, "extension": phone.extension} for phone in contact.other_phones]
    address = contact.address and {
        "street": contact.address.street,
        "postal_code": contact.address.postal_code,
        "city": contact.address.city,
        "region": contact.address.region,
        "country": contact.address.country,
    }
    return (
        new_id(),
        row.id,
        contact.full_name,
        contact.organisation,
        contact.email,
        contact.phone_number,
        contact.phone_extension,
        orjson.dumps(contact.other_emails).decode(),
        orjson.dumps(phones).decode(),
        orjson.dumps(address).decode() if address else None,
        contact.registration_number,
        contact.linkedin_url,
        contact.meeting_url,
        contact.preferred_channel,
        contact.time_zone,
        contact.time_zone_given,
        contact.preferred_given,
    )
