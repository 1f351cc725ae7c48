"""The query `contactLooks`: when operators looked at the viewer's contact data; for operators, all looks."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.leads.contact_looks import (
    NEWEST_LOOK,
    ContactLookFilter,
    ContactLookView,
    list_contact_looks,
)
from schema.graphql.context import Info
from schema.graphql.errors import forbidden
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.filters import id_in_filter
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of
from schema.leads.contact_look_types import ContactLookConnection


@strawberry.input(
    name="ContactLookFilter",
    description="Filter for looks at contact data; all conditions given must match.",
)
class ContactLookFilterInput:
    """Read into `models.leads.contact_looks.ContactLookFilter`."""

    lead_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only looks at the contact data of this lead."
    )
    prospect_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only looks at the contact data of this person, as in `Lead.prospectId`. For operators.",
    )
    by_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only looks by this user. For operators."
    )
    looked_from: datetime | None = strawberry.field(
        default=None, description="Only looks at this time or later."
    )
    looked_until: datetime | None = strawberry.field(default=None, description="Only looks before this time.")

    def read(self, *, operator: bool) -> ContactLookFilter:
        """Validate and return the filter. Raises `ClientError` INVALID with the field, and FORBIDDEN for a
        condition that only operators may give: who looked is not told to the person.
        """
        if not operator and (self.prospect_id is not None or self.by_id is not None):
            raise forbidden("Only operators can filter looks at contact data by person.")
        return ContactLookFilter(
            id_in_filter(self.lead_id, "leadId", {"Lead"}, "a lead"),
            id_in_filter(self.prospect_id, "prospectId", {"Prospect"}, "a prospect"),
            id_in_filter(self.by_id, "byId", {"User"}, "a user"),
            self.looked_from,
            self.looked_until,
        )


VIEWS.add("contactLooks")


@strawberry.type
class ContactLookQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="When operators were shown the viewer's contact data, newest first; for operators, all "
        "looks at contact data.",
        graphql_type=ContactLookConnection | None,
    )
    async def contact_looks(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            ContactLookFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[ContactLookView]:
        """List looks."""
        context = info.context
        viewer = context.signed_in()
        if viewer.prospect_id is None and not viewer.operator:
            raise forbidden("Only prospects and operators can read the log of looks at contact data.")
        criteria = filter.read(operator=viewer.operator) if filter is not None else ContactLookFilter()
        list_digest = digest("contactLooks", criteria)
        part = slice_of(NEWEST_LOOK, list_digest, first, after)
        page = await list_contact_looks(context.conn, viewer, part, criteria)
        return Connection(page, list_digest, not_counted)
