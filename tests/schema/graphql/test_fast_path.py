"""The fast path returns the same result as graphql-core, including errors and their paths."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import strawberry
from graphql import GraphQLError

from schema.graphql.fast_path.execution import Execution

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@strawberry.enum
class Colour(StrEnum):
    """A leaf that is serialised by name."""

    RED = "RED"


@strawberry.type
class Thing:
    """Every way in which a field can get its value."""

    name: str
    count: int
    nothing: str | None
    colour: Colour
    at: datetime
    key: UUID
    words: list[str]
    inner: "Thing | None"
    inners: list["Thing"]

    @strawberry.field
    def of_view(root: strawberry.Parent[Any]) -> str:  # noqa: N805
        """A resolver that takes only the view."""
        return f"{root.name}!"

    @strawberry.field
    def failing(root: strawberry.Parent[Any]) -> str | None:  # noqa: N805
        """Raise an error."""
        raise ValueError(root.name)

    @strawberry.field
    def asked(root: strawberry.Parent[Any], more: str = "?") -> str:  # noqa: N805
        """A resolver that takes an argument."""
        return f"{root.name}{more}"

    @strawberry.field
    def with_info(root: strawberry.Parent[Any], info: strawberry.Info) -> str:  # noqa: N805
        """A resolver that takes an info."""
        return f"{root.name} {info.path.key}"

    @strawberry.field
    async def later(root: strawberry.Parent[Any]) -> str:  # noqa: N805
        """A resolver that awaits."""
        return f"{root.name} later"

    @strawberry.field(graphql_type="Thing | None")  # type: ignore[untyped-decorator]
    async def loaded(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:  # noqa: N805
        """A resolver that awaits an object."""
        await asyncio.sleep(0)
        return None if root.name == "b" else _thing(name=f"{root.name} at {info.path.as_list()[-2]}")

    @strawberry.field
    async def failing_later(root: strawberry.Parent[Any], more: str = "") -> str | None:  # noqa: N805
        """A resolver that fails later for some."""
        await asyncio.sleep(0)
        if root.name == "b":
            raise ValueError(root.name)
        return f"{root.name}{more}"

    @strawberry.field(graphql_type=list["Thing"])  # type: ignore[untyped-decorator]
    def shared(root: strawberry.Parent[Any], count: int = 1, more: list[str] | None = None) -> Any:  # noqa: N805
        """A list that several things have, and arguments of which one is a list."""
        return _SHARED if more is None else [_thing(name=word) for word in more[:count]]


def _thing(**changed: object) -> SimpleNamespace:
    values: dict[str, object] = {
        "name": "a",
        "count": 3,
        "nothing": None,
        "colour": Colour.RED,
        "at": AT,
        "key": UUID(int=7),
        "words": ["x", "y"],
        "inner": None,
        "inners": [],
    }
    return SimpleNamespace(**{**values, **changed})


_SHARED = (_thing(name="shared"), _thing(name="by all"))


class Nameless:
    """A view whose attribute fails."""

    name = property(lambda _: 1 / 0)
    count = 2

    def __repr__(self) -> str:
        return "nameless"


@strawberry.interface
class Named:
    """A view whose type is determined by `is_type_of`."""

    name: str


@strawberry.type
class Stranger(Named):
    """A type that recognises its own objects."""

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether the object has a name."""
        return getattr(obj, "name", None) == "known"


@strawberry.type
class Shelf:
    """A view with lists."""

    things: list[Thing | None]
    goods: list[Thing]
    nothing: list[Thing] | None
    broken: list[Thing] | None
    strangers: list[Stranger | None]


class Event(SimpleNamespace):
    """A payload that the garbage collector can find."""


@strawberry.type
class Holder:
    """A view whose non-null field is missing."""

    must: "Holder"
    musts: list["Holder"]
    unset: "Holder"
    lists: list[list[str | None] | None]
    words: list[str]
    colours: list[Colour]
    facts: strawberry.scalars.JSON
    things: list[list[Thing | None]]

    @strawberry.field
    def constant(root: strawberry.Parent[Any]) -> str:  # noqa: N805
        """Return a constant."""
        return "x"


