"""Owns how the fields of one selection can be answered: what is read of a view, and what becomes of it.

Must not answer: `schema.execution` does.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from graphql import GraphQLField, GraphQLObjectType

Fields = dict[str, list[Any]]  # graphql-core's GroupedFieldSet: by response name


class Step(NamedTuple):
    """How one field is answered at once: read from the view, then written or answered by steps below."""

    name: str
    read: Callable[..., Any]
    nullable: bool
    write: Callable[[Any], object] | None
    parent: GraphQLObjectType
    steps: "list[Step]"
    is_type_of: Callable[[Any, Any], object] | None  # of an object's type
    items: bool  # a list of such objects
    item_nullable: bool
    field: GraphQLField | None  # of a resolver that takes where it stands
    nodes: list[Any]


class Plan(NamedTuple):
    """How the fields of one selection are answered: some at once, the others as ever."""

    names: dict[str, Any]  # all of them, in order
    steps: list[Step]
    others: Fields
    fields: Fields  # kept, so that its id stays its own


def reader_of(definition: GraphQLField) -> tuple[Callable[..., Any], bool] | None:
    """Return what reads the field of a view, its attribute or a plain resolver, and if that takes an info."""
    field = definition.extensions.get("strawberry-definition")
    if field is None or field.extensions:
        return None
    if getattr(definition.resolve, "_is_default", False):
        return (attrgetter(field.python_name), False) if field.default_resolver is getattr else None
    resolver = field.base_resolver
    if resolver is None or resolver.is_async or resolver.parent_parameter is None:
        return None
    taken = list(resolver.signature.parameters)
    if taken == [resolver.parent_parameter.name]:
        return resolver.wrapped_func, False
    if resolver.info_parameter and taken == [resolver.parent_parameter.name, resolver.info_parameter.name]:
        return resolver.wrapped_func, True
    return None
