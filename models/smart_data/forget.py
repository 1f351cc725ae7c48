"""Deletion of found values by the account that is their controller, with their history."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import Connection, fetch, transaction
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from models.smart_data.context import SmartDataContext
from models.smart_data.refusals import SmartDataRefusal
from models.smart_data.targets import asked_of, organisation_cases, target_of_lead

# What is shown of it now, by its key, and what was once found for it.
_OF_LEAD = """DELETE FROM found_field USING smart_subject AS subject
    WHERE subject.id = found_field.subject_id AND subject.account_id = $1 AND subject.kind = 'PERSON'
      AND (subject.key_hmac = $3 OR subject.lead_id = $2 OR EXISTS (SELECT FROM smart_search AS search
           WHERE search.subject_id = subject.id AND search.lead_id = $2))
    RETURNING found_field.id"""
_OF_ORGANISATION = """DELETE FROM found_field USING smart_subject AS subject
    WHERE subject.id = found_field.subject_id AND subject.account_id = $1 AND subject.kind = 'ORGANISATION'
      AND (subject.key_hmac = $3 OR subject.organisation_id = $2)
    RETURNING found_field.id"""
_BY_ID = """DELETE FROM found_field USING smart_subject AS subject
    WHERE subject.id = found_field.subject_id AND subject.account_id = $1
      AND found_field.id = ANY($2::uuid[]) RETURNING found_field.id"""


async def forget_fields(
    viewer: Viewer,
    context: SmartDataContext,
    *,
    lead_id: UUID | None = None,
    organisation_id: UUID | None = None,
    field_ids: Sequence[UUID] | None = None,
) -> int:
    """Delete what was found, of a lead, of an organisation, or some values; return how many.

    It is allowed even if the values are hidden now. Raises `Refusal`: INVALID unless exactly one is given,
    NOT_FOUND for what does not exist or belongs to others.
    """
    account_id = acting_vendor(viewer, "delete found values")
    given = [one for one in (lead_id, organisation_id, field_ids) if one is not None]
    if len(given) != 1:
        raise SmartDataRefusal.ONE_TARGET.at("leadId", fields="leadId, organisationId, fieldIds")
    async with transaction() as conn:
        if lead_id is not None:
            key = await _key_of_lead(conn, context, viewer, lead_id)
            return len(await fetch(conn, _OF_LEAD, account_id, lead_id, key))
        if organisation_id is not None:
            key = await _key_of_organisation(conn, context, account_id, organisation_id)
            return len(await fetch(conn, _OF_ORGANISATION, account_id, organisation_id, key))
        gone = {row["id"] for row in await fetch(conn, _BY_ID, account_id, list(field_ids or ()))}
        for place, field_id in enumerate(field_ids or ()):
            if field_id not in gone:
                raise SmartDataRefusal.FOUND_FIELD_NOT_FOUND.at("fieldIds", str(place))
        return len(gone)


async def _key_of_lead(
    conn: Connection, context: SmartDataContext, viewer: Viewer, lead_id: UUID
) -> str | None:
    """Return the key of a lead's contact, None while it is hidden. Raises `Refusal`."""
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id)
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    return None if lead.contact is None else target_of_lead(context, lead_id, lead.contact.email).key


async def _key_of_organisation(
    conn: Connection, context: SmartDataContext, account_id: UUID, organisation_id: UUID
) -> str | None:
    """Return the key of an organisation's domain, None without one. Raises `Refusal`."""
    rows = await fetch(
        conn, "SELECT FROM organisation WHERE id = $1 AND account_id = $2", organisation_id, account_id
    )
    if not rows:
        raise SmartDataRefusal.ORGANISATION_NOT_FOUND.at("organisationId")
    case = (await organisation_cases(conn, context, account_id, [organisation_id])).get(organisation_id)
    asked = None if case is None else asked_of(context, case)
    return None if asked is None else asked.target.key
