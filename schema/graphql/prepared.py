"""Execution of an operation whose document was prepared before: graphql-core's `execute` finds the operation
and its fragments in the document anew for each request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    default_field_resolver,
    default_type_resolver,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from graphql.pyutils import AwaitableOrValue


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an execution needs of a valid document."""

    operation: OperationDefinitionNode
    definitions: dict[str, FragmentDefinitionNode]
    fragments: dict[str, FragmentDetails]

    @classmethod
    def of(cls, document: DocumentNode, name: str | None) -> "Prepared | None":
        """Prepare an operation; None if only graphql-core can (a fragment has variables of its own)."""
        definitions: dict[str, FragmentDefinitionNode] = {}
        operation = None
        for one in document.definitions:
            if isinstance(one, OperationDefinitionNode) and name == (one.name.value if one.name else None):
                operation = one
            elif isinstance(one, FragmentDefinitionNode):
                if one.variable_definitions:
                    return None
                definitions[one.name.value] = one
        fragments = {name: FragmentDetails(one, None) for name, one in definitions.items()}
        return None if operation is None else cls(operation, definitions, fragments)


def execute_prepared(
    execute: Callable[..., Any],
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    prepared: Prepared | None = None,
    **named: Any,
) -> AwaitableOrValue[ExecutionResult]:
    """Execute an operation like `execute`, and with it, unless the operation was prepared."""
    if prepared is None:
        result: AwaitableOrValue[ExecutionResult] = execute(schema, document, **named)
        return result
    values: VariableValues | list[Any] = VariableValues({}, {})
    if prepared.operation.variable_definitions:
        values = get_variable_values(
            schema,
            prepared.operation.variable_definitions,
            named["variable_values"] or {},
            max_errors=named["max_coercion_errors"],
            hide_suggestions=named["hide_suggestions"],
        )
        if isinstance(values, list):
            return ExecutionResult(None, errors=values)
    executor: Executor[Any] = named["executor_class"](
        schema,
        prepared.definitions,
        prepared.fragments,
        None,  # the root value
        named["context_value"],
        prepared.operation,
        values,
        default_field_resolver,
        default_type_resolver,
        default_field_resolver,
        is_awaitable=named["is_awaitable"],
        hide_suggestions=named["hide_suggestions"],
        operation_extensions=named["operation_extensions"],
    )
    return cast("AwaitableOrValue[ExecutionResult]", executor.execute_operation())
