"""The mutation `userSettingsUpdate`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.accounts.list import UserView, users_by_id
from models.accounts.user_settings import update_settings
from models.base.refusal import Sentence, Wording
from schema.accounts.types import User
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError, text_for


@strawberry.input(
    description="Input of `userSettingsUpdate`; a value that is omitted or null is not changed."
)
class UserSettingsUpdateInput:
    """Input of `userSettingsUpdate`."""

    locale: str | None = strawberry.field(
        default=None, description="The language of messages, one of `service.languages`."
    )
    time_zone: str | None = strawberry.field(
        default=None, description="The time zone used in messages, an IANA name such as Europe/Berlin."
    )
    name: str | None = strawberry.field(default=None, description="The display name, at most 200 characters.")
    mobile: str | None = strawberry.field(
        default=None,
        description="The number for text messages, with the country code, such as +49170123456789; an empty "
        "text removes it.",
    )


@dataclass(frozen=True, slots=True)
class SettingsAnswer:
    """The user after the change, with warnings, or the refusals."""

    user: UserView | None = None
    warnings: Sequence[Sentence[Wording]] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `userSettingsUpdate`.")
class UserSettingsUpdatePayload:
    """Source: `SettingsAnswer`."""

    user: User | None = strawberry.field(description="The updated user; null if the mutation failed.")

    @strawberry.field(
        description="Values that were accepted and are probably wrong, in the language of the viewer: a "
        "mobile number that is not in its country's numbering plan."
    )
    def warnings(root: strawberry.Parent[SettingsAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class UserSettingsUpdate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Change the viewer's own language, time zone, name and mobile number; for all users. "
        "Texts that were queried before remain in the previous language.",
        graphql_type=UserSettingsUpdatePayload | None,
    )
    async def user_settings_update(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            UserSettingsUpdateInput, strawberry.argument(description="The input.")
        ],
    ) -> SettingsAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            warnings = await update_settings(
                viewer,
                locale=input.locale,
                time_zone=input.time_zone,
                name=input.name,
                mobile=input.mobile,
            )
        except REFUSED as error:
            return SettingsAnswer(user_errors=refused(error))
        found = await users_by_id(context.conn, viewer, [viewer.user_id] if viewer.user_id else [])
        return SettingsAnswer(next(iter(found.values()), None), warnings)
