"""The mutation `calendarFeedCreate`."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry

from models.messages.calendar_feeds import CalendarFeedView, create_feed
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.calendar_feed import CalendarFeed


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """The feed, or the refusals."""

    feed: CalendarFeedView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `calendarFeedCreate`.")
class CalendarFeedCreatePayload:
    """Source: `FeedAnswer`."""

    feed: CalendarFeed | None = strawberry.field(description="The feed; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CalendarFeedCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Create an address to which the viewer's calendar program subscribes. A second one "
        "replaces the first, which stops working. For owners and members of a vendor's account, prospects "
        "and operators.",
        graphql_type=CalendarFeedCreatePayload | None,
    )
    async def calendar_feed_create(self, info: Info) -> FeedAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        context.carries_secret()
        try:
            return FeedAnswer(await create_feed(viewer, context.services.sending))
        except REFUSED as error:
            return FeedAnswer(user_errors=refused(error))
