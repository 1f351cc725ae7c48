"""People who are added to an organisation, or removed from it, by hand."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from models.leads.views import LeadView
from models.smart_data.context import SmartDataContext
from models.smart_data.list import organisations_by_id
from models.smart_data.name_key import name_key, organisation_key
from models.smart_data.refusals import SmartDataRefusal
from models.smart_data.sealed import seal_name

_ACTION = "change organisations"
LONGEST_NAME = 200


async def add_person(
    viewer: Viewer,
    context: SmartDataContext,
    *,
    lead_id: UUID,
    organisation_id: UUID | None,
    name: str | None,
) -> UUID:
    """Add the visible contact of a lead to an organisation, or to one of this name; return it. Idempotent.

    Raises `Refusal`: NOT_FOUND, REFUSED_BY_RULE for a hidden contact, INVALID, CONFLICT for a person of
    another organisation.
    """
    account_id = acting_vendor(viewer, _ACTION)
    if (organisation_id is None) is (name is None):
        raise SmartDataRefusal.ONE_TARGET.at("organisationId", fields="organisationId, name")
    async with transaction() as conn:
        await _visible_lead(conn, viewer, lead_id)
        if organisation_id is None:
            organisation_id = await _of_name(conn, context, account_id, name or "")
        else:
            await fetch(conn, "SELECT FROM organisation WHERE id = $1 FOR KEY SHARE", organisation_id)
            if organisation_id not in await organisations_by_id(conn, context, viewer, [organisation_id]):
                raise SmartDataRefusal.ORGANISATION_NOT_FOUND.at("organisationId")
        added = await fetch(
            conn,
            """INSERT INTO organisation_person (id, organisation_id, account_id, lead_id, added_at)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, lead_id) DO NOTHING RETURNING id""",
            new_id(),
            organisation_id,
            account_id,
            lead_id,
            await database_now(conn),
        )
        if added:
            await _count_change(conn, organisation_id)
        elif await _organisation_of(conn, account_id, lead_id) != organisation_id:
            raise SmartDataRefusal.PERSON_ELSEWHERE.at("leadId")
    return organisation_id


async def remove_person(viewer: Viewer, *, lead_id: UUID) -> UUID | None:
    """Remove the contact of a lead from its organisation, and return that; None if it was in none.

    An organisation without people is deleted. Idempotent. Raises `Refusal`: NOT_FOUND for an unknown lead,
    REFUSED_BY_RULE for a hidden contact.
    """
    account_id = acting_vendor(viewer, _ACTION)
    async with transaction() as conn:
        await _visible_lead(conn, viewer, lead_id)
        # Waits for people who are joining: the organisation is only deleted without them.
        await fetch(
            conn,
            """SELECT FROM organisation WHERE id = (SELECT organisation_id FROM organisation_person
                   WHERE account_id = $1 AND lead_id = $2) FOR UPDATE""",
            account_id,
            lead_id,
        )
        rows = await fetch(
            conn,
            """DELETE FROM organisation_person WHERE account_id = $1 AND lead_id = $2
               RETURNING organisation_id""",
            account_id,
            lead_id,
        )
        if not rows:
            return None
        organisation_id: UUID = rows[0]["organisation_id"]
        await _count_change(conn, organisation_id)
        await fetch(
            conn,
            """DELETE FROM organisation WHERE id = $1 AND NOT EXISTS (
                   SELECT FROM organisation_person WHERE organisation_id = $1)""",
            organisation_id,
        )
    return organisation_id


async def _visible_lead(conn: Connection, viewer: Viewer, lead_id: UUID) -> LeadView:
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id)
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    if lead.contact is None:
        raise SmartDataRefusal.CONTACT_NOT_VISIBLE.at("leadId", decision=lead.visibility)
    return lead


async def _of_name(conn: Connection, context: SmartDataContext, account_id: UUID, name: str) -> UUID:
    """Return the organisation of this name, which is created if the account has none."""
    written = " ".join(name.split())
    if len(written) > LONGEST_NAME or not written.isprintable() or not name_key(name):
        raise SmartDataRefusal.ORGANISATION_NAME_INVALID.at("name", most=LONGEST_NAME)
    organisation_id = new_id()
    rows = await fetch(
        conn,
        """INSERT INTO organisation (id, account_id, name_key, name_sealed, version)
           VALUES ($1, $2, $3, $4, 1)
           ON CONFLICT (account_id, name_key) DO UPDATE SET name_key = EXCLUDED.name_key RETURNING id""",
        organisation_id,
        account_id,
        organisation_key(account_id, name),
        seal_name(context.sealer, organisation_id, written),
    )
    found: UUID = rows[0]["id"]
    return found


async def _count_change(conn: Connection, organisation_id: UUID) -> None:
    await fetch(conn, "UPDATE organisation SET version = version + 1 WHERE id = $1", organisation_id)


async def _organisation_of(conn: Connection, account_id: UUID, lead_id: UUID) -> UUID | None:
    row = await fetch_one(
        conn,
        "SELECT organisation_id FROM organisation_person WHERE account_id = $1 AND lead_id = $2",
        account_id,
        lead_id,
    )
    return None if row is None else row["organisation_id"]
