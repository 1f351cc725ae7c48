"""Context of resolvers: the viewer, the connection, the current time, loaders, and recipients to wake up.

A context lives for one operation, or one event of a subscription; after that, its loaders would be stale.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, TypeVar, cast
from uuid import UUID

import strawberry
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from models.base.asking import UNKNOWN, Asking, ask_for
from models.base.database import Connection, connection
from models.base.viewer import ANONYMOUS, Viewer
from models.process.wake import Wake
from schema.graphql.errors import ClientError, forbidden, unauthenticated
from schema.graphql.rate_limit import bucket_of
from schema.graphql.services import Services

L = TypeVar("L")


@dataclass(slots=True)
class Context:
    """One operation's surroundings."""

    services: Services
    request: Request | WebSocket | None
    response: Response | WebSocket | None
    request_id: str
    client_address: str
    viewer: Viewer = ANONYMOUS
    token: str | None = None
    session_id: UUID | None = None
    token_error: ClientError | None = None
    connection_params: dict[str, object] | None = None
    contacts_seen: set[UUID] = field(default_factory=set)
    _loaders: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def load(self, kind: Callable[[Viewer], L]) -> L:
        """Return this operation's loaders of a kind, such as `LeadLoaders`, made when first asked for."""
        found = self._loaders.get(kind)
        if found is None:
            found = self._loaders[kind] = kind(self.viewer)
        return cast("L", found)

    def refresh(self) -> None:
        """Forget what was loaded: a new operation, or a new event, reads anew."""
        self._loaders = {}

    async def authenticate(self, token: str | None) -> None:
        """Find out who asks; without a token, nobody. Raises UNAUTHENTICATED for a token that is not good."""
        self.token = token
        ask_for(UNKNOWN)
        if token is None:
            self.viewer, self.session_id = ANONYMOUS, None
        else:
            found = await self.services.authentication.authenticate(token, self.now(), self.request_id)
            self.viewer, self.session_id = found.viewer, found.session_id
        ask_for(Asking(bucket_of(self.viewer, self.client_address)))
        self.refresh()

    def fresh(self) -> "Context":
        """Return the same surroundings for another operation on the same socket."""
        return replace(self, contacts_seen=set())

    @property
    def conn(self) -> Connection:
        """The pool; each statement is a transaction of its own."""
        return connection()

    @property
    def wake(self) -> Wake:
        """Whom to tell after a commit."""
        return self.services.wake

    def now(self) -> datetime:
        """This machine's clock, for tokens only: what decides reads the database's."""
        return self.services.now()

    def shows_contact(self, lead_id: UUID) -> None:
        """Note that the answer shows this lead's contact data: an operator's look is logged first."""
        if self.viewer.operator:
            self.contacts_seen.add(lead_id)

    def signed_in(self) -> Viewer:
        """Return the viewer; raises UNAUTHENTICATED for nobody."""
        if self.viewer.user_id is None:
            raise self.token_error or unauthenticated()
        return self.viewer

    def may_list_leads(self, shown: str = "leads") -> Viewer:
        """Return a viewer who may list leads: vendors' owners and members, prospects, operators.

        Raises FORBIDDEN for others, in the name of what is `shown`.
        """
        viewer = self.signed_in()
        if not viewer.operator and viewer.vendor_id is None and viewer.prospect_id is None:
            raise forbidden(
                f"Only owners and members of a vendor's account, prospects and operators can read {shown}."
            )
        return viewer


Info: TypeAlias = strawberry.Info[Context, None]
