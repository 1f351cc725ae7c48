"""Owns a short way through execution for what lists are made of: leaves that a view has at hand.

Must not answer differently: what is not plain, or goes wrong, goes graphql-core's own way from the start.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLField, GraphQLObjectType, GraphQLScalarType, get_nullable_type
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

Fields = dict[str, list[Any]]  # graphql-core's GroupedFieldSet: by response name
_PLAIN = frozenset({str, int, bool, float, datetime, UUID})


class _Leaf(NamedTuple):
    read: Callable[[Any], Any]
    write: Callable[[Any], object]
    nullable: bool


class _Plan(NamedTuple):
    """How the fields of one selection are answered, in order: leaves at once, the others as ever."""

    leaves: list[tuple[str, _Leaf | None]]
    others: Fields
    fields: Fields  # kept, so that its id stays its own


class _NotPlain(Exception):  # noqa: N818 - never leaves this module
    pass


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Execution of one operation. A leaf costs a fifth of what it costs there; a page has a thousand."""

    def __init__(self, *values: Any, **named: Any) -> None:
        """Begin with nothing planned."""
        super().__init__(*values, **named)
        self._plans: dict[tuple[str, int], _Plan] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Fields,
        position_context: Any,
    ) -> Any:
        """Answer the leaves at once, the others as graphql-core does; all, when one is not plain."""
        as_ever = partial(super().execute_fields, parent_type, source_value, path)
        key = parent_type.name, id(grouped_field_set)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._plan(parent_type, grouped_field_set)
        if len(plan.others) == len(plan.leaves):
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        try:
            results = {
                name: None if leaf is None else _written(leaf, source_value) for name, leaf in plan.leaves
            }
        except Exception:  # noqa: BLE001 - graphql-core meets the same again, and tells it with its place
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        if not plan.others:
            return results
        rest = as_ever(plan.others, position_context)
        if isinstance(rest, dict):
            return _joined(results, rest, plan.others)
        return _joined_later(results, rest, plan.others)

    def _plan(self, parent_type: GraphQLObjectType, fields: Fields) -> _Plan:
        leaves = [(name, self._leaf(parent_type, details)) for name, details in fields.items()]
        return _Plan(leaves, {name: fields[name] for name, leaf in leaves if leaf is None}, fields)

    def _leaf(self, parent_type: GraphQLObjectType, details: list[Any]) -> _Leaf | None:
        node = details[0].node
        definition = self.schema.get_field(parent_type, node.name.value)
        wrapped = self.middleware_manager and self.middleware_manager.middlewares
        if wrapped or definition is None or node.arguments or definition.args:
            return None
        type_ = get_nullable_type(definition.type)
        if not isinstance(type_, GraphQLScalarType | GraphQLEnumType):
            return None
        read = _reader(definition)
        return None if read is None else _Leaf(read, type_.coerce_output_value, type_ is definition.type)


def _reader(definition: GraphQLField) -> Callable[[Any], Any] | None:
    """Return what reads the field of a view: its attribute, or a resolver that takes the view alone."""
    field = definition.extensions.get("strawberry-definition")
    if field is None or field.extensions:
        return None
    if getattr(definition.resolve, "_is_default", False):
        return attrgetter(field.python_name) if field.default_resolver is getattr else None
    resolver = field.base_resolver
    if resolver is None or resolver.is_async or resolver.parent_parameter is None:
        return None
    takes_view_alone = len(resolver.signature.parameters) == 1
    read: Callable[[Any], Any] | None = resolver.wrapped_func if takes_view_alone else None
    return read


def _written(leaf: _Leaf, source: object) -> object:
    value = leaf.read(source)
    if value is None and leaf.nullable:
        return None
    if value.__class__ not in _PLAIN and not isinstance(value, Enum):
        raise _NotPlain
    written = leaf.write(value)
    if written is None:
        raise _NotPlain
    return written


def _joined(results: dict[str, Any], rest: dict[str, Any], others: Fields) -> dict[str, Any]:
    if len(rest) < len(others):  # a field that is not there has no place in the answer
        results = {name: value for name, value in results.items() if name in rest or name not in others}
    results.update(rest)
    return results


async def _joined_later(
    results: dict[str, Any], rest: Awaitable[dict[str, Any]], others: Fields
) -> dict[str, Any]:
    return _joined(results, await rest, others)
