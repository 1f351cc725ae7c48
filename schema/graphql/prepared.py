"""An operation of a valid document, prepared for execution: graphql-core's `execute` finds the operation and
its fragments in the document anew for each request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    Executor,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    default_field_resolver,
    default_type_resolver,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.execution import optimized_is_awaitable

Executing = TypeVar("Executing", bound=Executor[Any])


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

    def coerce(
        self,
        schema: GraphQLSchema,
        given: Mapping[str, Any] | None,
        *,
        most_errors: int,
        hide_suggestions: bool,
    ) -> VariableValues | list[GraphQLError]:
        """Return the values of the variables, or the errors of those given."""
        if not self.operation.variable_definitions:
            return VariableValues({}, {})
        return get_variable_values(
            schema,
            self.operation.variable_definitions,
            dict(given or {}),
            max_errors=most_errors,
            hide_suggestions=hide_suggestions,
        )

    def execution(
        self,
        kind: type[Executing],
        schema: GraphQLSchema,
        values: VariableValues,
        context: object = None,
        **named: Any,
    ) -> Executing:
        """Build an execution of this operation; `named` is what else its class takes."""
        return kind(
            schema,
            self.definitions,
            self.fragments,
            None,  # the root value
            context,
            self.operation,
            values,
            default_field_resolver,
            default_type_resolver,
            default_field_resolver,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
            **named,
        )
