"""Compiled code completes views as graphql-core does, or raises; it never completes them differently."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
import strawberry
from graphql import parse

from schema.graphql.fast_path.answering import _written
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.fast_path.running import Running
from schema.graphql.fast_path.selection import Compiled, Selection
from schema.graphql.fast_path.view_plan import ViewPlan
from schema.graphql.prepared import Prepared
from schema.graphql.scalars import CONFIG, Duration, Facts
from tests.schema.graphql.test_fast_path import DOCUMENTS, Query


@strawberry.enum
class Plain(Enum):
    """An enum whose values are not its names."""

    ONE = 1


class Text(StrEnum):
    """Text that is a member."""

    SOME = "some"


@strawberry.interface
class Named:
    """Objects of several types."""

    name: str


@strawberry.type
class First(Named):
    """One type, which its objects tell."""

    later_than: int

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether it is one."""
        return isinstance(obj, SimpleNamespace)


@strawberry.type
class Second(Named):
    """Another one, of which there are no objects here."""

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether it is one."""
        return isinstance(obj, dict)


@strawberry.type
class Odd:
    """A leaf of each type."""

    text: str | None
    number: int | None
    share: float | None
    on: bool | None
    at: datetime | None
    day: date | None
    wait: Duration | None
    facts: Facts | None
    plain: Plain | None
    named: Named | None
    several: list[Named | None] | None


_AT = datetime(2026, 3, 2, 9, 0, 0, 120, tzinfo=UTC)
# Values of fields, valid for their types or not.
VALUES: list[tuple[str, Any]] = [
    *(
        ("text", value)
        for value in ("x", "", 'Łódź \u2028 "', Text.SOME, 7, True, 1.5, ["x"], b"x", object())
    ),
    *(("number", value) for value in (0, -(2**31), 2**31 - 1, 2**31, -(2**31) - 1, True, 1.0, 1.5, "1", "x")),
    *(("share", value) for value in (0.1, 1, True, float("nan"), float("inf"), "0.5", "x")),
    *(("on", value) for value in (True, False, 1, 0, "true", 1.5)),
    *(("at", value) for value in (_AT, _AT.replace(microsecond=0), "2026-03-02", 5)),
    *(("at", _AT.astimezone(zone)) for zone in (ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-9)))),
    *(
        ("at", _AT.replace(tzinfo=ZoneInfo("UTC"))),
        ("at", _AT.replace(year=1)),
        ("at", datetime.max.replace(tzinfo=UTC)),
    ),
    *(("day", value) for value in (date(2026, 3, 2), _AT, "2026-03-02")),
    *(("wait", value) for value in (timedelta(hours=48, seconds=1), timedelta(0), 5)),
    *(("facts", value) for value in ({"a": [1, None]}, {"at": _AT}, {}, [["a", 1]], "x", {"n": 2**70})),
    *(("plain", value) for value in (Plain.ONE, 1, "ONE", Text.SOME)),
    *(("named", value) for value in (SimpleNamespace(name="x", later_than=3), {"name": "x"}, "x", 5)),
    ("named", SimpleNamespace(name=None, later_than=3)),
    ("named", ValueError("an error")),
    *(
        ("several", value)
        for value in ([], (), [None], {1}, "x", [SimpleNamespace(name="x", later_than=1)] * 2)
    ),
]


@strawberry.type
class Root:
    """The root, whose view a test gives as the context."""

    @strawberry.field(graphql_type=Odd | None)  # type: ignore[untyped-decorator]
    async def odd(self, info: strawberry.Info) -> Any:
        """Return the view."""
        return info.context


async def _planned(schema: strawberry.Schema, document: str, context: Any) -> bytes | None:
    """Return the JSON of the data; None if it is left to graphql-core."""
    core = schema._schema
    prepared = Prepared.of(parse(document), None)
    assert prepared is not None
    values = prepared.coerce(core, {}, most_errors=1, hide_suggestions=True)
    if isinstance(values, list) or core.query_type is None:
        return None
    selection = Selection(core, prepared, values, Compiled())
    running = Running(core, prepared, values, context, Compiled())
    data: dict[str, object] = {}
    try:
        for name, details in selection.root().items():
            definition = selection.definition(core.query_type, details)
            data[name] = await ViewPlan(selection, core.query_type, definition, details, name).data(running)
        return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)
    except (NotCovered, TypeError):
        return None


async def _usual(schema: strawberry.Schema, document: str, context: Any) -> bytes | None:
    """Return the JSON of the data; None if there are errors."""
    result = await schema.execute(document, context_value=context)
    try:
        return None if result.errors else orjson.dumps(result.data, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return None


@pytest.mark.parametrize("number", range(len(VALUES)))
async def test_a_value_is_written_as_graphql_core_writes_it(number: int) -> None:
    """Values that GraphQL can write; the others are left to it, and its errors."""
    schema = strawberry.Schema(Root, types=[First, Second], config=CONFIG)
    schema.process_errors = lambda *_: None  # type: ignore[method-assign]
    name, value = VALUES[number]
    below = "{ __typename name ... on First { laterThan } }" if name in {"named", "several"} else ""
    document = f"{{ odd {{ {name} {below} again: {name} {below} __typename }} }}"
    view = SimpleNamespace(**{name: value})
    planned, usual = await _planned(schema, document, view), await _usual(schema, document, view)
    assert planned is None or planned == usual
    if usual is not None and name not in {"facts", "named"}:
        assert planned == usual, "nothing valid is left to graphql-core"


@pytest.mark.parametrize("document", [one for one in DOCUMENTS if "loaded" not in one and "$" not in one])
async def test_documents_are_answered_as_by_graphql_core(document: str) -> None:
    """Those without errors; a resolver that asks for its index in a list would not be."""
    schema = strawberry.Schema(Query)
    schema.process_errors = lambda *_: None  # type: ignore[method-assign]
    planned, usual = await _planned(schema, document, None), await _usual(schema, document, None)
    assert planned == usual or (planned is None and "unset" in document)


def test_keys_that_are_not_text_are_written_as_text() -> None:
    """The endpoint writes them so; a plan tries without them first, which is faster."""
    assert _written({"facts": {1: "one", Text.SOME: None}}) == b'{"facts":{"1":"one","some":null}}'
