"""Plans of the fast path: which attribute of a view a field reads, and how its value is serialised.

A field that is not plain has no plan, and `schema.graphql.fast_path.execution` uses graphql-core for it. A
plan retains nothing that it has resolved.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from operator import attrgetter
from types import GeneratorType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, cast
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLField, GraphQLID, GraphQLScalarType, GraphQLString
from graphql.pyutils import Path, Undefined
from strawberry.types.unset import UNSET

if TYPE_CHECKING:
    from graphql import FieldNode, GraphQLObjectType

Fields = dict[str, list[Any]]  # graphql-core's GroupedFieldSet: by response name
# The position in the response, in the form of `Path`, which is created from it only on request.
Place: TypeAlias = "tuple[Place | None, str | int, str | None]"


class Run(Protocol):
    """The parts of the execution that plans need."""

    @property
    def is_awaitable(self) -> Callable[[Any], bool]:
        """The function that checks whether a value is awaitable."""

    def info(
        self, definition: GraphQLField, parent: GraphQLObjectType, nodes: list[FieldNode], place: Place
    ) -> object:
        """Return the info of a resolver."""


Answer = Callable[[Any, "Place | None", Run], Any]  # of a view and its position
Finish = Callable[[Any, "Place | None", Run], Any]  # of a value read from a view and its position
FinishAll = Callable[[Sequence[Any], "Sequence[Place]", Run], Awaitable[list[Any]]]  # of many

_PLAIN = frozenset({str, int, bool, float, datetime, date, timedelta, UUID, dict})


class NotPlain(Exception):  # noqa: N818 - control flow within execution, never seen outside
    """The value that was read cannot be completed synchronously."""


class Later(NamedTuple):
    """A field whose resolver awaits: started for all objects of a list, then completed for all of them."""

    name: str
    start: Callable[[Any, Place | None, Run], Awaitable[Any]]  # of a view and its position
    finish: FinishAll


class Plan(NamedTuple):
    """How the fields of one selection are resolved: some synchronously, the others by graphql-core.

    `later` are those of the others that can be resolved for all objects of a list together.
    """

    names: dict[str, Any]  # all of them, in order
    answers: list[tuple[str, Answer]]
    later: list[Later]
    others: Fields
    fields: Fields  # a reference, so that its id is not reused


class Reader(NamedTuple):
    """What reads a field: an attribute or a resolver, and whether it takes an info and whether it awaits."""

    read: Callable[..., Any]
    wants_info: bool = False
    awaits: bool = False


def reader_of(definition: GraphQLField, given: Mapping[str, object]) -> Reader | None:
    """Return the reader of a field with the arguments `given`; None if it is not plain."""
    field = definition.extensions.get("strawberry-definition")
    if field is None or field.extensions:
        return None
    if getattr(definition.resolve, "_is_default", False):
        return Reader(attrgetter(field.python_name)) if field.default_resolver is getattr else None
    resolver = field.base_resolver
    if resolver is None or resolver.parent_parameter is None:
        return None
    expected = [resolver.parent_parameter.name]
    if resolver.info_parameter:
        expected.append(resolver.info_parameter.name)
    taken = list(resolver.signature.parameters)
    if taken[: len(expected)] != expected or not given.keys() <= set(taken[len(expected) :]):
        return None
    read = partial(resolver.wrapped_func, **given) if given else resolver.wrapped_func
    return Reader(read, bool(resolver.info_parameter), resolver.is_async)


def path_of(place: Place | None) -> Path | None:
    """Return a path in graphql-core's form."""
    if place is None or isinstance(place, Path):
        return place
    return Path(path_of(place[0]), place[1], place[2])


def answer(read: Callable[[Any], Any], finish: Finish, name: str, parent: GraphQLObjectType) -> Answer:
    """Resolve the field `name` of the type `parent`: read, then complete."""
    of_type = parent.name
    return lambda source, place, run: finish(read(source), (place, name, of_type), run)


def answer_with_info(
    read: Callable[[Any, Any], Any],
    finish: Finish,
    name: str,
    parent: GraphQLObjectType,
    definition: GraphQLField,
    nodes: list[FieldNode],
) -> Answer:
    """Like `answer`, with a resolver that takes an info."""
    of_type = parent.name

    def at_once(source: Any, place: Place | None, run: Run) -> Any:
        here = (place, name, of_type)
        return finish(read(source, run.info(definition, parent, nodes, here)), here, run)

    return at_once


def start_plain(read: Callable[[Any], Any]) -> Callable[[Any, Place | None, Run], Any]:
    """Start a resolver that takes only the view."""
    return lambda source, *_: read(source)


def start_with_info(
    read: Callable[[Any, Any], Any],
    definition: GraphQLField,
    parent: GraphQLObjectType,
    nodes: list[FieldNode],
) -> Callable[[Any, Place | None, Run], Any]:
    """Start a resolver that takes an info, at the position of its own field."""
    return lambda source, place, run: read(source, run.info(definition, parent, nodes, cast("Place", place)))


