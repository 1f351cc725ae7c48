"""The mutation `signOut`: ends the session of the request's token."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry

from models.accounts.sessions import sign_out
from schema.accounts.session_cookie import clear_cookie_of
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, RefusalView
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@dataclass(frozen=True, slots=True)
class SignOutAnswer:
    """Whether the session was ended."""

    signed_out: bool
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `signOut`.")
class SignOutPayload:
    """Source: `SignOutAnswer`."""

    signed_out: bool = strawberry.field(description="Whether the session was ended.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SignOut:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="End the session and revoke its tokens, including the token of this request. The "
        "session's cookie is deleted.",
        graphql_type=SignOutPayload | None,
    )
    async def sign_out(self, info: Info) -> SignOutAnswer:
        """Call the action and return its result."""
        context = info.context
        context.signed_in()
        if context.session_id is None:
            raise ClientError(
                "FORBIDDEN", "This token was issued by an external issuer. End the session with that issuer."
            )
        await sign_out(context.session_id, context.now())
        await clear_cookie_of(context, context.session_id)
        return SignOutAnswer(signed_out=True)
