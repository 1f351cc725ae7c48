"""Context of resolvers: the viewer, the connection, the current time, loaders, and recipients to wake up.

A context lives for one operation, or one event of a subscription; after that, its loaders would be stale.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, TypeVar, cast
from uuid import UUID

import strawberry
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from models.accounts.authentication import SignIn
from models.accounts.confirming import Confirming
from models.base.asking import UNKNOWN, Asking, ask_for
from models.base.database import Connection, connection
from models.base.viewer import ANONYMOUS, Viewer
from models.process.wake import Wake
from models.smart_data.context import SmartDataContext
from schema.graphql.errors import ClientError, forbidden, unauthenticated
from schema.graphql.languages import preferred_language
from schema.graphql.loading import DataLoader
from schema.graphql.rate_limit import Allowance, bucket_of
from schema.graphql.services import Services

L = TypeVar("L")
PLAIN = "send_uncompressed"  # in the scope of a request, for `schema.http.compression`


@dataclass(slots=True)
class Context:
    """The context of one operation."""

    services: Services
    request: Request | WebSocket | None
    response: Response | WebSocket | None
    request_id: str
    client_address: str
    viewer: Viewer = ANONYMOUS
    token: str | None = None
    sign_in: SignIn | None = None
    token_error: ClientError | None = None
    connection_params: dict[str, object] | None = None
    streaming: bool = False  # the response headers are sent before execution
    contacts_seen: set[UUID] = field(default_factory=set)
    confirming: Confirming | None = field(
        default=None, init=False
    )  # while it is not known if still signed in
    taken: tuple[str, int, Allowance] | None = field(
        default=None, init=False
    )  # bucket and cost, for `execute`
    authenticated_at: float = field(default=-math.inf, init=False)  # monotonic, in seconds
    _loaders: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def load(self, kind: Callable[[Viewer], L]) -> L:
        """Return this operation's loaders of a class, such as `LeadLoaders`, created on first use."""
        found = self._loaders.get(kind)
        if found is None:
            found = self._loaders[kind] = kind(self.viewer)
        return cast("L", found)

    def load_sealed(self, kind: Callable[[Viewer, SmartDataContext], L]) -> L:
        """Return this operation's loaders of a class that opens what is stored sealed."""
        found = self._loaders.get(kind)
        if found is None:
            found = self._loaders[kind] = kind(self.viewer, self.services.smart_data)
        return cast("L", found)

    def refresh(self) -> None:
        """Clear the loaders: a new operation or event reads again."""
        for loaders in self._loaders.values():
            for loader in vars(loaders).values():
                if isinstance(loader, DataLoader):
                    loader.forget()
        self._loaders = {}

    def recall(self, token: str | None) -> bool:
        """Take the viewer as it was when this token was last authenticated here, if it was; return whether.

        Then only a plan may answer, whose statement confirms the viewer; otherwise `authenticate` first.
        """
        if token is None:
            return False
        found = self.services.authentication.recall(token, self.now(), self.request_id)
        if found is None:
            return False
        self.token, self.viewer, self.sign_in = token, found.viewer, found.sign_in
        self.confirming = Confirming(connection(), found.sign_in)
        ask_for(Asking(bucket_of(self.viewer, self.client_address)))
        return True

    async def authenticate(self, token: str | None) -> None:
        """Authenticate the request; without a token it is anonymous. Raises UNAUTHENTICATED for an
        invalid token.
        """
        self.token = token
        recalled, self.confirming = self.confirming, None
        if recalled is not None:  # nobody, if the token turns out to be invalid
            self.viewer, self.sign_in = ANONYMOUS, None
        ask_for(UNKNOWN)
        asked_at = time.monotonic()
        if token is None:
            self.viewer, self.sign_in = ANONYMOUS, None
        else:
            found = await self.services.authentication.authenticate(token, self.now(), self.request_id)
            self.viewer, self.sign_in = found.viewer, found.sign_in
            if recalled is not None:  # what was read may be empty again: the next request does not try
                self.services.authentication.forget(found.sign_in)
        ask_for(Asking(bucket_of(self.viewer, self.client_address)))
        self.authenticated_at = asked_at
        self.refresh()

    def fresh(self) -> "Context":
        """Return a new context for another operation on the same socket."""
        return replace(self, contacts_seen=set())

    @property
    def session_id(self) -> UUID | None:
        """The session, unless an external issuer's token authenticates the request."""
        return None if self.sign_in is None else self.sign_in.session_id

    @property
    def locale(self) -> str:
        """The language of texts: the signed-in user's, otherwise the one that the client prefers."""
        if self.viewer.user_id is not None or self.request is None:
            return self.viewer.locale
        return preferred_language(self.request.headers.get("accept-language"))

    @property
    def conn(self) -> Connection:
        """The connection pool; each statement is a separate transaction."""
        return connection() if self.confirming is None else self.confirming.conn

    @property
    def wake(self) -> Wake:
        """The recipients to wake up after a commit."""
        return self.services.wake

    def now(self) -> datetime:
        """This machine's clock, for tokens only: decisions use the database's clock."""
        return self.services.now()

    def shows_contact(self, lead_id: UUID) -> None:
        """Record that the response shows this lead's contact data, to log access by operators."""
        if self.viewer.operator:
            self.contacts_seen.add(lead_id)

    def carries_secret(self) -> None:
        """Record that the response contains a token, so that it is not compressed."""
        if self.request is not None:
            self.request.scope[PLAIN] = True

    def signed_in(self) -> Viewer:
        """Return the viewer; raises UNAUTHENTICATED if nobody is signed in."""
        if self.viewer.user_id is None:
            raise self.token_error or unauthenticated()
        return self.viewer

    def only_operators(self, what: str) -> None:
        """Raise FORBIDDEN for everybody but operators; the message says `what` only they can do."""
        if not self.signed_in().operator:
            raise forbidden(f"Only operators can {what}.")

    def may_list_leads(self, shown: str = "leads") -> Viewer:
        """Return a viewer who may list leads: vendors' owners and members, prospects, operators. Raises
        FORBIDDEN for others; the message says what would be `shown`.
        """
        viewer = self.signed_in()
        if not viewer.operator and viewer.vendor_id is None and viewer.prospect_id is None:
            raise forbidden(
                f"Only owners and members of a vendor's account, prospects and operators can read {shown}."
            )
        return viewer


Info: TypeAlias = strawberry.Info[Context, None]
