"""The mutation `tokenRefresh`. Using a refresh token twice ends the session."""

from typing import Annotated

import strawberry

from models.accounts.sessions import refresh
from schema.accounts.mutations.sign_in import SignInAnswer, SignInPayload, session_answer
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused


@strawberry.input(description="Input of `tokenRefresh`.")
class TokenRefreshInput:
    """Input of `tokenRefresh`."""

    refresh_token: str = strawberry.field(description="A refresh token that has not been used yet.")


@strawberry.type
class TokenRefresh:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Exchange a refresh token for a new pair of tokens; each refresh token can be used once.",
        graphql_type=SignInPayload,
    )
    async def token_refresh(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            TokenRefreshInput, strawberry.argument(description="The input.")
        ],
    ) -> SignInAnswer:
        """Call the action and return its result."""
        context = info.context
        try:
            signed_in = await refresh(
                context.services.authentication.issuer,
                refresh_token=input.refresh_token,
                now=context.now(),
            )
        except REFUSED as error:
            return SignInAnswer(user_errors=refused(error))
        return await session_answer(context, signed_in)
