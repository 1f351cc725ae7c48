"""The mutation `bannerDismiss`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.feed.refusals import NotificationRefusal
from models.placements.dismiss import dismiss_banner, subject_of
from models.placements.placed import PlacedView, placed_messages
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import split_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.placements.types import PlacedMessage


@strawberry.input(description="Input of `bannerDismiss`.")
class BannerDismissInput:
    """Input of `bannerDismiss`."""

    subject_id: strawberry.ID = strawberry.field(
        description="The application or complaint that the banner is about."
    )
    rule_id: str = strawberry.field(description="The `decision.ruleId` of the banner.")


@dataclass(frozen=True, slots=True)
class DismissAnswer:
    """What is still shown about the object, or the refusals."""

    placed: Sequence[PlacedView] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `bannerDismiss`.")
class BannerDismissPayload:
    """Source: `DismissAnswer`."""

    placed: list[PlacedMessage] = strawberry.field(
        description="What you are still shown about the object; empty if nothing was dismissed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class BannerDismiss:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Hide a banner for yourself; other users of your account still see it. When the state "
        "changes, the next banner is shown. Repeating it has no further effect.",
        graphql_type=BannerDismissPayload | None,
    )
    async def banner_dismiss(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            BannerDismissInput, strawberry.argument(description="The input.")
        ],
    ) -> DismissAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            found = split_id(input.subject_id)
            if found is None:
                raise NotificationRefusal.BANNER_NOT_FOUND.at("subjectId")
            await dismiss_banner(viewer, *found, input.rule_id)
        except REFUSED as error:
            return DismissAnswer(user_errors=refused(error))
        subject = await subject_of(context.conn, viewer, *found)
        return DismissAnswer(placed_messages(subject, viewer) if subject is not None else ())
