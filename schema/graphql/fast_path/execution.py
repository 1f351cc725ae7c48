"""Fast execution of lists whose objects are complete: resolves a view down to its leaves synchronously.

The result must equal graphql-core's: fields that are not plain, or that fail, use graphql-core from the
start.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cached_property, partial
from typing import Any

import strawberry
from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    get_nullable_type,
)
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.graphql.context import Context
from schema.graphql.fast_path.plan import (
    Answer,
    Fields,
    Finish,
    Place,
    Plan,
    answer,
    answer_always,
    answer_text,
    answer_with_info,
    finish_items,
    finish_leaf,
    finish_object,
    or_null,
    path_of,
    reader_of,
    writes_text_as_it_is,
)
from schema.graphql.following.rights import rights_of
from schema.graphql.following.shareable import is_shareable
from schema.graphql.following.shared_results import Execute, Results

# Reading the whole schema takes more than a tenth of a second, so it must not hold the event loop. One
# thread: more would only take turns.
_READERS = ThreadPoolExecutor(1, thread_name_prefix="introspection")
_OF_THE_SCHEMA = frozenset({"__schema", "__type"})


class OfAll:
    """The execution of one event for one of those who are sent the same result."""

    def __init__(self, results: Results, key: Hashable, own: Execute) -> None:
        """Take what all share, what they have in common, and how one of them executes the event."""
        self._results, self._key, self._own = results, key, own

    def execute_operation(
        self, serially: bool | None = None
    ) -> "ExecutionResult | Awaitable[ExecutionResult]":
        """Return the result."""
        del serially
        return self._results.result(self._key, self._own)


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Execution of one operation. A leaf costs a fifth of graphql-core's time; a page has a thousand
    leaves.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        """Start without plans."""
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
        """Resolve plain fields synchronously and the rest with graphql-core; all with graphql-core if one
        fails.
        """
        as_ever = partial(super().execute_fields, parent_type, source_value, path)
        plan = self._plan(parent_type, grouped_field_set)
        if not plan.answers or position_context is not None:
            return as_ever(grouped_field_set, position_context)
        results = dict(plan.names)
        try:
            for name, at_once in plan.answers:
                results[name] = at_once(source_value, path, self)
        except Exception:  # noqa: BLE001 - graphql-core raises the same and reports it with its location
            return as_ever(grouped_field_set, position_context)
        if not plan.others:
            return results
        rest = as_ever(plan.others, position_context)
        if isinstance(rest, dict):
            return _joined(results, rest, plan.others)
        return _joined_later(results, rest, plan.others)

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: list[Any],
        path: Path,
        position_context: Any,
    ) -> Any:
        """Resolve one field with graphql-core; introspection in a thread, if a loop runs in this one."""
        resolve = partial(
            super().execute_field, parent_type, source, field_details_list, path, position_context
        )
        if field_details_list[0].node.name.value in _OF_THE_SCHEMA and _on_a_loop():
            return _in_a_thread(resolve)
        return resolve()

    def build_per_event_executor(self, payload: Any) -> Any:
        """Execute an event of a subscription, together with all who may be sent the same result."""
        results = getattr(payload, "results", None)
        if isinstance(results, Results) and (selection := self._shareable_selection) is not None:
            own = partial(self._execute_event, payload)
            return OfAll(results, (selection, rights_of(self.context_value)), own)
        return self._event_executor(payload)

    def _execute_event(self, payload: Any) -> Any:
        return self._event_executor(payload).execute_operation(False)

    @cached_property
    def _shareable_selection(self) -> tuple[str, str | None] | None:
        """What identifies the selection; None if its results cannot be shared."""
        text, named = self.operation.loc, self.operation.name
        if text is None or not isinstance(self.context_value, Context):
            return None
        fragments = {name: one.definition for name, one in self.fragments.items()}
        if not is_shareable(self.schema, self.operation, fragments):
            return None
        return text.source.body, named.value if named else None

    def _event_executor(self, payload: Any) -> "Execution":
        """Execute an event with new state, because a copy would share the plans."""
        executor = super().build_per_event_executor(payload)
        assert isinstance(executor, Execution)  # noqa: S101 - it is a copy of this one
        executor._plans = {}
        executor._relevant_sub_fields = {}  # graphql-core's own cache, which grows with each event
        return executor

    def info(
        self, definition: GraphQLField, parent: GraphQLObjectType, nodes: list[FieldNode], place: Place
    ) -> "strawberry.Info[Any, Any]":
        """Return the info of a resolver."""
        path = path_of(place)
        assert path is not None  # noqa: S101 - it contains at least the field's own name
        raw = self.build_resolve_info(definition, nodes, parent, path)
        return strawberry.Info(raw, definition.extensions["strawberry-definition"])

    def _plan(self, parent_type: GraphQLObjectType, fields: Fields) -> Plan:
        key = parent_type.name, id(fields)
        if key not in self._plans:
            found = {name: self._plan_field(parent_type, name, details) for name, details in fields.items()}
            answers = [(name, at_once) for name, at_once in found.items() if at_once is not None]
            others = {name: fields[name] for name, at_once in found.items() if at_once is None}
            self._plans[key] = Plan(dict.fromkeys(fields), answers, others, fields)
        return self._plans[key]

    def _plan_field(self, parent_type: GraphQLObjectType, name: str, details: list[Any]) -> Answer | None:
        node = details[0].node
        if node.name.value == "__typename":
            return answer_always(parent_type.name)
        definition = self.schema.get_field(parent_type, node.name.value)
        wrapped = self.middleware_manager and self.middleware_manager.middlewares
        if wrapped or definition is None or node.arguments or definition.args:
            return None
        reader = reader_of(definition)
        finish = reader and self._finish(definition.type, details)
        if reader is None or finish is None:
            return None
        read, wants_info = reader
        if wants_info:
            nodes = [detail.node for detail in details]
            return answer_with_info(read, finish, name, parent_type, definition, nodes)
        leaf = get_nullable_type(definition.type)
        if isinstance(leaf, GraphQLScalarType | GraphQLEnumType) and writes_text_as_it_is(leaf):
            return answer_text(read, finish)
        return answer(read, finish, name, parent_type)

    def _finish(self, type_: object, details: list[Any]) -> Finish | None:
        """Return the function that completes a value of this type; None if it is not entirely plain."""
        inner = get_nullable_type(type_)  # type: ignore[call-overload]
        finish = self._finish_what_is_there(inner, details)
        return or_null(finish) if finish is not None and inner is type_ else finish

    def _finish_what_is_there(self, type_: object, details: list[Any]) -> Finish | None:
        if isinstance(type_, GraphQLScalarType | GraphQLEnumType):
            return finish_leaf(type_.coerce_output_value)
        if isinstance(type_, GraphQLList):
            finish = self._finish(type_.of_type, details)
            return None if finish is None else finish_items(finish)
        if not isinstance(type_, GraphQLObjectType):
            return None
        try:
            fields, deferred, _ = self.collect_subfields(type_, details)
        except GraphQLError:  # an invalid `if` of `@skip`: graphql-core reports it with its location
            return None
        below = self._plan(type_, fields)
        if deferred or below.others:
            return None
        return finish_object(below.answers, type_.is_type_of)


def _on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _in_a_thread(resolve: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_READERS, copy_context().run, resolve)


def _joined(results: dict[str, Any], rest: dict[str, Any], others: Fields) -> dict[str, Any]:
    if len(rest) < len(others):  # an unknown field does not appear in the response
        results = {name: value for name, value in results.items() if name in rest or name not in others}
    results.update(rest)
    return results


async def _joined_later(
    results: dict[str, Any], rest: Awaitable[dict[str, Any]], others: Fields
) -> dict[str, Any]:
    return _joined(results, await rest, others)