@strawberry.type
class Query:
    """The root."""

    @strawberry.field(graphql_type=Holder)  # type: ignore[untyped-decorator]
    def holder(self) -> Any:
        """Return a holder without its field."""
        return SimpleNamespace(
            must=None,
            musts=[None, SimpleNamespace()],
            unset=strawberry.UNSET,
            lists=[["a", None], None],
            words=("a", "tuple"),
            colours=[Colour.RED, "RED"],
            facts={"a": [1, None]},
            things=[[_thing(), None], [_thing(name=None)]],
        )

    @strawberry.field(graphql_type=Shelf)  # type: ignore[untyped-decorator]
    def shelf(self) -> Any:
        """Return lists, valid and invalid."""
        good = _thing(inners=[_thing(name="b"), _thing(name="c", inner=_thing())])
        return SimpleNamespace(
            things=[good, None, _thing(name=None), _thing()],
            goods=[good, good],
            nothing=None,
            broken=[good, None],
            strangers=[_thing(name="known"), _thing(name="unknown"), None],
        )

    @strawberry.field(graphql_type=list[Thing | None])  # type: ignore[untyped-decorator]
    def things(self) -> list[Any]:
        """Return valid and invalid items."""
        good = _thing(inner=_thing(name="inner"), inners=[_thing(name="b"), _thing(name="c", inner=_thing())])
        return [
            good,
            _thing(name=None),
            _thing(count="many"),
            _thing(count=2**40, colour="NO"),
            _thing(name=ValueError("a value that is an error")),
            _thing(name=Nameless()),
            Nameless(),
            _thing(inners=[_thing(name=None)]),
            _thing(inner=_thing(name=None, key="no key")),
            _thing(inner=_thing(inner=Nameless())),
            _thing(inner=ValueError("an error where an object should be")),
            None,
        ]


DOCUMENTS = [
    "{ shelf { things { name inners { withInfo inner { name } } } nothing { name } } }",
    "{ shelf { goods { name inners { withInfo inner { withInfo name } } } broken { name } } }",
    "{ shelf { goods { inners { failing } name } strangers { name } } }",
    "{ things { name inner { withInfo name inner { ofView } } } }",
    "{ things { inner { failing name } colour } }",
    "{ things { inner { later } name } }",
    "{ things { inner { words } withInfo } }",
    "{ things { inner { ...A } inner { key } } } fragment A on Thing { name inner { at } }",
    "{ things { name count } }",
    "{ things { again: name name nothing colour at key } }",
    "{ things { name __typename inner { name nothing } } }",
    "{ things { words inners { name inner { count key } } } }",
    "{ things { name ofView failing asked } }",
    '{ things { asked(more: "!") asked2: asked name } }',
    "{ things { withInfo name later count inners { later name } } }",
    "{ things { ...A ... on Thing { count name } } } fragment A on Thing { name inner { ...B } } "
    "fragment B on Thing { name count }",
    "query Q($yes: Boolean = true) { things { name @skip(if: $yes) count @include(if: $yes) key } }",
    "{ things { failing later name } }",
    "{ shelf { broken { name @skip(if: true) } goods { name @skip(if: true) } } }",
    "{ holder { constant must { constant } } }",
    "{ holder { constant musts { constant } } }",
    "{ holder { constant unset { constant } } }",
    "{ holder { constant lists words colours facts __typename } }",
    "{ holder { constant lists words colours facts things { name } } }",
    "{ things { __typename it: __typename inner { __typename } } }",
    "{ shelf { goods { name loaded { name withInfo } } things { later } } }",
    "{ shelf { goods { later loaded { name loaded { name loaded { withInfo } } } failingLater } } }",
    '{ shelf { goods { inners { name failingLater(more: "!") loaded { name } } } } }',
    "{ shelf { things { loaded { key inner { name } } } strangers { name } } }",
    "{ shelf { goods { loaded { inners { later } words } again: loaded { name } } } }",
    '{ shelf { goods { a: asked(more: "1") b: asked(more: "2") shared { name asked } } } }',
    'query($w: [String!] = ["x", "y"]) { shelf { goods { shared(count: 2, more: $w) { name } } } }',
    "query($m: String!) { shelf { goods { asked(more: $m) } } }",
    "query($n: Boolean = true) { things { name inner { name @skip(if: $n) count } } }",
    "query($n: Boolean = true) { shelf { nothing { name @skip(if: $n) } goods { name } } }",
    "query($n: Boolean = true) { holder { constant must { constant @include(if: $n) } } }",
]
NULL = {"n": None}  # for a variable that may be null, where `if` may not


