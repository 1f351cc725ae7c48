"""The lead that an action of contacting is about: its contact data must be visible to the viewer."""

from datetime import datetime, timedelta
from uuid import UUID

from models.base.database import Connection
from models.base.viewer import Viewer
from models.contacting.refusals import ContactingRefusal
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from models.leads.views import LeadView

SAID_WITHIN = timedelta(days=366)


async def held_lead(conn: Connection, viewer: Viewer, lead_id: UUID) -> LeadView:
    """Return the lead. Raises `Refusal`: NOT_FOUND, or REFUSED_BY_RULE while its contact data is hidden."""
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id)
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    if lead.contact is None:
        raise ContactingRefusal.CONTACT_HIDDEN.at("leadId", decision=lead.visibility)
    return lead


def check_said_at(at: datetime, now: datetime) -> None:
    """Raise `Refusal` INVALID for an instant in the future, or more than 366 days ago."""
    if at > now:
        raise ContactingRefusal.STATEMENT_IN_FUTURE.at("at")
    if at < now - SAID_WITHIN:
        raise ContactingRefusal.STATEMENT_TOO_OLD.at("at", days=SAID_WITHIN.days)
