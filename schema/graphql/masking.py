"""Final check of every result: masks faults wherever they were raised.

Log nothing but faults here: the traceback of another error can contain contact data.
"""

from collections.abc import AsyncGenerator, Iterable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from typing import Any

import strawberry
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.schema.schema import StreamResult
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError, StreamExecutionResult
from strawberry.types.graphql import OperationType

from schema.graphql.errors import masked, needs_stream
from schema.graphql.following.shared_results import SharedData
from schema.graphql.known_operations import KnownOperations

AT_ONCE = frozenset({OperationType.QUERY, OperationType.MUTATION})


class MaskedSchema(strawberry.Schema):
    """Strawberry's schema, with masking of what extensions raise: Strawberry would show it, or let it
    escape. Its `known` queries need no extensions.
    """

    known: KnownOperations

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here: `MaskFaults` does."""

    def create_extensions_runner(
        self, execution_context: ExecutionContext, extensions: list[SchemaExtension]
    ) -> SchemaExtensionsRunner:
        """Run the extensions once for what many are sent."""
        return _ExtensionsRunner(execution_context=execution_context, extensions=extensions)

    async def execute(self, *arguments: Any, **named: Any) -> ExecutionResult:
        """Execute a query or a mutation; a subscription is refused because graphql-core would fail here."""
        allowed = AT_ONCE.intersection(named.get("allowed_operation_types") or AT_ONCE)
        try:
            result = await super().execute(*arguments, **{**named, "allowed_operation_types": allowed})
        except InvalidOperationTypeError as error:
            if error.operation_type is not OperationType.SUBSCRIPTION:
                raise
            return PreExecutionError(data=None, errors=[needs_stream()])
        if result.errors:
            result.errors = _all_masked(result.errors)
        return result

    async def stream(self, *arguments: Any, **named: Any) -> StreamResult:
        """Execute any operation and yield its results."""
        return _masked_results(await super().stream(*arguments, **named))


class _ExtensionsRunner(SchemaExtensionsRunner):
    """Strawberry's runner, which costs several times what sending a shared result does. Such a result has no
    errors to mask and, because its fields know no viewer, no contact data to log.
    """

    _results: dict[str, Any] | None = None

    def on_stream_result(self, result: StreamExecutionResult) -> AbstractAsyncContextManager[None]:  # type: ignore[override]
        """Run the hooks, unless the result is shared."""
        if isinstance(result, ExecutionResult) and isinstance(result.data, SharedData) and not result.errors:
            self._results = result.extensions  # the next event of the subscription has the same
            return nullcontext()
        return super().on_stream_result(result)

    async def get_extensions_results(self, ctx: ExecutionContext) -> dict[str, Any]:
        """Return what a subscription cost, which is charged once, for each of its events."""
        return await super().get_extensions_results(ctx) if self._results is None else self._results


async def _masked_results(results: StreamResult) -> AsyncGenerator[Any, None]:
    try:
        async with aclosing(results):
            async for result in results:
                if isinstance(result, CoreResult | ExecutionResult) and result.errors:
                    result.errors = _all_masked(result.errors)
                yield result
    except Exception as error:  # noqa: BLE001 - such as a document that a cache could not parse
        yield PreExecutionError(data=None, errors=[masked(error)])


def _all_masked(errors: Iterable[GraphQLError]) -> list[GraphQLError]:
    return [masked(error) for error in errors]
