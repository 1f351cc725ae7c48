"""The mutation `mailProviderSet`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.smart_data.set_mail_provider import set_mail_provider
from models.smart_data.tables import MailProviderKind
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `mailProviderSet`.")
class MailProviderSetInput:
    """Input of `mailProviderSet`."""

    domain: str = strawberry.field(description="The domain, such as mail.com.")
    kind: MailProviderKind = strawberry.field(description="What it is.")


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """The domain as it is stored, or the refusals."""

    domain: str | None = None
    kind: MailProviderKind | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `mailProviderSet`.")
class MailProviderSetPayload:
    """Source: `ProviderAnswer`."""

    domain: str | None = strawberry.field(
        description="The registered domain that it holds for; null if the mutation failed."
    )
    kind: MailProviderKind | None = strawberry.field(description="What it is; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class MailProviderSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Say that a domain belongs to a mail provider, to a provider of disposable addresses, or "
        "to neither, whatever the public lists say; for operators. Repeating it has no further effect.",
        graphql_type=MailProviderSetPayload | None,
    )
    async def mail_provider_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            MailProviderSetInput, strawberry.argument(description="The input.")
        ],
    ) -> ProviderAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        try:
            domain = await set_mail_provider(viewer, input.domain, input.kind)
        except REFUSED as error:
            return ProviderAnswer(user_errors=refused(error))
        return ProviderAnswer(domain, input.kind)
