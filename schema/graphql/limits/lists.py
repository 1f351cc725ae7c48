"""Maximum length of each input list, checked before its items are read.

Each domain declares its lists with `at_most`. A list that is not declared accepts no items; a test finds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from schema.graphql.errors import ClientError
from schema.graphql.limits.bounds import exceeded

# By the place of the list: an argument of a field, or a field of an input.
MOST: dict[str, int] = {}


def at_most(place: str, most: int) -> None:
    """Declare the maximum length of a list, next to the input or field that accepts it."""
    MOST[place] = most


@dataclass(frozen=True, slots=True)
class _Given:
    """A value in a document, and the input that accepts it."""

    place: str
    path: tuple[str, ...]
    kind: GraphQLInputType
    value: ValueNode


class InputLists:
    """The values that a valid document passes to inputs with lists; its variables are not known yet."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        """Find the values, including those in fragments."""
        self._given: dict[str | None, list[_Given]] = {}
        self._defaults: dict[str | None, Mapping[str, ValueNode]] = {}
        shared: list[_Given] = []
        for one in document.definitions:
            if isinstance(one, FragmentDefinitionNode):
                kind = schema.get_type(one.type_condition.name.value)
                shared.extend(_arguments(schema, one.selection_set, kind))
            elif isinstance(one, OperationDefinitionNode):
                root = schema.get_root_type(one.operation)
                name = one.name.value if one.name else None
                self._given[name] = list(_arguments(schema, one.selection_set, root))
                defaults = {
                    variable.variable.name.value: variable.default_value
                    for variable in one.variable_definitions or ()
                }
                self._defaults[name] = {key: value for key, value in defaults.items() if value is not None}
        if shared:
            for given in self._given.values():
                given.extend(shared)

    def too_long(self, operation: str | None, variables: Mapping[str, object] | None) -> ClientError | None:
        """Return the error for the first list that is too long."""
        values = variables or {}
        defaults = self._defaults.get(operation, {})
        for given in self._given.get(operation, ()):
            found = _in_document(given.place, given.path, given.kind, given.value, values, defaults)
            if found is not None:
                return found
        return None


def _arguments(
    schema: GraphQLSchema, selection_set: SelectionSetNode, root: GraphQLNamedType | None
) -> Iterator[_Given]:
    waiting: list[tuple[SelectionSetNode, GraphQLNamedType | None]] = [(selection_set, root)]
    while waiting:
        selections, parent = waiting.pop()
        for node in selections.selections:
            if isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                kind = schema.get_type(condition.name.value) if condition else parent
                waiting.append((node.selection_set, kind))
            elif isinstance(node, FieldNode) and isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
                definition = parent.fields.get(node.name.value)
                if definition is None:
                    continue
                if node.selection_set is not None:
                    waiting.append((node.selection_set, get_named_type(definition.type)))
                for argument in node.arguments or ():
                    name = argument.name.value
                    known = definition.args.get(name)
                    if known is not None and _has_lists(known.type):
                        place = f"{parent.name}.{node.name.value}({name}:)"
                        yield _Given(place, (name,), known.type, argument.value)


def _has_lists(kind: GraphQLInputType, seen: frozenset[str] = frozenset()) -> bool:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLList):
        return True
    if not isinstance(inner, GraphQLInputObjectType) or inner.name in seen:
        return False
    return any(_has_lists(field.type, seen | {inner.name}) for field in inner.fields.values())


def _in_document(
    place: str,
    path: tuple[str, ...],
    kind: GraphQLInputType,
    node: ValueNode,
    variables: Mapping[str, object],
    defaults: Mapping[str, ValueNode],
) -> ClientError | None:
    """Check a literal, including the variables in it."""
    if isinstance(node, VariableNode):
        name = node.name.value
        if name in variables:
            return _in_variable(place, path, kind, variables[name])
        if name not in defaults:
            return None
        return _in_document(place, path, kind, defaults[name], {}, {})
    inner = _item_type(kind, is_list=isinstance(node, ListValueNode))
    if isinstance(inner, GraphQLList) and isinstance(node, ListValueNode):
        if len(node.values) > MOST.get(place, 0):
            return _error(place, path, len(node.values))
        parts = ((place, path, inner.of_type, one) for one in node.values)
    elif isinstance(inner, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        fields = inner.fields
        parts = (
            (f"{inner.name}.{name}", (*path, name), fields[name].type, one.value)
            for one in node.fields
            if (name := one.name.value) in fields
        )
    else:
        return None
    found = (_in_document(*part, variables, defaults) for part in parts if _has_lists(part[2]))
    return next((error for error in found if error is not None), None)


def _in_variable(
    place: str, path: tuple[str, ...], kind: GraphQLInputType, value: object
) -> ClientError | None:
    """Check a JSON value, which may have any form."""
    inner = _item_type(kind, is_list=isinstance(value, list))
    parts: Sequence[tuple[str, tuple[str, ...], GraphQLInputType, object]] = ()
    if isinstance(inner, GraphQLList) and isinstance(value, list):
        if len(value) > MOST.get(place, 0):
            return _error(place, path, len(value))
        if _has_lists(inner.of_type):
            parts = [(place, path, inner.of_type, one) for one in value]
    elif isinstance(inner, GraphQLInputObjectType) and isinstance(value, dict):
        parts = [
            (f"{inner.name}.{name}", (*path, name), field.type, value[name])
            for name, field in inner.fields.items()
            if name in value and _has_lists(field.type)
        ]
    found = (_in_variable(*part) for part in parts)
    return next((error for error in found if error is not None), None)


def _item_type(kind: GraphQLInputType, *, is_list: bool) -> GraphQLInputType:
    """Return the type that a value is read as: GraphQL accepts a single item in place of a list."""
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return (
        _item_type(inner.of_type, is_list=False) if isinstance(inner, GraphQLList) and not is_list else inner
    )


def _error(place: str, path: tuple[str, ...], length: int) -> ClientError:
    most, name = MOST.get(place, 0), path[-1]
    text = f"{name}: at most {most} items per request, not {length}. Send the rest in further requests."
    return exceeded("list", text, field=list(path), requested=length, allowed=most)
