"""The mutation `signIn`, and the payload that it shares with `tokenRefresh`: a pair of tokens and the user.

Never log an email address, a password or a token here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import strawberry

from models.accounts.sessions import SignedIn
from models.accounts.sign_in import sign_in
from models.base.viewer import Viewer
from schema.accounts.session_cookie import SessionCookie
from schema.accounts.viewer import ViewerType
from schema.graphql.context import Context, Info
from schema.graphql.enums import describe
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.preflight import ANY_PREFLIGHT_HEADER
from schema.graphql.scalars import EmailAddress
from schema.graphql.user_error import UserError


class SessionTransport(StrEnum):
    """How a session's refresh tokens are transported."""

    TOKENS = "TOKENS"
    COOKIE = "COOKIE"


describe(
    SessionTransport,
    "How the refresh tokens of a session are transported.",
    {
        "TOKENS": "In the payload. The client stores them.",
        "COOKIE": "In the cookie `__Host-leadgate`, which scripts cannot read.",
    },
)


@strawberry.input(description="Input of `signIn`.")
class SignInInput:
    """Input of `signIn`."""

    email: EmailAddress = strawberry.field(description="Your email address.")
    password: str = strawberry.field(description="Your password.")
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.TOKENS,
        description="How the refresh tokens of the session are transported. `COOKIE` requires HTTPS or a "
        f"loopback address, and the header {ANY_PREFLIGHT_HEADER}.",
    )


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """A pair of tokens, or the refusals. The payload omits a refresh token that is `in_cookie`."""

    signed_in: SignedIn | None = None
    viewer: Viewer | None = None
    expires_in: int | None = None
    in_cookie: bool = False
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(
    description="A pair of tokens: an access token for requests and a refresh token to get the next pair."
)
class SignInPayload:
    """Source: `SignInAnswer`."""

    @strawberry.field(description="Send it as `Authorization: Bearer …`.")
    def access_token(root: strawberry.Parent[SignInAnswer]) -> str | None:
        """Return the access token."""
        return root.signed_in.access_token if root.signed_in else None

    @strawberry.field(
        description="Valid for one `tokenRefresh`; using it twice ends the session. Null if it is in the "
        "session cookie."
    )
    def refresh_token(root: strawberry.Parent[SignInAnswer]) -> str | None:
        """Return the refresh token."""
        return root.signed_in.refresh_token if root.signed_in and not root.in_cookie else None

    @strawberry.field(description="When the access token expires.")
    def expires_at(root: strawberry.Parent[SignInAnswer]) -> datetime | None:
        """Return the expiry time."""
        return root.signed_in.expires_at if root.signed_in else None

    expires_in: int | None = strawberry.field(
        description="The number of whole seconds until the access token expires. Measure them with a "
        "monotonic clock, because the client's time of day may be wrong."
    )

    @strawberry.field(description="The user who signed in.", graphql_type=ViewerType | None)
    def viewer(root: strawberry.Parent[SignInAnswer]) -> Viewer | None:
        """Return the viewer."""
        return root.viewer

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


async def session_answer(
    context: Context, signed_in: SignedIn, cookie: SessionCookie | None = None
) -> SignInAnswer:
    """Make the new session's user the viewer of the rest of this operation, and put the refresh token into
    the cookie, if the client uses it.
    """
    services = context.services
    context.carries_secret()
    if cookie is not None:
        cookie.keep(signed_in, context.now())
    authenticated = await services.authentication.authenticate(
        signed_in.access_token, context.now(), context.request_id
    )
    context.viewer, context.sign_in = authenticated.viewer, authenticated.sign_in
    context.refresh()
    left = int((signed_in.expires_at - context.now()).total_seconds())
    return SignInAnswer(signed_in, authenticated.viewer, max(left, 0), cookie is not None)


@strawberry.type
class SignIn:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Sign in with email address and password.", graphql_type=SignInPayload | None
    )
    async def sign_in(
        self,
        info: Info,
        input: Annotated[SignInInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> SignInAnswer:
        """Call the action and return its result."""
        context = info.context
        authentication = context.services.authentication
        cookie = SessionCookie(context, "transport") if input.transport is SessionTransport.COOKIE else None
        try:
            signed_in = await sign_in(
                authentication.issuer,
                authentication.passwords,
                email=input.email,
                password=input.password,
                address=context.client_address or None,
                now=context.now(),
            )
        except REFUSED as error:
            return SignInAnswer(user_errors=refused(error))
        return await session_answer(context, signed_in, cookie)
