"""The fields of smart contact data on leads: null while the contact is hidden, and for all but vendors."""

from typing import Any

import strawberry

from models.leads.views import LeadView
from models.smart_data.list import OrganisationView
from models.smart_data.state import SmartDataView
from schema.graphql.context import Info
from schema.smart_data.loaders import SmartDataLoaders
from schema.smart_data.types import Organisation, SmartData


async def _smart_data(root: strawberry.Parent[LeadView], info: Info) -> SmartDataView | None:
    if info.context.viewer.vendor_id is None or root.contact is None:
        return None
    loaders = info.context.load_sealed(SmartDataLoaders)
    return await loaders.of_lead.load((root.id, root.contact.email, loaders.kinds_in(info)))


async def _organisation(root: strawberry.Parent[LeadView], info: Info) -> OrganisationView | None:
    if info.context.viewer.vendor_id is None or root.contact is None:
        return None
    key = (root.id, root.contact.organisation)
    return await info.context.load_sealed(SmartDataLoaders).organisation_of_lead.load(key)


def smart_data_field() -> Any:
    """Return the field `smartData` of a lead."""
    return strawberry.field(
        resolver=_smart_data,
        description="What is publicly known about the person, for owners and members of an account that sees "
        "the contact data; null while it is hidden, and for others.",
        graphql_type=SmartData | None,
    )


def organisation_field() -> Any:
    """Return the field `organisation` of a lead."""
    return strawberry.field(
        resolver=_organisation,
        description="The organisation that the person belongs to, as your account knows it; null while the "
        "contact data is hidden, and without one.",
        graphql_type=Organisation | None,
    )
