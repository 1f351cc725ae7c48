"""Check that a prospect's message to a vendor does not identify the prospect while the contact is closed."""

from uuid import UUID

import orjson

from models.applications.refusals import ApplicationRefusal
from models.base.database import Connection, fetch_one
from models.contact_data import ContactData, Phone, find_identity, finding_refusal
from models.contact_data.channel import Channel


async def refuse_identity(conn: Connection, lead_id: UUID, field: str, text: str) -> None:
    """Refuse a text that contains addresses, numbers, links, or the name of the lead's contact.

    Raises `Refusal` INVALID for `field`, which says what was found and where, without quoting it.
    """
    row = await fetch_one(
        conn,
        """SELECT contact.full_name, contact.organisation, contact.email, contact.phone, contact.time_zone,
                  contact.other_emails, contact.other_phones, contact.linkedin_url, lead.country
           FROM lead LEFT JOIN contact ON contact.lead_id = lead.id WHERE lead.id = $1""",
        lead_id,
    )
    if row is None:
        return
    contact = None
    if row["full_name"] is not None:
        contact = ContactData(
            full_name=row["full_name"],
            preferred_channel=Channel.CHAT,
            time_zone=row["time_zone"],
            organisation=row["organisation"],
            email=row["email"],
            phone=Phone(row["phone"], None) if row["phone"] else None,
            other_emails=tuple(orjson.loads(row["other_emails"])),
            other_phones=tuple(Phone(other["e164"], None) for other in orjson.loads(row["other_phones"])),
            linkedin_url=row["linkedin_url"],
        )
    for finding in find_identity(text, contact, row["country"])[:1]:
        found = finding_refusal(field, finding).message.partition(";")[0]
        raise ApplicationRefusal.MESSAGE_IDENTIFIES_YOU.at(field, detail=found)
