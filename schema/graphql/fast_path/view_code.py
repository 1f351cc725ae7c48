"""Code that turns views into the objects of a response: one expression for an object, compiled once per plan.

Strawberry's own definitions say how a field is read: an attribute of the view, or its resolver. Fields whose
resolvers await, and those with such fields below them, are read first, each for all objects of its level
together, so that a loader reads them in one statement; the expression then takes them as they are.

The text contains only response names, as Python writes them, attributes of our own views, and numbers;
everything else is bound as an object.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    get_nullable_type,
)

from schema.graphql.fast_path.info import LazyInfo
from schema.graphql.fast_path.plan import Place, Reader, reader_of
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.fast_path.running import side_by_side
from schema.graphql.fast_path.selection import strawberry_field, uses_variables
from schema.graphql.fast_path.view_shapes import (
    Items,
    Leaf,
    Object,
    OfAnyType,
    One,
    Shape,
    Views,
    check_object,
)

if TYPE_CHECKING:
    from graphql import GraphQLField

    from schema.graphql.fast_path.execution import Execution
    from schema.graphql.fast_path.running import Given, Running
    from schema.graphql.fast_path.selection import Details, Selection

_ANY_ITEM = 0  # in the path of an info: resolvers ask only whether they are inside a list


class ViewCode(NamedTuple):
    """How values of one field are completed, and what the code is given of a request."""

    shape: Shape
    asked: list[Given]

    async def rendered(self, values: Views, running: Running) -> list[object]:
        """Complete values."""
        return await self.shape.all(values, running.given(self.asked), running)


class Awaited(NamedTuple):
    """A field that is read before its objects are built, for all of them."""

    read: Callable[[Views, list[object]], list[Any]]
    awaits: bool  # whether what is read is awaited
    shape: Shape

    async def column(self, views: Views, given: list[object], running: Running) -> list[object]:
        """Return the completed field of each object. All resolvers have started before any is awaited, and
        all have ended before an error is raised.
        """
        values = self.read(views, given)
        if self.awaits:
            values = await gather(*values, return_exceptions=True)
            if any(isinstance(value, BaseException) for value in values):
                raise NotCovered
        return await self.shape.all(values, given, running)


class Column(Protocol):
    """What can be read for all objects together."""

    async def column(self, views: Views, given: list[object], running: Running) -> list[object]:
        """Return the completed field of each object."""


class Names:
    """The names of what an expression mentions."""

    def __init__(self) -> None:
        """Start without any."""
        self.space: dict[str, object] = {}

    def constant(self, value: object) -> str:
        """Bind an object."""
        name = f"constant{len(self.space)}"
        self.space[name] = value
        return name

    def function(self, head: str, *body: str) -> Callable[..., Any]:
        """Compile a function."""
        space = dict(self.space)
        exec("\n    ".join((f"def function({head}):", *body)), space)  # noqa: S102 - see above
        return cast("Callable[..., Any]", space["function"])


class Writing:
    """Writes the code below one field; it is not kept, nor is the request of which it knows the selection."""

    def __init__(self, selection: Selection) -> None:
        """Start without code."""
        self.selection = selection
        self.asked: list[Given] = []

    def shape(self, of_type: object, details: Details, place: Place) -> Shape:
        """Return how values of this type are completed. Raises `NotCovered`."""
        inner = get_nullable_type(of_type)  # type: ignore[call-overload]
        nullable = inner is of_type
        if isinstance(inner, GraphQLScalarType | GraphQLEnumType):
            return Leaf(inner, nullable=nullable)
        if isinstance(inner, GraphQLList):
            return Items(self.shape(inner.of_type, details, (place, _ANY_ITEM, None)), nullable=nullable)
        if isinstance(inner, GraphQLObjectType):
            return Object(ObjectCode(self, inner, details, place), nullable=nullable)
        if isinstance(inner, GraphQLInterfaceType):
            return Object(OfAnyType(inner, partial(_of_type, details, place)), nullable=nullable)
        raise NotCovered

    def code(self, of_type: object, details: Details, place: Place) -> ViewCode:
        """Return the code of values of this type. Raises `NotCovered`."""
        return ViewCode(self.shape(of_type, details, place), self.asked)

    def awaited(self, parent: GraphQLObjectType, details: Details, place: Place) -> Awaited:
        """Return how a field is read for all objects together. Raises `NotCovered`."""
        names = Names()
        definition = self.selection.definition(parent, details)
        here = (place, details[0].node.alias.value if details[0].node.alias else details[0].node.name.value)
        read, awaits = self.read(names, parent, details, (*here, parent.name))
        shape = self.shape(definition.type, details, (*here, parent.name))
        return Awaited(names.function("views, given", f"return [{read} for view in views]"), awaits, shape)

    def read(
        self, names: Names, parent: GraphQLObjectType, details: Details, place: Place
    ) -> tuple[str, bool]:
        """Return the expression that reads a field of `view`, and whether its value is to be awaited."""
        definition = self.selection.definition(parent, details)
        reader = _reader(definition, details, self.selection.execution)
        if isinstance(reader.read, attrgetter):
            return f"view.{strawberry_field(definition).python_name}", False
        if uses_variables(details[0].node.arguments or ()):
            function = f"given[{self._take(partial(_read_for, definition, details))}]"
        else:
            function = names.constant(reader.read)
        if not reader.wants_info:
            return f"{function}(view)", reader.awaits
        info = self._take(partial(_info_for, definition, parent, [one.node for one in details], place))
        return f"{function}(view, given[{info}])", reader.awaits

    def _take(self, one: Given) -> int:
        self.asked.append(one)
        return len(self.asked) - 1


class ObjectCode:
    """The code of one selection of an object type."""

    def __init__(self, writing: Writing, of_type: GraphQLObjectType, details: Details, place: Place) -> None:
        """Write it. Raises `NotCovered`."""
        names = Names()
        self._awaited: list[Awaited] = []
        fields = writing.selection.below(of_type, details)
        pairs = [
            f"{name!r}: {self._field(writing, names, of_type, one, (place, name, of_type.name))}"
            for name, one in fields.items()
        ]
        self._known = set[type]()  # of views that are objects of this type
        self._is_type_of = of_type.is_type_of
        admit = f"    {names.constant(self._admit)}(view)"
        check = f"if view.__class__ not in {names.constant(self._known)}:"
        built = f"{{{', '.join(pairs)}}}"
        columns = [f"awaited{number}" for number in range(len(self._awaited))]
        loop = f"{', '.join(('view', *columns))},"
        self._build = names.function(
            ", ".join(("views", "given", *columns)),
            *("for view in views:", f"    {check}", f"    {admit}"),
            f"return [{built} for {loop} in zip({', '.join(('views', *columns))}, strict=True)]",
        )
        self.plain = not self._awaited
        self.one: One = _never
        if self.plain:
            self.one = names.function("view, given", check, admit, f"return {built}")

    def _field(
        self,
        writing: Writing,
        names: Names,
        of_type: GraphQLObjectType,
        details: Details,
        place: Place,
    ) -> str:
        if details[0].node.name.value == "__typename":
            return repr(of_type.name)
        definition = writing.selection.definition(of_type, details)
        read, awaits = writing.read(names, of_type, details, place)
        shape = writing.shape(definition.type, details, place)
        if shape.plain and not awaits:
            return shape.text(read, names.constant)
        column = names.function("views, given", f"return [{read} for view in views]")
        self._awaited.append(Awaited(column, awaits, shape))
        return f"awaited{len(self._awaited) - 1}"

    async def all(self, views: Views, given: list[object], running: Running) -> list[object]:
        """Build the objects of views."""
        read = await columns(self._awaited, views, given, running)
        return cast("list[object]", self._build(views, given, *read))

    def _admit(self, view: object) -> None:
        """Refuse a view of a class that graphql-core would not complete as this type."""
        check_object(view)
        if self._is_type_of is not None and self._is_type_of(view, None) is not True:  # type: ignore[arg-type]
            raise NotCovered
        self._known.add(view.__class__)


async def columns(
    awaited: Sequence[Column], views: Views, given: list[object], running: Running
) -> list[list[object]]:
    """Read fields of the same objects, side by side."""
    return await side_by_side([one.column(views, given, running) for one in awaited])


def _of_type(details: Details, place: Place, running: Running, of_type: GraphQLObjectType) -> ViewCode:
    writing = Writing(running.selection())
    return ViewCode(Object(ObjectCode(writing, of_type, details, place), nullable=False), writing.asked)


def _reader(definition: GraphQLField, details: Details, execution: Execution) -> Reader:
    given = execution._arguments(definition, details[0])
    reader = None if given is None else reader_of(definition, given)
    if reader is None:
        raise NotCovered
    return reader


def _read_for(definition: GraphQLField, details: Details, running: Running) -> object:
    return _reader(definition, details, running.execution).read


def _info_for(
    definition: GraphQLField, parent: GraphQLObjectType, nodes: list[Any], place: Place, running: Running
) -> object:
    return LazyInfo(running, definition, parent, nodes, place)


def _never(value: Any, given: list[object]) -> object:
    del value, given
    raise NotCovered