def _error_parts(error: GraphQLError) -> tuple[Any, ...]:
    return error.message, error.path, error.locations


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_the_fast_path_answers_as_graphql_core_does(document: str) -> None:
    """Data, its order, and errors with their locations are the same."""
    answers = []
    for schema in (
        strawberry.Schema(query=Query),
        strawberry.Schema(Query, execution_context_class=Execution),
    ):
        schema.process_errors = lambda *_: None  # type: ignore[method-assign]
        result = await schema.execute(document, variable_values=NULL if "$n" in document else None)
        errors = sorted(map(_error_parts, result.errors or []), key=str)
        answers.append((result.data, str(result.data), errors))
    assert answers[0] == answers[1]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the fields that graphql-core resolves."""
    names: list[str] = []
    usual = Execution.execute_field

    def noted(self: Execution, parent: Any, source: Any, details: Any, *more: Any) -> Any:
        names.append(details[0].node.name.value)
        return usual(self, parent, source, details, *more)

    monkeypatch.setattr(Execution, "execute_field", noted)
    return names


async def test_resolvers_that_await_are_started_together_for_a_list(asked: list[str]) -> None:
    """Their fields, and those of the objects that they return, do not use graphql-core."""
    schema = strawberry.Schema(Query, execution_context_class=Execution)
    result = await schema.execute("{ shelf { goods { later loaded { name later loaded { later } } } } }")
    assert result.errors is None
    assert asked == ["shelf", "goods"]


async def test_nothing_of_an_event_is_retained() -> None:
    """A subscription may last for weeks, and its events contain personal data."""
    shown: list[weakref.ref[Event]] = []

    @strawberry.type
    class Subscription:
        """Events."""

        @strawberry.subscription(graphql_type=Thing)  # type: ignore[untyped-decorator]
        async def things(self) -> AsyncIterator[Any]:
            """Yield twenty events."""
            for number in range(20):
                event = Event(**vars(_thing(name=str(number), inner=_thing(), inners=[])))
                shown.append(weakref.ref(event))
                yield event
                del event

    schema = strawberry.Schema(Query, subscription=Subscription, execution_context_class=Execution)
    gc.freeze()  # so that the garbage of earlier tests is not scanned twenty times
    events = await schema.subscribe("subscription { things { withInfo name inner { name withInfo } } }")
    assert isinstance(events, AsyncIterator)
    alive = []
    async for event in events:
        assert event.errors is None
        del event
        gc.collect()
        alive.append(sum(one() is not None for one in shown))
    assert (len(alive), max(alive)) == (20, 1)


async def test_leaves_take_the_fast_path(asked: list[str]) -> None:
    """For a page of plain leaves, only the root field itself uses graphql-core."""
    schema = strawberry.Schema(Query, execution_context_class=Execution)
    schema.process_errors = lambda *_: None  # type: ignore[method-assign]
    await schema.execute("{ things { colour at key ofView } }")
    assert asked.count("colour") < 5  # those of the invalid items, which are reported as usual
    assert "things" in asked