def answer_text(read: Callable[[Any], Any], finish: Finish) -> Answer:
    """Like `answer`, for text that needs no serialisation: most of a page."""

    def at_once(source: Any, _: Place | None, run: Run) -> Any:
        value = read(source)
        return value if value.__class__ is str else finish(value, None, run)

    return at_once


def answer_always(text: str) -> Answer:
    """Resolve to a constant, such as `__typename`."""
    return lambda *_: text


def writes_text_as_it_is(type_: GraphQLScalarType | GraphQLEnumType) -> bool:
    """Return whether a leaf of this type is text that needs no serialisation."""
    return type_ is GraphQLString or type_ is GraphQLID or type_.coerce_output_value is str


def finish_leaf(write: Callable[[Any], object]) -> Finish:
    """Serialise a leaf."""
    members: dict[Enum, object] = {}  # otherwise each is searched for among all members

    def finish(value: Any, _: Place | None, run: Run) -> object:
        del run
        if value.__class__ in _PLAIN:
            written = write(value)
        elif isinstance(value, Enum):
            written = members.get(value)
            if written is None:
                written = members[value] = write(value)
        else:
            raise NotPlain
        if written is None:
            raise NotPlain
        return written

    return finish


def finish_object(
    answers: list[tuple[str, Answer]], is_type_of: Callable[[Any, Any], object] | None
) -> Finish:
    """Complete an object."""
    known = set[type]()  # whose instances are not null, not errors, not awaitable

    def finish(value: Any, place: Place | None, run: Run) -> dict[str, Any]:
        if value.__class__ not in known:
            if value is None or value is Undefined or value is UNSET:
                raise NotPlain
            if isinstance(value, Exception | GeneratorType) or run.is_awaitable(value):
                raise NotPlain
            known.add(value.__class__)
        if is_type_of is not None and is_type_of(value, None) is not True:
            raise NotPlain
        return {name: at_once(value, place, run) for name, at_once in answers}

    return finish


def finish_items(finish_item: Finish) -> Finish:
    """Complete the items of a list; a tuple that several objects share is completed once."""
    shared: dict[int, tuple[object, list[Any]]] = {}  # with the tuple, so that its id is not reused

    def finish(values: Any, place: Place | None, run: Run) -> list[Any]:
        if values.__class__ is tuple and (known := shared.get(id(values))) is not None:
            return known[1]
        if not isinstance(values, list | tuple):
            raise NotPlain
        items = [finish_item(value, (place, index, None), run) for index, value in enumerate(values)]
        if values.__class__ is tuple:
            shared[id(values)] = values, items
        return items

    return finish


def finish_each(finish: Finish) -> FinishAll:
    """Complete many values, one after the other."""

    async def finish_all(values: Sequence[Any], places: Sequence[Place], run: Run) -> list[Any]:
        return [finish(value, place, run) for value, place in zip(values, places, strict=True)]

    return finish_all


def finish_together(plan: Plan, of_type: str, is_type_of: Callable[[Any, Any], object] | None) -> FinishAll:
    """Complete objects of one type, of which all resolvers that await are started before any is awaited."""
    begin = finish_object(plan.answers, is_type_of)

    async def finish_all(values: Sequence[Any], places: Sequence[Place], run: Run) -> list[Any]:
        begun = [begin(value, place, run) for value, place in zip(values, places, strict=True)]
        below = {field.name: [(place, field.name, of_type) for place in places] for field in plan.later}
        started = [
            field.start(value, place, run)
            for field in plan.later
            for value, place in zip(values, below[field.name], strict=True)
        ]
        resolved = await gather(*started, return_exceptions=True)  # all of them end before one is reported
        if any(isinstance(one, BaseException) for one in resolved):
            raise NotPlain
        columns = {
            field.name: await field.finish(
                resolved[number * len(values) : (number + 1) * len(values)], below[field.name], run
            )
            for number, field in enumerate(plan.later)
        }
        return [
            plan.names | known | {name: column[row] for name, column in columns.items()}
            for row, known in enumerate(begun)
        ]

    return finish_all


def all_or_null(finish: FinishAll) -> FinishAll:
    """Like `finish`, for nullable values."""

    async def finish_all(values: Sequence[Any], places: Sequence[Place], run: Run) -> list[Any]:
        there = [row for row, value in enumerate(values) if value is not None]
        found = await finish([values[row] for row in there], [places[row] for row in there], run)
        completed: list[Any] = [None] * len(values)
        for row, one in zip(there, found, strict=True):
            completed[row] = one
        return completed

    return finish_all


def or_null(finish: Finish) -> Finish:
    """Like `finish`, for nullable values."""
    return lambda value, place, run: None if value is None else finish(value, place, run)
