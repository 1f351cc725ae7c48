"""Log of operators' access to contact data, written before the response is sent.

If the log cannot be written, the response is an error.
"""

from collections.abc import AsyncIterator

from graphql import ExecutionResult as OperationResult
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionResult, StreamExecutionResult

from models.leads.contact_access import log_contact_access
from schema.graphql.context import Context


class LogContactAccess(SchemaExtension):
    """Log whose contact data was shown, after each operation and each event of a subscription."""

    async def _log(self, result: object) -> None:
        context = self.execution_context.context
        if isinstance(context, Context) and context.contacts_seen:
            await log_contacts_seen(context, result)

    async def on_execute(self) -> AsyncIterator[None]:
        """Log the contact data that an operation showed."""
        yield
        await self._log(self.execution_context.result)

    async def on_stream_result(self, result: StreamExecutionResult) -> AsyncIterator[None]:
        """Log the contact data that an event showed."""
        await self._log(result)
        yield


async def log_contacts_seen(context: Context, result: object) -> None:
    """Log the contact data that a result shows; if that fails, the result becomes an error."""
    seen, context.contacts_seen = context.contacts_seen, set()
    try:
        await log_contact_access(context.viewer, seen)
    except Exception as error:
        if not isinstance(result, OperationResult | ExecutionResult):
            raise
        # An exception raised here would be shown unmasked: only results are inspected.
        result.data, result.errors = None, [GraphQLError("not logged", original_error=error)]
