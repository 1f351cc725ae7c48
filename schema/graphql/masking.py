"""Final check of every result: masks faults wherever they were raised.

Log nothing but faults here: the traceback of another error can contain contact data.
"""

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any

import strawberry
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.schema.schema import StreamResult
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from schema.graphql.errors import masked, needs_stream

AT_ONCE = frozenset({OperationType.QUERY, OperationType.MUTATION})


class MaskedSchema(strawberry.Schema):
    """Strawberry's schema, with masking of what extensions raise: Strawberry would show it, or let it
    escape.
    """

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here: `MaskFaults` does."""

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
