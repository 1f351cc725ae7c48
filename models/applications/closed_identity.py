"""Check that a prospect's message to a vendor does not identify the prospect while the contact is closed."""

from uuid import UUID

from models.applications.refusals import ApplicationRefusal
from models.base.database import Connection, fetch_one
from models.contact_data import find_identity, finding_refusal
from models.leads.searched_contact import SEARCHED_CONTACT, searched_contact


async def refuse_identity(conn: Connection, lead_id: UUID, field: str, text: str) -> None:
    """Refuse a text that contains addresses, numbers, links, or the name of the lead's contact.

    Raises `Refusal` INVALID for `field`, which says what was found and where, without quoting it.
    """
    row = await fetch_one(
        conn,
        f"""SELECT {SEARCHED_CONTACT}, lead.country
            FROM lead LEFT JOIN contact ON contact.lead_id = lead.id WHERE lead.id = $1""",
        lead_id,
    )
    if row is None:
        return
    for finding in find_identity(text, searched_contact(row), row["country"])[:1]:
        found = finding_refusal(field, finding).message.partition(";")[0]
        raise ApplicationRefusal.MESSAGE_IDENTIFIES_YOU.at(field, detail=found)
