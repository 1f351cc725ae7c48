"""Answers of the mutations of smart contact data: the object as the viewer sees it now, or the refusals."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.leads.list import leads_by_id
from models.smart_data.list import OrganisationView, SearchView, organisations_by_id, searches_by_id
from models.smart_data.search import Given
from models.smart_data.state import SmartDataView
from models.smart_data.targets import organisation_cases, states_of_leads, states_of_organisations
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The search that was started, is under way or found what is shown, or the refusals."""

    search: SearchView | None = None
    smart_data: SmartDataView | None = None
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class OrganisationAnswer:
    """The organisation, or the refusals."""

    organisation: OrganisationView | None = None
    user_errors: Sequence[RefusalView] = ()


async def search_answer(context: Context, given: Given, action: Awaitable[UUID]) -> SearchAnswer:
    """Await an action that returns a search, and read it with what is shown now."""
    viewer = context.viewer
    try:
        search_id = await action
    except REFUSED as error:
        return SearchAnswer(user_errors=refused(error))
    found = await searches_by_id(context.conn, viewer, [search_id])
    return SearchAnswer(found.get(search_id), await _state(context, given))


async def _state(context: Context, given: Given) -> SmartDataView | None:
    """Read what was looked up, as it is now."""
    conn, viewer, sealed = context.conn, context.viewer, context.services.smart_data
    if viewer.vendor_id is None:
        return None
    if given.organisation_id is not None:
        cases = await organisation_cases(conn, sealed, viewer.vendor_id, [given.organisation_id])
        states = await states_of_organisations(conn, sealed, viewer.vendor_id, cases.values())
        return states.get(given.organisation_id)
    if given.lead_id is None:
        return None
    lead = (await leads_by_id(conn, viewer, [given.lead_id])).get(given.lead_id)
    if lead is None or lead.contact is None:
        return None
    emails = {lead.id: lead.contact.email}
    return (await states_of_leads(conn, sealed, viewer.vendor_id, emails)).get(lead.id)


async def organisation_answer(context: Context, action: Awaitable[UUID | None]) -> OrganisationAnswer:
    """Await an action that returns an organisation, and read it; it may have been deleted."""
    try:
        organisation_id = await action
    except REFUSED as error:
        return OrganisationAnswer(user_errors=refused(error))
    if organisation_id is None:
        return OrganisationAnswer()
    found = await organisations_by_id(
        context.conn, context.services.smart_data, context.viewer, [organisation_id]
    )
    return OrganisationAnswer(found.get(organisation_id))
