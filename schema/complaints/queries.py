"""The query `complaints`: a vendor's own complaints, or the operators' queue."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.base.viewer import Viewer
from models.complaints.facts import ComplaintStatus
from models.complaints.list import (
    ORDERS,
    ComplaintFilter,
    ComplaintOrder,
    ComplaintView,
    count_complaints,
    list_complaints,
)
from schema.complaints.types import ComplaintConnection
from schema.graphql.context import Context, Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.ids import split_id
from schema.graphql.pagination import After, Connection, First, digest, slice_of
from schema.graphql.selected_fields import names_below

_LONGEST_NUMBER = 20


@strawberry.input(
    name="ComplaintFilter", description="Filter for complaints; all conditions given must match."
)
class ComplaintFilterInput:
    """Read into `models.complaints.list.ComplaintFilter`."""

    status: ComplaintStatus | None = strawberry.field(
        default=None, description="Only complaints with this status at the current time."
    )
    number: str | None = strawberry.field(default=None, description="Only the complaint with this number.")
    account_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only complaints of this account; for operators."
    )
    submitted_from: datetime | None = strawberry.field(
        default=None, description="Only complaints filed at or after this time."
    )
    submitted_until: datetime | None = strawberry.field(
        default=None, description="Only complaints filed before this time."
    )

    def read(self) -> ComplaintFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        account = None if self.account_id is None else split_id(self.account_id)
        if self.account_id is not None and (account is None or account[0] != "Account"):
            raise ClientError("INVALID", "filter.accountId: invalid account id.", ("filter", "accountId"))
        number = self.number
        if number is not None and (len(number) > _LONGEST_NUMBER or "\x00" in number):
            raise ClientError(
                "INVALID",
                "filter.number: invalid complaint number. Use the form C-000042.",
                ("filter", "number"),
            )
        return ComplaintFilter(
            self.status, number, account[1] if account else None, self.submitted_from, self.submitted_until
        )


def may_read_complaints(context: Context) -> Viewer:
    """Return a viewer who may read complaints: vendors' owners and members, and operators."""
    viewer = context.signed_in()
    if viewer.vendor_id is None and not viewer.operator:
        raise forbidden("Only owners and members of a vendor's account and operators can read complaints.")
    return viewer


VIEWS.add("complaints")


@strawberry.type
class ComplaintQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The complaints of the viewer's account, newest first; for operators, all complaints,"
        " earliest deadline first.",
        graphql_type=ComplaintConnection | None,
    )
    async def complaints(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            ComplaintFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
        order_by: Annotated[
            ComplaintOrder | None,
            strawberry.argument(description="The order; if omitted, NEWEST, or DUE for operators."),
        ] = None,
    ) -> Connection[ComplaintView]:
        """List complaints."""
        context = info.context
        viewer = may_read_complaints(context)
        criteria = filter.read() if filter else ComplaintFilter()
        order = order_by or (ComplaintOrder.DUE if viewer.operator else ComplaintOrder.NEWEST)
        list_digest = digest("complaints", criteria)
        part = slice_of(ORDERS[order], list_digest, first, after)
        page = await list_complaints(
            context.conn, viewer, part, order, criteria, placed="placed" in names_below(info)
        )
        return Connection(page, list_digest, lambda: count_complaints(context.conn, viewer, criteria))
