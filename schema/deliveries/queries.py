"""The query `deliveries`: those of the viewer's account, or all for operators."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.deliveries.list import NEWEST_DELIVERY, DeliveryFilter, count_deliveries, list_deliveries
from models.leads.views import DeliveryView
from rules.visibility import DeliveryKind
from schema.deliveries.rows import AskedDeliveries
from schema.deliveries.types import DeliveryConnection
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.fast_path.list_plan import RowList
from schema.graphql.fast_path.roots import LISTS, VIEWS
from schema.graphql.pagination import DEFAULT_PAGE, After, Connection, First, digest, slice_of
from schema.graphql.selected_fields import parts_of_applications
from schema.leads.row_types import DELIVERY

LONGEST_WINDOW_DAYS = 366


@strawberry.input(
    name="DeliveryFilter", description="Filter for deliveries; all conditions given must match."
)
class DeliveryFilterInput:
    """Read into `models.deliveries.list.DeliveryFilter`."""

    kind: DeliveryKind | None = strawberry.field(default=None, description="Only deliveries of this kind.")
    received_from: datetime | None = strawberry.field(
        default=None, description="Only deliveries received at or after this time."
    )
    received_until: datetime | None = strawberry.field(
        default=None, description="Only deliveries received before this time."
    )
    window_ends_within_days: int | None = strawberry.field(
        default=None,
        description="Only deliveries without a complaint, whose window for one ends within this number of "
        f"days, 1 to {LONGEST_WINDOW_DAYS}.",
    )

    def read(self) -> DeliveryFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        days = self.window_ends_within_days
        if days is not None and not 1 <= days <= LONGEST_WINDOW_DAYS:
            raise ClientError(
                "INVALID",
                f"filter.windowEndsWithinDays: must be from 1 to {LONGEST_WINDOW_DAYS}.",
                ("filter", "windowEndsWithinDays"),
            )
        return DeliveryFilter(self.kind, self.received_from, self.received_until, days)


def asked_deliveries(
    first: int | None = DEFAULT_PAGE,
    after: str | None = None,
    filter: DeliveryFilterInput | None = None,  # noqa: A002 - the contract's name
) -> AskedDeliveries:
    """Read the arguments of `deliveries`. Raises `ClientError` INVALID with the argument."""
    criteria = filter.read() if filter else DeliveryFilter()
    list_digest = digest("deliveries", criteria)
    return AskedDeliveries(criteria, list_digest, slice_of(NEWEST_DELIVERY, list_digest, first, after))


VIEWS.add("deliveries")
LISTS["deliveries"] = RowList(DELIVERY, asked_deliveries)


@strawberry.type
class DeliveryQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The deliveries of the viewer's account (for operators, all deliveries), newest first.",
        graphql_type=DeliveryConnection | None,
    )
    async def deliveries(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            DeliveryFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[DeliveryView]:
        """List deliveries."""
        context = info.context
        viewer = context.signed_in()
        if viewer.vendor_id is None and not viewer.operator:
            raise forbidden(
                "Only owners and members of a vendor's account and operators can read deliveries."
            )
        asked = asked_deliveries(first, after, filter)
        criteria, parts = asked.criteria, parts_of_applications(info)
        page = await list_deliveries(context.conn, viewer, asked.part, criteria, parts)
        return Connection(page, asked.list_digest, lambda: count_deliveries(context.conn, viewer, criteria))
