"""Which kinds of found values an operation asks for, so that a page reads no others.

The result may contain too much, never too little: skipped fields count.
"""

from graphql import EnumValueNode, FieldNode, VariableNode

from models.outside.sources.source import FoundKind
from schema.graphql.context import Info
from schema.graphql.selected_fields import fields_of

Kinds = frozenset[FoundKind] | None  # None: all


def kinds_asked(info: Info) -> Kinds:
    """Return the kinds that are asked for below a field `smartData`; none if it has no `found`."""
    kinds = {_kind(node, info) for node in fields_of(info) if node.name.value == "found"}
    return None if None in kinds else frozenset(kind for kind in kinds if kind is not None)


def _kind(node: FieldNode, info: Info) -> FoundKind | None:
    """Return the one kind that a field `found` asks for; None if it asks for all, or for what is no kind."""
    for argument in node.arguments or ():
        if argument.name.value == "kind":
            value: object = argument.value
            if isinstance(value, EnumValueNode):
                value = value.value
            elif isinstance(value, VariableNode):
                value = info.variable_values.get(value.name.value)
            return next((kind for kind in FoundKind if kind == value), None)
    return None
