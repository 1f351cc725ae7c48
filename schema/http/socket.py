"""A WebSocket: closed with 4403 when its token expires; each operation has a separate context.

Every message is validated, and every operation checks again that the session is still valid.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import cast
from uuid import UUID

from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.schema.schema import StreamResult
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    CompleteMessage,
    ConnectionInitMessage,
    Message,
    NextMessage,
    SubscribeMessage,
)
from strawberry.types.execution import ExecutionResult, PreExecutionError

from schema.graphql.context import Context
from schema.graphql.document_ids import put_document_id
from schema.graphql.errors import (
    BAD_REQUEST,
    UNAUTHENTICATED,
    UNAVAILABLE,
    ClientError,
    code_of,
    database_away,
    fault,
    is_outage,
    masked,
)
from schema.graphql.following.session_watch import Watched
from schema.graphql.following.shared_results import SharedData
from schema.graphql.limits.bounds import exceeded
from schema.http.unauthenticated_sockets import mark_authenticated

LARGEST_MESSAGE = 1_000_000  # bytes; files are uploaded by POST
LONGEST_WAIT = 60.0  # seconds; then the clock is read again, because it may have been set
AGAIN = 0.5  # seconds
FORBIDDEN, RESTART, TRY_LATER = 4403, 1012, 1013  # clients reconnect after each, with a new token after 4403
TOO_LARGE = 1009
TOO_MANY = 4429  # clients do not reconnect automatically
MESSAGES_UNKNOWN = 20  # before authentication; after that, `schema.http.frame_rate` limits the rate
TOO_MANY_MESSAGES = "Too many messages before connection_ack. Connect again and wait for it"
TOO_MANY_SOCKETS = "Too many open sockets. Close one first"
SESSION_ENDED = "Your access token is no longer valid. Connect again with a new one"
_ENDS = {UNAUTHENTICATED: (FORBIDDEN, SESSION_ENDED), UNAVAILABLE: (RESTART, "The server is restarting")}


class TextAdapter(ASGIWebSocketAdapter):
    """Strawberry's adapter, with JSON in text frames; a closed socket is not an error."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """Read messages; one with too many values is treated as invalid JSON."""
        async with aclosing(super().iter_json(ignore_parsing_errors=ignore_parsing_errors)) as messages:
            try:
                async for message in messages:
                    yield message
            except ClientError as error:
                await self.close(TOO_LARGE, error.message)

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a text frame: browsers' clients do not read binary ones."""
        try:
            await self.ws.send_text(self.view.encode_json_string(message))
        except (WebSocketDisconnect, RuntimeError) as error:  # RuntimeError: we have closed it meanwhile
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """Close the socket; the first reason is sent."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self.ws.close(code=code, reason=reason.encode()[:123].decode(errors="ignore"))


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """Strawberry's graphql-transport-ws handler, which closes when the token expires."""

    _token_end: asyncio.TimerHandle | None = None  # not a task: an open socket should cost little
    _ending: asyncio.Task[None] | None = None
    _watched: Watched | None = None
    _looking: asyncio.Task[None] | None = None
    _holder: UUID | None = None
    _before = 0  # messages before connection_ack

    async def handle_message(self, message: Message) -> None:
        """Handle a message; one that does not follow the protocol closes the socket with 4400."""
        if not self.connection_acknowledged:
            self._before += 1
            if self._before > MESSAGES_UNKNOWN:
                await self.websocket.close(code=TOO_MANY, reason=TOO_MANY_MESSAGES)
                return
        _put_document_id(message)
        if wrong := _wrong(message):
            await self.handle_invalid_message(wrong)
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Start the connection, and watch for the token's expiry."""
        try:
            await super().handle_connection_init(message)
        except WebSocketDisconnected:
            raise
        except Exception as error:  # noqa: BLE001 - a fault on our side: the client may retry
            await self.websocket.close(code=TRY_LATER, reason=why_later(fault(error)))
            return
        if self.connection_acknowledged and not self._counted():
            await self.websocket.close(code=TOO_MANY, reason=TOO_MANY_SOCKETS)
        elif self.connection_acknowledged and self._watched is None:
            if self.context.request is not None:
                mark_authenticated(self.context.request.scope)
            self.connection_init_timeout_task = None  # it has ended, and holds on to its error
            self._watch_token()
            self._watched = self.context.services.sessions.watch(self.context, self._session_changed)

    def _counted(self) -> bool:
        if self._holder is None and self.context.services.sockets.take(self.context.viewer.user_id):
            self._holder = self.context.viewer.user_id
        return self._holder is not None

    def _watch_token(self) -> None:
        """Close the socket at the end of its token; until then, look at the clock again and again."""
        ends_at = self.context.viewer.token_ends_at
        if ends_at is None:
            return
        left = (ends_at - self.context.now()).total_seconds()
        if left > 0:
            loop = asyncio.get_running_loop()
            self._token_end = loop.call_later(min(left, LONGEST_WAIT), self._watch_token)
        else:
            closing = self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)
            self._ending = asyncio.create_task(closing, name="end of token")

    def _session_changed(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._authenticate_again(), name="session look")

    async def _authenticate_again(self) -> None:
        try:
            await self.context.authenticate(self.context.token)
        except ClientError:
            await self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)
        except Exception as error:  # noqa: BLE001 - such as a database that is away: it is tried again
            fault(error)

    async def shutdown(self) -> None:
        """Stop watching, then end the operations."""
        if self._watched is not None:
            self._watched.leave()
        if self._looking is not None:
            self._looking.cancel()
        if self._holder is not None:
            self.context.services.sockets.free(self._holder)
            self._holder = None
        if self._token_end is not None:
            self._token_end.cancel()
        await super().shutdown()

    async def cleanup_operation(self, operation_id: str) -> None:
        """End an operation reliably."""
        operation = self.operations.pop(operation_id, None)
        if operation is not None and operation.task is not None:
            _end(operation.task)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Start an operation if the session is still valid."""
        if self.connection_acknowledged:
            try:
                await self.context.authenticate(self.context.token)
            except ClientError:
                await self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)
                return
            except Exception as error:  # noqa: BLE001 - such as a database that is away
                failure = fault(error)
                if is_outage(failure):
                    failure = database_away(writing="mutation" in message["payload"]["query"])
                await self._send_errors(message["id"], [failure])
                return
        most = self.max_subscriptions_per_connection
        if most is not None and len(self.operations) >= most and message["id"] not in self.operations:
            remedy = f"A socket can run at most {most} operations at the same time. Complete one first."
            await self._send_errors(message["id"], [exceeded("operations", remedy, allowed=most)])
            return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run an operation in a separate context, because shared loaders would become stale."""
        try:
            results = await self.schema.stream(
                operation.query,
                variable_values=operation.variables,
                context_value=self.context.fresh(),
                root_value=self.root_value,
                operation_name=operation.operation_name,
            )
            async with aclosing(results):
                await self._send_results(operation, results)
        except WebSocketDisconnected:
            return
        except Exception as error:  # noqa: BLE001 - reported to the client, which would wait forever
            with contextlib.suppress(WebSocketDisconnected):
                await operation.send_initial_errors([masked(error)])

    async def _send_results(self, operation: Operation[Context, None], results: StreamResult) -> None:
        first = True
        async for result in results:
            errors = getattr(result, "errors", None) or []
            if end := next((end for error in errors if (end := _end_of(error))), None):
                await self.websocket.close(*end)
                return
            if first and isinstance(result, PreExecutionError):
                await operation.send_initial_errors(errors)
                return
            if not isinstance(result, ExecutionResult):
                await operation.send_initial_errors(
                    [ClientError(BAD_REQUEST, "@defer and @stream are not supported.")]
                )
                return
            await _send_next(operation, result)
            first = False
        await operation.send_operation_message(CompleteMessage(id=operation.id, type="complete"))

    async def _send_errors(self, operation_id: str, errors: list[GraphQLError]) -> None:
        payload = [error.formatted for error in errors]
        await self.send_message({"id": operation_id, "type": "error", "payload": payload})


