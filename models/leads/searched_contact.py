"""The contact data of a lead's prospect, for a search in texts. It must not be shown to anybody."""

import orjson
from asyncpg import Record

from models.contact_data import ContactData, Phone
from models.contact_data.channel import Channel

# Of a statement that binds `contact`, possibly by an outer join.
SEARCHED_CONTACT = """contact.full_name, contact.organisation, contact.email, contact.phone,
    contact.time_zone, contact.other_emails, contact.other_phones, contact.registration_number,
    contact.linkedin_url"""


def searched_contact(row: Record) -> ContactData | None:
    """Return the contact of a row of SEARCHED_CONTACT; None if there is none."""
    if row["full_name"] is None:
        return None
    return ContactData(
        full_name=row["full_name"],
        preferred_channel=Channel.CHAT,
        time_zone=row["time_zone"],
        organisation=row["organisation"],
        email=row["email"],
        phone=Phone(row["phone"], None) if row["phone"] else None,
        other_emails=tuple(orjson.loads(row["other_emails"])),
        other_phones=tuple(Phone(other["e164"], None) for other in orjson.loads(row["other_phones"])),
        registration_number=row["registration_number"],
        linkedin_url=row["linkedin_url"],
    )
