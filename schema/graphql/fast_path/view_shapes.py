"""How the values of fields are completed by compiled code: leaves, objects, lists and nodes of any type.

A shape is `plain` if nothing below it awaits; then it is part of the expression of the object above. What
graphql-core would report, such as a null where none may be, raises: graphql-core then answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import GeneratorType
from typing import TYPE_CHECKING, Any, Protocol, cast

import orjson
from graphql import GraphQLBoolean, GraphQLEnumType, GraphQLID, GraphQLInt, GraphQLScalarType, GraphQLString
from graphql.pyutils import Undefined
from strawberry.execution import optimized_is_awaitable
from strawberry.types.unset import UNSET

from schema.graphql.fast_path.plan import finish_leaf
from schema.graphql.fast_path.row_types import NotCovered

if TYPE_CHECKING:
    from graphql import GraphQLAbstractType, GraphQLObjectType

    from schema.graphql.fast_path.running import Running

Views = Sequence[Any]
One = Callable[[Any, list[object]], object]  # of a value, and what the code is given of the request
LARGEST, SMALLEST = 2**31 - 1, -(2**31)  # of GraphQL's Int
_ANY_JSON = "Facts"  # written here as the endpoint writes it, which has other options


class Shape(Protocol):
    """How values of one type are completed, with one selection."""

    @property
    def plain(self) -> bool:
        """Whether nothing awaits."""

    def text(self, value: str, constant: Callable[[object], str]) -> str:
        """Return the expression that completes the value of an expression; only if it is plain."""

    def one(self, value: Any, given: list[object]) -> object:
        """Complete a value; only if it is plain."""

    async def all(self, values: Views, given: list[object], running: Running) -> list[object]:
        """Complete many values together."""


class Leaf:
    """A scalar or a member of an enum."""

    plain = True

    def __init__(self, of_type: GraphQLScalarType | GraphQLEnumType, *, nullable: bool) -> None:
        """Take the type."""
        self._type = of_type
        self._write = _writer(of_type, nullable=nullable)

    def text(self, value: str, constant: Callable[[object], str]) -> str:
        """Leave what needs no function call as it is; orjson writes instants as the scalar does."""
        of_type, write = self._type, constant(self._write)
        if of_type is GraphQLBoolean:
            check = "(v := {}).__class__ is bool"
        elif of_type is GraphQLInt:
            check = f"(v := {{}}).__class__ is int and {SMALLEST} <= v <= {LARGEST}"
        elif of_type in {GraphQLString, GraphQLID} or of_type.coerce_output_value is str:
            check = "(v := {}).__class__ is str"
        elif of_type.name == "DateTime":
            check = f"(v := {{}}).__class__ is {constant(datetime)} and v.tzinfo is {constant(UTC)}"
        else:
            return f"{write}({value})"
        return f"(v if {check.format(value)} else {write}(v))"

    def one(self, value: Any, given: list[object]) -> object:
        """Write it."""
        del given
        return self._write(value)

    async def all(self, values: Views, given: list[object], running: Running) -> list[object]:
        """Write them."""
        del given, running
        return [self._write(value) for value in values]


class Items:
    """A list."""

    def __init__(self, item: Shape, *, nullable: bool) -> None:
        """Take the shape of its items."""
        self._item, self._nullable = item, nullable
        self.plain = item.plain

    def text(self, value: str, constant: Callable[[object], str]) -> str:
        """Call a function."""
        return f"{constant(self.one)}({value}, given)"

    def one(self, value: Any, given: list[object]) -> object:
        """Complete the items one by one."""
        if value is None and self._nullable:
            return None
        one = self._item.one
        return [one(item, given) for item in _items(value)]

    async def all(self, values: Views, given: list[object], running: Running) -> list[object]:
        """Complete the items of all lists together."""
        lists = [() if value is None and self._nullable else _items(value) for value in values]
        found = iter(await self._item.all([item for items in lists for item in items], given, running))
        return [
            None if value is None else [next(found) for _ in items]
            for value, items in zip(values, lists, strict=True)
        ]


class Objects(Protocol):
    """Completes objects of one type; nulls were sorted out."""

    @property
    def plain(self) -> bool:
        """Whether nothing awaits."""

    @property
    def one(self) -> One:
        """The function that completes one; only if nothing awaits."""

    async def all(self, views: Views, given: list[object], running: Running) -> list[object]:
        """Complete many together."""


class Object:
    """An object that may be null."""

    def __init__(self, code: Objects, *, nullable: bool) -> None:
        """Take what completes those that are there."""
        self._code, self._nullable = code, nullable
        self.plain = code.plain

    def text(self, value: str, constant: Callable[[object], str]) -> str:
        """Call its function."""
        one = constant(self._code.one)
        if not self._nullable:
            return f"{one}({value}, given)"
        return f"({one}(v, given) if (v := {value}) is not None else None)"

    def one(self, value: Any, given: list[object]) -> object:
        """Complete it."""
        return None if value is None and self._nullable else self._code.one(value, given)

    async def all(self, values: Views, given: list[object], running: Running) -> list[object]:
        """Complete those that are there."""
        there = [value for value in values if value is not None]
        if len(there) == len(values):
            return await self._code.all(values, given, running)
        if not self._nullable:
            raise NotCovered
        found = iter(await self._code.all(there, given, running) if there else ())
        return [None if value is None else next(found) for value in values]


class OfAnyType:
    """Objects behind an interface: the code of a type is made when the first of its objects is seen."""

    plain = False

    def __init__(
        self, of_type: GraphQLAbstractType, code_of: Callable[[Running, GraphQLObjectType], Rendered]
    ) -> None:
        """Take what makes the code of a type."""
        self._type, self._code_of = of_type, code_of
        self._known: dict[type, Rendered | None] = {}  # by the class of the views; None if not covered

    def one(self, value: Any, given: list[object]) -> object:
        """Never called: it is not plain."""
        del value, given
        raise NotCovered

    async def all(self, views: Views, given: list[object], running: Running) -> list[object]:
        """Complete the objects of each type together."""
        del given
        found: list[object] = [None] * len(views)
        for kind in dict.fromkeys(map(type, views)):
            places = [place for place, view in enumerate(views) if type(view) is kind]
            if kind not in self._known:
                self._known[kind] = self._write(views[places[0]], running)
            code = self._known[kind]
            if code is None:
                raise NotCovered
            rendered = await code.rendered([views[place] for place in places], running)
            for place, one in zip(places, rendered, strict=True):
                found[place] = one
        return found

    def _write(self, view: object, running: Running) -> Rendered | None:
        try:
            return self._code_of(running, self._type_of(view, running))
        except NotCovered:
            return None

    def _type_of(self, view: object, running: Running) -> GraphQLObjectType:
        """Return the type whose `is_type_of` accepts the view, as graphql-core finds it."""
        if isinstance(view, Mapping) or hasattr(view, "__strawberry_definition__"):
            raise NotCovered
        for possible in running.schema.get_possible_types(self._type):
            if possible.is_type_of is not None and possible.is_type_of(view, None) is True:  # type: ignore[arg-type]
                return possible
        raise NotCovered


class Rendered(Protocol):
    """Code that is given what it needs of a request by itself."""

    async def rendered(self, views: Views, running: Running) -> list[object]:
        """Complete views."""


def check_object(value: object) -> None:
    """Refuse what graphql-core does not complete as an object."""
    if value is None or value is Undefined or value is UNSET:
        raise NotCovered
    if isinstance(value, Exception | GeneratorType) or optimized_is_awaitable(value):
        raise NotCovered


def _items(value: object) -> Sequence[Any]:
    if value.__class__ is not list and value.__class__ is not tuple:
        raise NotCovered
    return cast("Sequence[Any]", value)


def _writer(of_type: GraphQLScalarType | GraphQLEnumType, *, nullable: bool) -> Callable[[Any], object]:
    """Return the function that writes a leaf; raises if graphql-core would report an error."""
    finish = finish_leaf(of_type.coerce_output_value)
    as_json = of_type.name == _ANY_JSON

    def write(value: Any) -> object:
        if value is None:
            if nullable:
                return None
            raise NotCovered
        written = finish(value, None, None)  # type: ignore[arg-type]
        return orjson.Fragment(orjson.dumps(written, option=orjson.OPT_NON_STR_KEYS)) if as_json else written

    return write
