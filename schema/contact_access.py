"""Owns the log of operators' looks at contact data: written before the answer leaves.

It must not be left out: when it cannot be written, the answer is an error.
"""

from collections.abc import AsyncIterator

from strawberry.extensions import SchemaExtension
from strawberry.types.execution import StreamExecutionResult

from models.actions.contact_access import log_contact_access
from schema.context import Context


class LogContactAccess(SchemaExtension):
    """After each operation, and each event of a subscription, log which leads' contact data was shown."""

    async def _log(self) -> None:
        context = self.execution_context.context
        if isinstance(context, Context) and context.contacts_seen:
            seen, context.contacts_seen = context.contacts_seen, set()
            await log_contact_access(context.viewer, seen)

    async def on_execute(self) -> AsyncIterator[None]:
        """Log what an operation showed."""
        yield
        await self._log()

    async def on_stream_result(self, result: StreamExecutionResult) -> AsyncIterator[None]:
        """Log what an event showed."""
        del result
        await self._log()
        yield
