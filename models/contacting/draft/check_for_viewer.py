"""The check of a draft for somebody who is about to send it, perhaps to the person of a lead."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import Connection
from models.base.keyed_hash import KeyedHash
from models.base.viewer import Viewer
from models.contacting.draft.check import check_draft
from models.contacting.draft.email_draft import EmailDraft
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.contacting.draft.sender import sender_of
from models.contacting.facts import contact_cases
from models.contacting.refusals import ContactingRefusal
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from rules.contacting.contact_right import MISSING
from rules.contacting.terms import Medium


async def check_for_viewer(
    conn: Connection, viewer: Viewer, hashes: KeyedHash, draft: EmailDraft, lead_id: UUID | None
) -> Sequence[DraftFinding]:
    """Return what is wrong with a draft, the most serious first; a missing right to write comes before all.

    Raises `Refusal`: FORBIDDEN for others than owners and members, NOT_FOUND, REFUSED_BY_RULE for a lead with
    hidden contact data, INVALID for a draft that is too long.
    """
    sender = await sender_of(conn, viewer)
    found = check_draft(draft, sender)
    if lead_id is None:
        return found
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id)
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("input", "leadId")
    case = (await contact_cases(conn, viewer, hashes, [lead])).get(lead_id)
    if case is None:
        raise ContactingRefusal.CONTACT_HIDDEN.at("input", "leadId", decision=lead.visibility)
    views = case.permissions(draft.purpose, case.now)
    right = next(view.right for view in views if view.medium is Medium.EMAIL)
    if right.verdict is MISSING:
        return [DraftFinding(DraftCode.CONTACT_NOT_ALLOWED, "leadId", right), *found]
    return found
