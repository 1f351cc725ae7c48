"""The mutation `calendarFeedRevoke`."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry

from models.messages.calendar_feeds import revoke_feed
from schema.graphql.context import Info
from schema.graphql.errors import RefusalView
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@dataclass(frozen=True, slots=True)
class RevokeAnswer:
    """Whether there was a feed; nothing is refused."""

    revoked: bool
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `calendarFeedRevoke`.")
class CalendarFeedRevokePayload:
    """Source: `RevokeAnswer`."""

    revoked: bool = strawberry.field(description="Whether there was an address, which no longer works.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CalendarFeedRevoke:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Revoke the address to which the viewer's calendar program subscribes. Idempotent.",
        graphql_type=CalendarFeedRevokePayload | None,
    )
    async def calendar_feed_revoke(self, info: Info) -> RevokeAnswer:
        """Call the action and return its result."""
        return RevokeAnswer(await revoke_feed(info.context.signed_in()))
