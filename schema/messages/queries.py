"""The query `dispatches`: what was sent to the viewer; for operators, everything."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.messages.list import NEWEST_DISPATCH, DispatchFilter, DispatchView, list_dispatches
from models.messages.tables import DispatchState
from rules.messages.dispatch import DispatchChannel
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.ids import split_id
from schema.graphql.limits.lists import at_most
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of
from schema.messages.types import DispatchConnection

_SUBJECTS = frozenset({"Application", "Delivery", "Complaint", "ChatMessage", "Call"})
_LONGEST_TEMPLATE = 60

at_most("DispatchFilter.state", len(DispatchState))


@strawberry.input(
    name="DispatchFilter", description="Filter for dispatches; all conditions given must match."
)
class DispatchFilterInput:
    """Read into `models.messages.list.DispatchFilter`."""

    state: list[DispatchState] | None = strawberry.field(
        default=None, description="Only dispatches in one of these states, at most 8; all if empty."
    )
    channel: DispatchChannel | None = strawberry.field(default=None, description="Only this channel.")
    template: str | None = strawberry.field(default=None, description="Only messages of this template.")
    subject_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only messages about this application, delivery, complaint, chat message or call.",
    )
    created_from: datetime | None = strawberry.field(
        default=None, description="Only messages written at or after this time."
    )
    created_until: datetime | None = strawberry.field(
        default=None, description="Only messages written before this time."
    )

    def read(self) -> DispatchFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        subject = None if self.subject_id is None else split_id(self.subject_id)
        if self.subject_id is not None and (subject is None or subject[0] not in _SUBJECTS):
            text = (
                "filter.subjectId: must be the id of an application, a delivery, a complaint, a chat message "
                "or a call."
            )
            raise ClientError("INVALID", text, ("filter", "subjectId"))
        template = self.template
        if template is not None and (len(template) > _LONGEST_TEMPLATE or not template.isprintable()):
            raise ClientError(
                "INVALID", "filter.template: no template has this name.", ("filter", "template")
            )
        return DispatchFilter(
            tuple(dict.fromkeys(self.state or ())),
            self.channel,
            template,
            subject[1] if subject else None,
            self.created_from,
            self.created_until,
        )


VIEWS.add("dispatches")


@strawberry.type
class DispatchQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The messages that were sent to the viewer, or are about to be, newest first; for "
        "operators, all messages.",
        graphql_type=DispatchConnection | None,
    )
    async def dispatches(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            DispatchFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[DispatchView]:
        """List dispatches."""
        context = info.context
        viewer = context.signed_in()
        criteria = filter.read() if filter is not None else DispatchFilter()
        list_digest = digest("dispatches", criteria)
        part = slice_of(NEWEST_DISPATCH, list_digest, first, after)
        page = await list_dispatches(context.conn, viewer, part, criteria)
        return Connection(page, list_digest, not_counted)
