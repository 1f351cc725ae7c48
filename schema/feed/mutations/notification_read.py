"""The mutation `notificationRead`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.feed.list import NotificationView, notifications_by_id
from models.feed.mark_read import MOST_IDS, mark_read
from schema.feed.types import Notification
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError

at_most("NotificationReadInput.ids", MOST_IDS)


@strawberry.input(description="Input of `notificationRead`.")
class NotificationReadInput:
    """Input of `notificationRead`."""

    ids: list[strawberry.ID] = strawberry.field(description="The notifications, at most 100.")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The notifications, or the refusals."""

    notifications: Sequence[NotificationView] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `notificationRead`.")
class NotificationReadPayload:
    """Source: `ReadAnswer`."""

    notifications: list[Notification] = strawberry.field(description="The updated notifications.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class NotificationRead:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Mark notifications as read, all or none; repeating it has no further effect.",
        graphql_type=NotificationReadPayload | None,
    )
    async def notification_read(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            NotificationReadInput, strawberry.argument(description="The input.")
        ],
    ) -> ReadAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            ids = [read_id(global_id, "Notification", "ids") for global_id in input.ids]
            await mark_read(viewer, ids)
        except REFUSED as error:
            return ReadAnswer(user_errors=refused(error))
        recipient = viewer.recipient
        found = await notifications_by_id(context.conn, recipient, ids) if recipient else {}
        return ReadAnswer([found[row_id] for row_id in dict.fromkeys(ids) if row_id in found])
