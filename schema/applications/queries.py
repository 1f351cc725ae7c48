"""The query `applications`: those of the viewer's account, or for a prospect's leads."""

from dataclasses import replace
from typing import Annotated

import strawberry

from models.applications.list import (
    NEWEST_APPLICATION,
    ApplicationFilter,
    count_applications,
    list_applications,
)
from models.chat.heads import NEWEST_CHATS, unread_chats
from models.leads.facts import ApplicationStatus
from models.leads.views import ApplicationView
from schema.applications.rows import AskedApplications
from schema.applications.types import ApplicationConnection
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.list_plan import RowList
from schema.graphql.fast_path.roots import LISTS, VIEWS
from schema.graphql.ids import split_id
from schema.graphql.pagination import (
    DEFAULT_PAGE,
    After,
    Before,
    Connection,
    First,
    Last,
    digest,
    slice_of,
)
from schema.graphql.selected_fields import parts_of_applications
from schema.leads.row_types import APPLICATION


@strawberry.input(
    name="ApplicationFilter", description="Filter for applications; all conditions given must match."
)
class ApplicationFilterInput:
    """Read into `models.applications.list.ApplicationFilter`."""

    status: ApplicationStatus | None = strawberry.field(
        default=None, description="Only applications with this status."
    )
    lead_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only applications for this lead."
    )
    unread: bool = strawberry.field(
        default=False,
        description=f"True for only those of the {NEWEST_CHATS} newest applications whose chat has unread "
        "messages.",
    )

    def read(self) -> ApplicationFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        if self.lead_id is None:
            return ApplicationFilter(status=self.status)
        found = split_id(self.lead_id)
        if found is None or found[0] != "Lead":
            raise ClientError("INVALID", "filter.leadId: invalid lead id.", ("filter", "leadId"))
        return ApplicationFilter(status=self.status, lead_id=found[1])


def asked_applications(
    first: int | None = DEFAULT_PAGE,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    filter: ApplicationFilterInput | None = None,  # noqa: A002 - the contract's name
) -> AskedApplications:
    """Read the arguments of `applications`. Raises `ClientError` INVALID with the argument."""
    criteria = filter.read() if filter else ApplicationFilter()
    unread = filter is not None and filter.unread
    list_digest = digest("applications", criteria, *["unread"] * unread)
    part = slice_of(NEWEST_APPLICATION, list_digest, first, after, last, before)
    return AskedApplications(criteria, list_digest, part, unread)


VIEWS.add("applications")
LISTS["applications"] = RowList(APPLICATION, asked_applications)


@strawberry.type
class ApplicationQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The applications of the viewer's account or, for a prospect, for their own leads; "
        "newest first.",
        graphql_type=ApplicationConnection | None,
    )
    async def applications(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            ApplicationFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[ApplicationView]:
        """List applications."""
        context = info.context
        viewer = context.may_list_leads("applications")
        asked = asked_applications(first, after, last, before, filter)
        criteria, parts = asked.criteria, parts_of_applications(info)
        if asked.unread:
            criteria = replace(criteria, ids=await unread_chats(context.conn, viewer))
        page = await list_applications(context.conn, viewer, asked.part, criteria, parts)
        return Connection(page, asked.list_digest, lambda: count_applications(context.conn, viewer, criteria))
