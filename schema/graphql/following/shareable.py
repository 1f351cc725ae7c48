"""Decides whether all who make the same subscription can be sent the same results.

That is so if every field is read from the event alone: an attribute, or a resolver that gets neither an info
nor arguments, so it knows no viewer, no language and no clock. A field that needs more can be declared
`SHAREABLE` if all viewers with the same rights and the same relation to the event are shown the same.
Anything else, such as a directive, makes the whole selection unshareable.
"""

from collections.abc import Mapping
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
)

from schema.graphql.fast_path.plan import reader_of

# Metadata of a field. It must not be nullable: a viewer who may not see a row then causes an error, which is
# not shared.
SHAREABLE: Final[Mapping[Any, Any]] = {"shareable": True}

_TYPENAME = "__typename"


def is_shareable(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> bool:
    """Return whether a valid subscription's results depend on nothing but the event and the viewer's rights.

    Arguments of the root field are allowed: they choose events. Each fragment is visited once per type.
    """
    root = schema.subscription_type
    if root is None or operation.directives:
        return False
    left: list[tuple[GraphQLNamedType, SelectionSetNode]] = []
    for one in operation.selection_set.selections:
        definition = schema.get_field(root, one.name.value) if isinstance(one, FieldNode) else None
        if definition is None or one.directives or not isinstance(one, FieldNode) or not one.selection_set:
            return False
        left.append((get_named_type(definition.type), one.selection_set))
    seen = set[tuple[str, str]]()
    while left:
        parent, selections = left.pop()
        for one in selections.selections:
            below = _below(schema, parent, one, fragments)
            if below is None:
                return False
            if isinstance(one, FragmentSpreadNode):
                if (parent.name, one.name.value) in seen:
                    continue
                seen.add((parent.name, one.name.value))
            if below[1] is not None:
                left.append((below[0], below[1]))
    return True


def _below(
    schema: GraphQLSchema,
    parent: GraphQLNamedType,
    selection: SelectionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> tuple[GraphQLNamedType, SelectionSetNode | None] | None:
    """Return the type and the selections below a selection; None if it is not shareable."""
    if selection.directives:
        return None
    if isinstance(selection, FieldNode):
        type_ = _type_of(schema, parent, selection)
        return None if type_ is None else (type_, selection.selection_set)
    if isinstance(selection, FragmentSpreadNode):
        fragment = fragments[selection.name.value]
        if selection.arguments or fragment.variable_definitions or fragment.directives:
            return None
        return _named(schema, fragment.type_condition.name.value, fragment.selection_set)
    condition = getattr(selection, "type_condition", None)
    inner: SelectionSetNode = selection.selection_set  # type: ignore[attr-defined]
    return (parent, inner) if condition is None else _named(schema, condition.name.value, inner)


def _named(
    schema: GraphQLSchema, name: str, selections: SelectionSetNode
) -> tuple[GraphQLNamedType, SelectionSetNode] | None:
    type_ = schema.get_type(name)
    return None if type_ is None else (type_, selections)


def _type_of(schema: GraphQLSchema, parent: GraphQLNamedType, field: FieldNode) -> GraphQLNamedType | None:
    """Return the type of a shareable field, otherwise None."""
    name = field.name.value
    if not isinstance(parent, GraphQLObjectType):
        # Of an interface, each type resolves the field in its own way.
        return parent if name == _TYPENAME else None
    definition = schema.get_field(parent, name)
    if definition is None:
        return None
    if name != _TYPENAME:
        if field.arguments or definition.args:
            return None
        reader = reader_of(definition, {})
        if reader is None or reader.wants_info or reader.awaits:
            declared = getattr(definition.extensions.get("strawberry-definition"), "metadata", {})
            if not (declared.get("shareable") and isinstance(definition.type, GraphQLNonNull)):
                return None
    return get_named_type(definition.type)
