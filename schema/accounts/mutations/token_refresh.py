"""The mutation `tokenRefresh`. Using a refresh token twice ends the session, unless the request is repeated
with its idempotency key.
"""

from typing import Annotated

import strawberry

from models.accounts.refusals import SessionRefusal
from models.accounts.sessions import RefreshRefused, refresh
from schema.accounts.mutations.sign_in import SignInAnswer, SignInPayload, session_answer
from schema.accounts.session_cookie import SessionCookie
from schema.graphql.context import Context, Info
from schema.graphql.errors import REFUSED, SESSION_ENDED, ClientError, refused
from schema.graphql.preflight import ANY_PREFLIGHT_HEADER


@strawberry.input(description="Input of `tokenRefresh`.")
class TokenRefreshInput:
    """Input of `tokenRefresh`."""

    refresh_token: str | None = strawberry.field(
        default=None,
        description="A refresh token that has not been used yet. If omitted, the session cookie is used and "
        f"replaced; this requires the header {ANY_PREFLIGHT_HEADER}.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="A random string for this refresh, such as a UUID (1 to 200 characters). If you send the "
        "same token with the same key again within 60 seconds, you get the same refresh token again, as long "
        "as it has not been used. With another key, or without one, the session ends.",
    )


@strawberry.type
class TokenRefresh:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Exchange a refresh token for a new pair of tokens; each refresh token can be used once.",
        graphql_type=SignInPayload | None,
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
        # A token in the input belongs to another session, so the cookie is not changed.
        cookie = SessionCookie(context, "refreshToken") if input.refresh_token is None else None
        try:
            return await _refresh(context, input, cookie)
        except RefreshRefused as error:
            if cookie is not None and cookie.token is not None:
                cookie.clear()  # it can no longer be exchanged
            return SignInAnswer(user_errors=refused(error))
        except REFUSED as error:
            return SignInAnswer(user_errors=refused(error))


async def _refresh(context: Context, given: TokenRefreshInput, cookie: SessionCookie | None) -> SignInAnswer:
    token = given.refresh_token if cookie is None else cookie.token
    if token is None:
        raise RefreshRefused(SessionRefusal.REFRESH_TOKEN_MISSING)
    signed_in = await refresh(
        context.services.authentication.issuer,
        refresh_token=token,
        now=context.now(),
        idempotency_key=given.idempotency_key,
    )
    try:
        return await session_answer(context, signed_in, cookie)
    except ClientError as error:
        if (error.extensions or {}).get("reason") != SESSION_ENDED:
            raise
        raise RefreshRefused(SessionRefusal.SESSION_ENDED) from None  # since its token was exchanged
