"""Owns a short way through execution for what lists are made of: what a view has at hand, down to its leaves.

Must not answer differently: what is not plain, or goes wrong, goes graphql-core's own way from the start.
"""

from collections.abc import Awaitable
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    get_nullable_type,
)
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.execution_plan import Fields, Plan, Step, reader_of

_PLAIN = frozenset({str, int, bool, float, datetime, UUID})


class _NotPlain(Exception):  # noqa: N818 - never leaves this module
    pass


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Execution of one operation. A leaf costs a fifth of what it costs there; a page has a thousand."""

    def __init__(self, *values: Any, **named: Any) -> None:
        """Begin with nothing planned."""
        super().__init__(*values, **named)
        self._plans: dict[tuple[str, int], Plan] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Fields,
        position_context: Any,
    ) -> Any:
        """Answer what is at hand at once, the rest as graphql-core does; all, when something is not plain."""
        as_ever = partial(super().execute_fields, parent_type, source_value, path)
        key = parent_type.name, id(grouped_field_set)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._plan(parent_type, grouped_field_set)
        if not plan.steps or position_context is not None:
            return as_ever(grouped_field_set, position_context)
        try:
            results = self._answer(plan.steps, source_value, path, dict(plan.names))
        except Exception:  # noqa: BLE001 - graphql-core meets the same again, and tells it with its place
            return as_ever(grouped_field_set, position_context)
        if not plan.others:
            return results
        rest = as_ever(plan.others, position_context)
        if isinstance(rest, dict):
            return _joined(results, rest, plan.others)
        return _joined_later(results, rest, plan.others)

    def _answer(
        self, steps: list[Step], source: object, path: Path | None, results: dict[str, Any]
    ) -> dict[str, Any]:
        for step in steps:
            name = step.name
            value = step.read(source) if step.field is None else step.read(source, self._info(step, path))
            if value is None:
                if not step.nullable:
                    raise _NotPlain
                results[name] = None
            elif step.write is None:
                here = Path(path, name, step.parent.name)
                results[name] = (self._items if step.items else self._object)(step, value, here)
            else:
                if value.__class__ not in _PLAIN and not isinstance(value, Enum):
                    raise _NotPlain
                written = results[name] = step.write(value)
                if written is None:
                    raise _NotPlain
        return results

    def _object(self, step: Step, value: object, path: Path) -> dict[str, Any]:
        if isinstance(value, Exception) or self.is_awaitable(value):
            raise _NotPlain
        if step.is_type_of is not None and step.is_type_of(value, None) is not True:
            raise _NotPlain
        return self._answer(step.steps, value, path, {})

    def _items(self, step: Step, values: object, path: Path) -> list[dict[str, Any] | None]:
        if not isinstance(values, list):
            raise _NotPlain
        answers: list[dict[str, Any] | None] = []
        for index, value in enumerate(values):
            if value is None and not step.item_nullable:
                raise _NotPlain
            answers.append(None if value is None else self._object(step, value, Path(path, index, None)))
        return answers

    def _info(self, step: Step, path: Path | None) -> "strawberry.Info[Any, Any]":
        field = step.field
        assert field is not None  # noqa: S101 - asked only where there is one
        raw = self.build_resolve_info(field, step.nodes, step.parent, Path(path, step.name, step.parent.name))
        return strawberry.Info(raw, field.extensions["strawberry-definition"])

    def _plan(self, parent_type: GraphQLObjectType, fields: Fields) -> Plan:
        found = {name: self._step(parent_type, name, details) for name, details in fields.items()}
        steps = [step for step in found.values() if step is not None]
        others = {name: fields[name] for name, step in found.items() if step is None}
        return Plan(dict.fromkeys(fields), steps, others, fields)

    def _step(self, parent_type: GraphQLObjectType, name: str, details: list[Any]) -> Step | None:
        node = details[0].node
        definition = self.schema.get_field(parent_type, node.name.value)
        wrapped = self.middleware_manager and self.middleware_manager.middlewares
        if wrapped or definition is None or node.arguments or definition.args:
            return None
        reader, type_ = reader_of(definition), get_nullable_type(definition.type)
        if reader is None:
            return None
        read, wants_info = reader
        item = type_.of_type if isinstance(type_, GraphQLList) else None
        below = type_ if item is None else get_nullable_type(item)
        write = below.coerce_output_value if isinstance(below, GraphQLScalarType | GraphQLEnumType) else None
        steps = None if write else self._steps_below(below, details)
        if (item is not None and write) or (write is None and steps is None):
            return None
        return Step(
            name,
            read,
            type_ is definition.type,
            write,
            parent_type,
            steps or [],
            below.is_type_of if isinstance(below, GraphQLObjectType) else None,
            item is not None,
            below is item,
            definition if wants_info else None,
            [detail.node for detail in details],
        )

    def _steps_below(self, type_: object, details: list[Any]) -> list[Step] | None:
        """Return the steps of an object's selection; None where not all is at hand."""
        if not isinstance(type_, GraphQLObjectType):
            return None
        below, deferred, _ = self.collect_subfields(type_, details)
        plan = self._plan(type_, below)
        return None if deferred or plan.others else plan.steps


def _joined(results: dict[str, Any], rest: dict[str, Any], others: Fields) -> dict[str, Any]:
    if len(rest) < len(others):  # a field that is not there has no place in the answer
        results = {name: value for name, value in results.items() if name in rest or name not in others}
    results.update(rest)
    return results


async def _joined_later(
    results: dict[str, Any], rest: Awaitable[dict[str, Any]], others: Fields
) -> dict[str, Any]:
    return _joined(results, await rest, others)
