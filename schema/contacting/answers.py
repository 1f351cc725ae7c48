"""The stop or the person after a mutation, as the viewer sees them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.contacting.facts import ContactCase
from models.contacting.list import stops_by_id
from models.contacting.views import StopView
from models.leads.list import leads_by_id
from schema.contacting.loaders import ContactingLoaders
from schema.graphql.context import Context
from schema.graphql.errors import RefusalView


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """The stop, or the refusals."""

    do_not_contact: StopView | None = None
    user_errors: Sequence[RefusalView] = ()


async def stop_answer(context: Context, stop_id: UUID) -> StopAnswer:
    """Read a stop as the viewer sees it now."""
    return StopAnswer((await stops_by_id(context.conn, context.viewer, [stop_id])).get(stop_id))


@dataclass(frozen=True, slots=True)
class ContactingAnswer:
    """The person, or the refusals."""

    contacting: ContactCase | None = None
    user_errors: Sequence[RefusalView] = ()


async def contacting_answer(context: Context, lead_id: UUID) -> ContactingAnswer:
    """Read how the person of a lead may be contacted, as the viewer sees it now."""
    return ContactingAnswer(await contact_case(context, lead_id))


async def contact_case(context: Context, lead_id: UUID) -> ContactCase | None:
    """Return the person of a lead, None while the contact data is hidden."""
    lead = (await leads_by_id(context.conn, context.viewer, [lead_id])).get(lead_id)
    return None if lead is None else await ContactingLoaders.of(context).case.load(lead)