async def _send_next(operation: Operation[Context, None], result: ExecutionResult) -> None:
    """Send a result; what all followers are sent is encoded once for all."""
    if result.errors or not isinstance(result.data, SharedData):
        await operation.send_next(result)
        return
    payload = {
        "data": result.data.encoded,
        **({"extensions": result.extensions} if result.extensions else {}),
    }
    message = {"id": operation.id, "type": "next", "payload": payload}
    await operation.send_operation_message(cast("NextMessage", message))


def why_later(failure: GraphQLError) -> str:
    """Return the close reason of a socket that could not be opened."""
    return "The database is not available" if is_outage(failure) else "Internal error"


def _end_of(error: GraphQLError) -> tuple[int, str] | None:
    """Return how an error closes the socket; an unavailable database ends only one operation."""
    return None if is_outage(error) else _ENDS.get(code_of(error) or "")


def _end(task: asyncio.Task[None]) -> None:
    """Cancel repeatedly: before Python 3.12, a library's `wait_for` may swallow a cancellation."""
    if not task.done():
        task.cancel()
        asyncio.get_running_loop().call_later(AGAIN, _end, task)


def _put_document_id(message: object) -> None:
    if isinstance(message, dict) and message.get("type") == "subscribe":
        payload = message.get("payload")
        if isinstance(payload, dict):
            put_document_id(payload)


def _wrong(message: object) -> str | None:
    """Return why a message does not follow the protocol."""
    if not isinstance(message, dict) or not isinstance(kind := message.get("type"), str):
        return "A message must be an object with a type"
    if kind in {"subscribe", "complete"} and not (isinstance(message.get("id"), str) and message["id"]):
        return f"{kind}: id must be a non-empty string"
    return _wrong_payload(message.get("payload")) if kind == "subscribe" else None


def _wrong_payload(payload: object) -> str | None:
    if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
        return "subscribe: payload must be an object with a query or a documentId"
    if not isinstance(payload.get("variables"), dict | None):
        return "subscribe: variables must be an object"
    if not isinstance(payload.get("operationName"), str | None):
        return "subscribe: operationName must be a string"
    return None
