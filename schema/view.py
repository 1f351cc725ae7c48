"""Owns the endpoint of GraphQL: HTTP, server-sent events and WebSockets, each with a context of its own.

It must not know what is asked.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.schema import BaseSchema
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from schema.authentication import bearer, token_of_params
from schema.context import Context
from schema.errors import ClientError
from schema.graphiql import PAGE_HEADERS
from schema.services import Services
from schema.socket import SocketHandler

MOST_SUBSCRIPTIONS_A_SOCKET = 20


class GraphQLView(GraphQL[Context, None]):
    """Strawberry's ASGI application, with our context, our sockets and orjson."""

    graphql_transport_ws_handler_class = SocketHandler

    def __init__(
        self,
        schema: BaseSchema,
        services: Callable[[], Services],
        *,
        origins: tuple[str, ...],
        page: str | None,
    ) -> None:
        """Take the services lazily: they exist once the server's lifespan has begun; `page` is GraphiQL's."""
        super().__init__(
            schema,
            graphql_ide="graphiql" if page else None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            multipart_uploads_enabled=True,
            max_subscriptions_per_connection=MOST_SUBSCRIPTIONS_A_SOCKET,
            allowed_origins=origins,
        )
        self._services = services
        self._page = page or ""

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """Find out who asks; a bad token becomes an error only where somebody must be signed in."""
        context = Context(
            services=self._services(),
            request=request,
            response=response,
            request_id=request.scope.get("request_id") or uuid4().hex,
            client_address=request.client.host if request.client else "",
        )
        try:
            await context.authenticate(bearer(request.headers.get("authorization")))
        except ClientError as error:
            context.token_error = error
        return context

    async def on_ws_connect(self, context: Context) -> Any:
        """Take the token of `connection_init`; without a good one the socket closes with 4403."""
        try:
            token = token_of_params(context.connection_params) or context.token
            await context.authenticate(token)
            context.signed_in()
        except ClientError as error:
            raise ConnectionRejectionError from error
        return UNSET

    def encode_json(self, data: object) -> bytes:
        """Write JSON."""
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)

    async def render_graphql_ide(self, request: Request) -> Response:
        """Show GraphiQL."""
        del request
        return HTMLResponse(self._page, headers=PAGE_HEADERS)
