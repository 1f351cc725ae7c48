"""Fast execution of lists whose objects are complete: resolves a view down to its leaves synchronously.

The result must equal graphql-core's: fields that are not plain, or that fail, use graphql-core from the
start.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cached_property, partial
from typing import Any, cast

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
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.arguments import convert_arguments

from schema.graphql.context import Context
from schema.graphql.fast_path.info import LazyInfo
from schema.graphql.fast_path.plan import (
    Answer,
    Fields,
    Finish,
    FinishAll,
    Later,
    Place,
    Plan,
    Reader,
    all_or_null,
    answer,
    answer_always,
    answer_text,
    answer_with_info,
    finish_each,
    finish_items,
    finish_leaf,
    finish_object,
    finish_together,
    or_null,
    reader_of,
    start_plain,
    start_with_info,
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
        return LazyInfo(self, definition, parent, nodes, place)

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_details_list: list[Any],
        info: Any,
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Resolve the fields that await for all objects of a list together; all with graphql-core if one
        fails.
        """
        as_ever = partial(
            super().complete_list_value,
            *(return_type, field_details_list, info, path, result, position_context),
        )
        if position_context is not None or not isinstance(result, list | tuple) or len(result) < 2:
            return as_ever()
        finish = self._finish_all(return_type.of_type, field_details_list)
        return as_ever() if finish is None else self._complete_together(finish, result, path, as_ever)

    async def _complete_together(
        self, finish: FinishAll, result: Sequence[Any], path: Path, as_ever: Callable[[], Any]
    ) -> Any:
        places: list[Place] = [(cast("Place", path), index, None) for index in range(len(result))]
        try:
            return await finish(result, places, self)
        except Exception:  # noqa: BLE001 - graphql-core raises the same and reports it with its location
            completed = as_ever()
            return await completed if self.is_awaitable(completed) else completed

    def _plan(self, parent_type: GraphQLObjectType, fields: Fields) -> Plan:
        key = parent_type.name, id(fields)
        if key not in self._plans:
            found = {name: self._plan_field(parent_type, name, details) for name, details in fields.items()}
            answers = [(name, one) for name, one in found.items() if one and not isinstance(one, Later)]
            later = [one for one in found.values() if isinstance(one, Later)]
            answered = {name for name, _ in answers}
            others = {name: details for name, details in fields.items() if name not in answered}
            self._plans[key] = Plan(dict.fromkeys(fields), answers, later, others, fields)
        return self._plans[key]

    def _plan_field(
        self, parent_type: GraphQLObjectType, name: str, details: list[Any]
    ) -> Answer | Later | None:
        node = details[0].node
        if node.name.value == "__typename":
            return answer_always(parent_type.name)
        definition = self.schema.get_field(parent_type, node.name.value)
        wrapped = self.middleware_manager and self.middleware_manager.middlewares
        if wrapped or definition is None:
            return None
        given = self._arguments(definition, details[0])
        reader = None if given is None else reader_of(definition, given)
        if reader is None:
            return None
        plan = self._plan_later if reader.awaits else self._plan_answer
        return plan(reader, name, parent_type, definition, details)

    def _plan_answer(
        self,
        reader: Reader,
        name: str,
        parent_type: GraphQLObjectType,
        definition: GraphQLField,
        details: list[Any],
    ) -> Answer | None:
        finish = self._finish(definition.type, details)
        if finish is None:
            return None
        if reader.wants_info:
            nodes = [detail.node for detail in details]
            return answer_with_info(reader.read, finish, name, parent_type, definition, nodes)
        leaf = get_nullable_type(definition.type)
        if isinstance(leaf, GraphQLScalarType | GraphQLEnumType) and writes_text_as_it_is(leaf):
            return answer_text(reader.read, finish)
        return answer(reader.read, finish, name, parent_type)

    def _plan_later(
        self,
        reader: Reader,
        name: str,
        parent_type: GraphQLObjectType,
        definition: GraphQLField,
        details: list[Any],
    ) -> Later | None:
        finish_all = self._finish_all(definition.type, details) or self._finish_each(definition.type, details)
        if finish_all is None:
            return None
        if not reader.wants_info:
            return Later(name, start_plain(reader.read), finish_all)
        nodes = [detail.node for detail in details]
        return Later(name, start_with_info(reader.read, definition, parent_type, nodes), finish_all)

    def _arguments(self, definition: GraphQLField, details: Any) -> dict[str, object] | None:
        """Return the arguments of a field for its resolver; None if graphql-core has to report an error, or
        if a resolver could change one that is given to all.
        """
        if not definition.args and not details.node.arguments:
            return {}
        field = definition.extensions.get("strawberry-definition")
        if field is None:
            return None
        schema: strawberry.Schema = self.schema._strawberry_schema  # type: ignore[attr-defined]
        try:
            values = get_argument_values(
                *(definition, details.node, self.variable_values, details.fragment_variable_values)
            )
            registry, config = schema.schema_converter.scalar_registry, schema.config
            given = convert_arguments(values, field.arguments, registry, config)
            hash(tuple(given.values()))
        except Exception:  # noqa: BLE001 - graphql-core raises the same and reports it with its location
            return None
        return given

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
        below = self._plan_below(type_, details)
        if below is None or below.others or not isinstance(type_, GraphQLObjectType):
            return None
        return finish_object(below.answers, type_.is_type_of)

    def _finish_each(self, type_: object, details: list[Any]) -> FinishAll | None:
        finish = self._finish(type_, details)
        return None if finish is None else finish_each(finish)

    def _finish_all(self, type_: object, details: list[Any]) -> FinishAll | None:
        """Return the function that completes many objects of this type together; None if no resolver of
        theirs awaits, or if some fields need graphql-core.
        """
        inner = get_nullable_type(type_)  # type: ignore[call-overload]
        below = self._plan_below(inner, details)
        if below is None or not below.later or len(below.later) != len(below.others):
            return None
        assert isinstance(inner, GraphQLObjectType)  # noqa: S101 - otherwise it has no plan
        finish = finish_together(below, inner.name, inner.is_type_of)
        return all_or_null(finish) if inner is type_ else finish

    def _plan_below(self, type_: object, details: list[Any]) -> Plan | None:
        """Return the plan of the selection below a field; None if it has none."""
        if not isinstance(type_, GraphQLObjectType):
            return None
        try:
            fields, deferred, _ = self.collect_subfields(type_, details)
        except GraphQLError:  # an invalid `if` of `@skip`: graphql-core reports it with its location
            return None
        return None if deferred else self._plan(type_, fields)


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
