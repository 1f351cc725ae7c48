"""Owns one WebSocket: it ends with 4403 when its token does, and each operation gets a context of its own.

It must not trust the connection: every operation asks anew whether the session still holds.
"""

import asyncio
import contextlib
from contextlib import aclosing

from strawberry.schema.schema import StreamResult
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    CompleteMessage,
    ConnectionInitMessage,
    SubscribeMessage,
)
from strawberry.types.execution import ExecutionResult, PreExecutionError

from schema.context import Context
from schema.errors import ClientError

FORBIDDEN = 4403
SESSION_ENDED = "The token has ended: connect again with a new one"


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """Strawberry's handler of graphql-transport-ws, with an end."""

    _token_watch: asyncio.Task[None] | None = None

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Begin, and watch the end of the token."""
        await super().handle_connection_init(message)
        ends_at = self.context.viewer.token_ends_at
        if self.connection_acknowledged and ends_at is not None and self._token_watch is None:
            seconds = (ends_at - self.context.now()).total_seconds()
            self._token_watch = asyncio.create_task(self._end_after(seconds), name="token watch")

    async def _end_after(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
        with contextlib.suppress(Exception):  # the client may be gone already
            await self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)

    async def shutdown(self) -> None:
        """Stop watching, then end the operations."""
        if self._token_watch is not None:
            self._token_watch.cancel()
        await super().shutdown()

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Begin an operation if the session still holds."""
        if self.connection_acknowledged:
            try:
                await self.context.authenticate(self.context.token)
            except ClientError:
                await self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)
                return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run an operation in a context of its own: loaders would go stale with the socket."""
        results = await self.schema.stream(
            operation.query,
            variable_values=operation.variables,
            context_value=self.context.fresh(),
            root_value=self.root_value,
            operation_name=operation.operation_name,
        )
        async with aclosing(results):
            await self._send_results(operation, results)

    async def _send_results(self, operation: Operation[Context, None], results: StreamResult) -> None:
        first = True
        async for result in results:
            errors = getattr(result, "errors", None) or []
            if any((error.extensions or {}).get("code") == "UNAUTHENTICATED" for error in errors):
                await self.websocket.close(code=FORBIDDEN, reason=SESSION_ENDED)
                return
            if first and isinstance(result, PreExecutionError):
                await operation.send_initial_errors(errors)
                return
            if not isinstance(result, ExecutionResult):
                return
            await operation.send_next(result)
            first = False
        await operation.send_operation_message(CompleteMessage(id=operation.id, type="complete"))
