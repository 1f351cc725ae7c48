"""The mutation `notificationPreferenceSet`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.feed.kinds import NotificationGroup
from models.messages.preferences import PreferenceView, set_preference
from rules.messages.dispatch import DispatchChannel
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused, unauthenticated
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.types import NotificationPreference


@strawberry.input(description="Input of `notificationPreferenceSet`.")
class NotificationPreferenceSetInput:
    """Input of `notificationPreferenceSet`."""

    group: NotificationGroup = strawberry.field(description="What the messages are about.")
    channel: DispatchChannel = strawberry.field(description="The channel.")
    on: bool = strawberry.field(description="Whether optional messages are sent.")


@dataclass(frozen=True, slots=True)
class PreferenceAnswer:
    """The preference, or the refusals."""

    preference: PreferenceView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `notificationPreferenceSet`.")
class NotificationPreferenceSetPayload:
    """Source: `PreferenceAnswer`."""

    preference: NotificationPreference | None = strawberry.field(
        description="The preference; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class NotificationPreferenceSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Switch the viewer's optional messages of a group on a channel on or off; for all users.",
        graphql_type=NotificationPreferenceSetPayload | None,
    )
    async def notification_preference_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            NotificationPreferenceSetInput, strawberry.argument(description="The input.")
        ],
    ) -> PreferenceAnswer:
        """Call the action and return its result."""
        user_id = info.context.signed_in().user_id
        if user_id is None:
            raise unauthenticated()
        try:
            preference = await set_preference(user_id, input.group, input.channel, on=input.on)
        except REFUSED as error:
            return PreferenceAnswer(user_errors=refused(error))
        return PreferenceAnswer(preference)
