"""The GraphQL endpoint: HTTP, server-sent events and WebSockets, with a separate context per request."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.exceptions import HTTPException as BrokenForm
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData, process_result
from strawberry.http.base import BaseRequestProtocol
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult, SubscriptionExecutionResult
from strawberry.types.unset import UNSET

from models.base.asking import UNKNOWN, asking_for
from models.base.unavailable import RETRY_AFTER
from schema.graphql.authentication import bearer, token_of_params
from schema.graphql.context import Context
from schema.graphql.document_ids import EXTENSION, PARAMETERS, DocumentId, put_document_id
from schema.graphql.errors import BAD_REQUEST, ClientError, database_away, fault, is_outage
from schema.graphql.limits.extensions import put_retry_after
from schema.graphql.limits.json_text import refuse_many_parts
from schema.graphql.masking import MaskedSchema
from schema.graphql.open_count import Lack
from schema.graphql.preflight import ANY_PREFLIGHT_HEADER, has_preflight_header
from schema.graphql.services import Services
from schema.graphql.trusted_documents import TrustedDocuments
from schema.http.bodies import BodyRefused, allow_large, is_small
from schema.http.event_stream import EventStream, wants_events
from schema.http.graphiql import PAGE_HEADERS
from schema.http.media_type import (
    GRAPHQL_RESPONSE,
    UNAUTHORIZED,
    challenge_of,
    content_type,
    negotiated,
    status_of,
    status_of_error,
    without_data_if_refused,
    without_data_if_unauthenticated,
)
from schema.http.plain_requests import (
    JSONAnswer,
    RequestAdapter,
    WholeRequest,
    header_of,
    media_type_of_plain,
    put_request,
)
from schema.http.socket import TRY_LATER, SocketHandler, TextAdapter, why_later
from schema.http.unauthenticated_sockets import UnauthenticatedSockets, too_many_unauthenticated
from schema.http.uploads import put_files

MOST_SUBSCRIPTIONS_A_SOCKET = 20
LONGEST_SILENCE = timedelta(seconds=10)  # until a socket's first message must have arrived
AT_MOST = 3  # times the limit of variables, because an upload's `map` and `extensions` count as well
# In the body of a mutation, or of a document by its id.
_MAY_CHANGE = (b"mutation", *(f'"{name}"'.encode() for name in (*PARAMETERS, EXTENSION)))


class GraphQLView(GraphQL[Context, None]):
    """Strawberry's ASGI application, with our context, our sockets and orjson."""

    request_adapter_class = RequestAdapter
    graphql_transport_ws_handler_class = SocketHandler
    websocket_adapter_class = TextAdapter
    stream_transport_classes_by_protocol = {  # noqa: RUF012 - as declared by strawberry
        **GraphQL.stream_transport_classes_by_protocol,
        GRAPHQL_SSE_PROTOCOL: EventStream,
    }

    def __init__(
        self,
        schema: MaskedSchema,
        services: Callable[[], Services],
        *,
        origins: tuple[str, ...],
        page: str | None,
        most_values: int,
        documents: TrustedDocuments,
    ) -> None:
        """Take a function that returns the services, which exist only after startup; `page` is
        GraphiQL's.
        """
        super().__init__(
            schema,
            graphql_ide="graphiql" if page else None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            multipart_uploads_enabled=True,
            max_subscriptions_per_connection=MOST_SUBSCRIPTIONS_A_SOCKET,
            connection_init_wait_timeout=LONGEST_SILENCE,
            allowed_origins=origins,
        )
        self._known = schema.known
        self._services = services
        self._unauthenticated = UnauthenticatedSockets()
        self._page = page or ""
        self._most_values = most_values
        self._documents = documents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request; errors before execution have the same form and are masked in the same way."""
        with asking_for(UNKNOWN):
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._talk(WebSocket(scope, receive, send))
            return
        request = WholeRequest(scope, receive)
        response: ASGIApp
        try:
            response = await self._respond(request)
        except HTTPException as error:
            response = self._refused(request, error)
        except ClientError as error:
            response = self._errors(request, error, 400)
        except BodyRefused:
            raise
        except ClientDisconnect:  # disconnected during the body: nobody is left to answer
            return
        except Exception as error:  # noqa: BLE001 - such as a database that is away
            failure = fault(error)
            if is_outage(failure):
                failure = database_away(writing=await _may_change(request))
            response = self._errors(request, failure, status_of_error(failure))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        """Return the response of a request: a known query in JSON is answered without Strawberry's view."""
        head = request.scope["headers"]
        media_type = media_type_of_plain(head) if request.scope["method"] == "POST" else None
        if media_type is None:
            return await self.run(request)
        context = self._context(request, None)
        result = None
        if is_small(request.scope):
            data = put_request(request.scope, self.parse_json(await request.body()))
            if data is not None:
                result = await self._recalled(data, context)
            if result is None:
                await self._authenticate(context, request)
        else:  # who sends a large body must be authenticated
            await self._authenticate(context, request)
            data = put_request(request.scope, self.parse_json(await request.body()))
        if data is not None and result is None:
            try:
                result = await self._known.execute(
                    data.query,
                    variables=data.variables,
                    operation_name=data.operation_name,
                    extensions=data.extensions,
                    context=context,
                )
            finally:
                context.refresh()
        if result is None:
            return await self.run(request, context)
        answer = process_result(result)
        if result.errors:
            context.response = response = await self.get_sub_response(request)
            put_retry_after(response, result.errors)
            return self.create_response(answer, response)
        return JSONAnswer(self.encode_json(answer), media_type)

    async def _recalled(self, data: GraphQLRequestData, context: Context) -> ExecutionResult | None:
        """Answer a query by its plan, whose statement confirms the viewer; None if that cannot be done."""
        planned = self._known.planned(
            data.query,
            variables=data.variables,
            operation_name=data.operation_name,
            extensions=data.extensions,
        )
        if planned is None or not _recall(context):
            return None
        try:
            return await self._known.answer(planned, context)
        finally:
            context.refresh()

    async def _talk(self, socket: WebSocket) -> None:
        unauthenticated = self._unauthenticated.admit(
            socket.client.host if socket.client else "", socket.scope
        )
        if isinstance(unauthenticated, Lack):
            await socket.send_denial_response(too_many_unauthenticated(unauthenticated))
            return
        try:
            await self.run(socket)
        except Exception as error:  # noqa: BLE001 - as above
            failure = fault(error)
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # it may be closed already
                await socket.close(TRY_LATER, why_later(failure))
        finally:
            unauthenticated.leave()

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket | None
    ) -> Context:
        """Authenticate the request; an invalid token is an error only for fields that require sign-in."""
        context = self._context(request, response)
        await self._authenticate(context, request)
        return context

    def _context(self, request: Request | WebSocket, response: Response | WebSocket | None) -> Context:
        scope = request.scope
        return Context(
            services=self._services(),
            request=request,
            response=response,
            request_id=scope.get("request_id") or uuid4().hex,
            client_address=client[0] if (client := scope.get("client")) else "",
        )

    async def _authenticate(self, context: Context, request: Request | WebSocket) -> None:
        scope = request.scope
        try:
            await context.authenticate(bearer(header_of(scope, b"authorization")))
        except ClientError as error:
            context.token_error = error
        if context.viewer.user_id is not None:
            allow_large(scope, context.viewer.user_id)

    async def on_ws_connect(self, context: Context) -> Any:
        """Read the token in `connection_init`; the socket closes with 4403 if it is invalid."""
        try:
            token = token_of_params(context.connection_params) or context.token
            context.connection_params = None  # a second copy of the token, for as long as the socket is open
            await context.authenticate(token)
            context.signed_in()
        except ClientError as error:
            raise ConnectionRejectionError from error
        return UNSET

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Create a response in the media type that the client prefers."""
        response = await super().get_sub_response(request)
        response.media_type = negotiated(request.headers.get("accept"))
        return response

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """Create the response with its media type and status; `data` is absent if nothing was executed."""
        media_type = sub_response.media_type or negotiated(None)
        response_data = without_data_if_refused(response_data)
        if media_type == GRAPHQL_RESPONSE:
            response_data = without_data_if_unauthenticated(response_data)
        response = super().create_response(response_data, sub_response)
        response.headers["content-type"] = content_type(media_type)
        if not sub_response.status_code:
            response.status_code = status_of(media_type, response_data)
        if response.status_code == UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = challenge_of(response_data)
        errors = response_data.get("errors") if isinstance(response_data, dict) else None
        if any(map(is_outage, errors or ())):
            response.status_code = 503  # even a partial response must be requested again
            response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    async def parse_http_body(
        self, request: AsyncHTTPRequestAdapter
    ) -> GraphQLRequestData | list[GraphQLRequestData]:
        """Read a request; JSON that is not a request is a client error."""
        if isinstance(request, RequestAdapter) and request.data is not None:
            return request.data
        try:
            data = await super().parse_http_body(request)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise HTTPException(400, "The body is not a GraphQL request.") from error
        if isinstance(data, GraphQLRequestData) and not isinstance(data.operation_name, str | None):
            raise HTTPException(400, "`operationName` must be a string or null, if provided.")
        if isinstance(data, GraphQLRequestData):
            data.query = await self._named(request, data)
        if isinstance(data, GraphQLRequestData) and data.protocol == EventStream.protocol:
            document = self._document(data.query)
            if not wants_events(request.headers.get("accept"), document, data.operation_name):
                data.protocol = "http"
        return data

    async def execute_operation(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        request_data: GraphQLRequestData | list[GraphQLRequestData],
        context: Context,
        root_value: None,
        sub_response: Response,
    ) -> ExecutionResult | list[ExecutionResult] | SubscriptionExecutionResult:
        """Execute the operation; its context says whether the response is a stream."""
        context.response = sub_response
        context.streaming = isinstance(request_data, GraphQLRequestData) and request_data.protocol != "http"
        try:
            return await super().execute_operation(
                request, request_adapter, request_data, context, root_value, sub_response
            )
        finally:
            if not context.streaming:
                context.refresh()  # the answer is complete

    def _document(self, query: str | None) -> str | None:
        return self._documents.find(query) if isinstance(query, DocumentId) else query

    async def _named(self, request: AsyncHTTPRequestAdapter, data: GraphQLRequestData) -> str | None:
        """Return the query, or what the request has instead of it."""
        params: dict[str, Any] = {"query": data.query}
        if data.query is None and request.method == "GET":
            params = dict(request.query_params)
        elif data.query is None and "multipart/form-data" in (request.content_type or ""):
            params = cast("dict[str, Any]", await super().parse_multipart(request))
        elif data.query is None:
            params = self.parse_json(await request.get_body())
        params["extensions"] = data.extensions
        put_document_id(params)
        return params.get("query")

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """Return whether to show GraphiQL: for browsers that send no query."""
        names = (*PARAMETERS, "extensions")
        named = any(name in request.query_params for name in names)
        return not named and super().should_render_graphql_ide(request)

    async def parse_multipart(self, request: AsyncHTTPRequestAdapter) -> dict[str, Any]:
        """Read an upload, unless another site's form could have sent it."""
        if not has_preflight_header(request.headers):
            raise HTTPException(400, f"An upload requires the header {ANY_PREFLIGHT_HEADER}.")
        try:
            form = (await request.get_form_data()).form
        except BrokenForm as error:
            raise HTTPException(400, "The body is not a multipart form.") from error
        operation, places = (self.parse_json(form.get(name, "{}")) for name in ("operations", "map"))
        return put_files(operation, places, form)

    def decode_json(self, data: str | bytes) -> object:
        """Read JSON strictly: no NaN, no lone surrogates, no excessive nesting, not too many values."""
        refuse_many_parts(data, AT_MOST * self._most_values)
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        """Write JSON."""
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)

    async def render_graphql_ide(self, request: Request) -> Response:
        """Show GraphiQL."""
        del request
        return HTMLResponse(self._page, headers=PAGE_HEADERS)

    def _refused(self, request: Request, error: HTTPException) -> Response:
        wrong_method = isinstance(error.__cause__, InvalidOperationTypeError) and request.method == "GET"
        status = 405 if wrong_method else error.status_code
        response = self._errors(request, ClientError(BAD_REQUEST, error.reason), status)
        if wrong_method:
            response.headers["allow"] = "POST"
        return response

    def _errors(self, request: Request, error: GraphQLError, status: int) -> Response:
        media_type = content_type(negotiated(request.headers.get("accept")))
        headers = {"Retry-After": str(RETRY_AFTER)} if is_outage(error) else None
        body = self.encode_json({"errors": [error.formatted]})
        return Response(body, status, headers=headers, media_type=media_type)


def _recall(context: Context) -> bool:
    """Return whether the viewer is taken as it was a moment ago."""
    assert context.request is not None  # noqa: S101 - made by the caller
    try:
        return context.recall(bearer(header_of(context.request.scope, b"authorization")))
    except ClientError:  # of another scheme, as authenticating says
        return False


async def _may_change(request: Request) -> bool:
    """Return whether a request that has not been read yet may be a mutation."""
    if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
        return request.method == "POST"
    body = await request.body()
    return any(word in body for word in _MAY_CHANGE)
