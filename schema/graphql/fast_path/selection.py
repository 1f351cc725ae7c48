"""What a document selects, as graphql-core collects it, with fragments, aliases, `@skip` and `@include`."""

from collections.abc import Iterable, Mapping

import strawberry
from graphql import (
    DirectiveNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    Node,
    VariableNode,
    get_argument_values,
)
from graphql.execution.collect_fields import FieldDetails, collect_fields
from graphql.execution.values import VariableValues
from graphql.language import Visitor, visit
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from schema.graphql.fast_path.execution import Execution
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.prepared import Prepared

# In the code of one selection, with fragments spread: a field takes some 60 µs to compile and 500 bytes.
MOST_FIELDS = 1_000

Details = list[FieldDetails]
_CONDITIONS = frozenset({"skip", "include"})


class Compiled:
    """How many fields the code of all plans has."""

    __slots__ = ("fields",)

    def __init__(self) -> None:
        """Start with none."""
        self.fields = 0


class Selection:
    """The selections of one operation under the values of the variables that its directives use."""

    def __init__(
        self, schema: GraphQLSchema, prepared: Prepared, values: VariableValues, compiled: Compiled
    ) -> None:
        """Prepare an execution that is never run; `compiled` counts what is selected."""
        self.execution = prepared.execution(Execution, schema, values)
        self.schema = schema
        self.operation = prepared.operation
        self._compiled, self._fields = compiled, 0

    def root(self) -> dict[str, Details]:
        """Return the root fields by response name."""
        root = self.schema.query_type
        if root is None:
            raise NotCovered
        run = self.execution
        try:
            fields, deferred, _ = collect_fields(
                self.schema, run.fragments, run.variable_values, root, self.operation
            )
        except GraphQLError:
            raise NotCovered from None
        return _plain(fields, deferred)

    def below(self, of_type: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """Return the fields below a field by response name. Raises `NotCovered` if that is too much code."""
        try:
            fields, deferred, _ = self.execution.collect_subfields(of_type, details)
        except GraphQLError:
            raise NotCovered from None
        found = _plain(fields, deferred)
        self._fields += len(found)
        self._compiled.fields += len(found)
        if self._fields > MOST_FIELDS:
            raise NotCovered
        return found

    def definition(self, of_type: GraphQLObjectType, details: Details) -> GraphQLField:
        """Return the definition of a field."""
        found = self.schema.get_field(of_type, details[0].node.name.value)
        if found is None:
            raise NotCovered
        return found


def _plain(fields: Mapping[str, Details], deferred: object) -> dict[str, Details]:
    if deferred or any(one.fragment_variable_values for found in fields.values() for one in found):
        raise NotCovered
    return dict(fields)


def strawberry_field(definition: GraphQLField) -> StrawberryField:
    """Return Strawberry's field of a definition."""
    found = definition.extensions.get("strawberry-definition")
    if not isinstance(found, StrawberryField) or found.extensions:
        raise NotCovered
    return found


def arguments(
    schema: GraphQLSchema, definition: GraphQLField, node: FieldNode, variables: object
) -> dict[str, object]:
    """Return the arguments of a field as its resolver receives them."""
    own: strawberry.Schema = schema._strawberry_schema  # type: ignore[attr-defined]
    try:
        values = get_argument_values(definition, node, variables, hide_suggestions=True)  # type: ignore[arg-type]
    except GraphQLError:
        raise NotCovered from None
    registry = own.schema_converter.scalar_registry
    return convert_arguments(values, strawberry_field(definition).arguments, registry, own.config)


class _Conditions(Visitor):
    """Collects the variables in directives; directives other than `@skip` and `@include` have no plan."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        if node.name.value not in _CONDITIONS:
            raise NotCovered
        self.names.update(
            one.value.name.value for one in node.arguments or () if isinstance(one.value, VariableNode)
        )


def condition_variables(prepared: Prepared) -> tuple[str, ...]:
    """Return the names of the variables on which it depends what is selected."""
    found = _Conditions()
    for node in (prepared.operation, *prepared.definitions.values()):
        visit(node, found)
    return tuple(sorted(found.names))


class _Variables(Visitor):
    """Collects the variables of a node."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self.names.add(node.name.value)


def uses_variables(nodes: Iterable[Node]) -> bool:
    """Return whether any of these nodes mentions a variable."""
    found = _Variables()
    for node in nodes:
        visit(node, found)
    return bool(found.names)
