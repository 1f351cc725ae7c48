"""The measured cost of introspection is never below what it reads, and is bounded."""

import pytest
from graphql import execute, get_introspection_query, parse
from graphql.pyutils import is_awaitable
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.introspection import SchemaReading
from schema.graphql.limits.validation import Validation
from tests.support.schemas import CORE

READING = SchemaReading(CORE)
EVERYTHING = """{ name description
  fields(includeDeprecated: true) { name type { ...T } args { name type { ...T } } }
  inputFields { name type { ...T } } enumValues { name } interfaces { name } possibleTypes { name } }"""
NAMED = "fragment T on __Type { kind name ofType { kind name ofType { kind name } } }"


def read(text: str) -> int:
    """Return how many objects and leaves graphql-core actually returns."""
    result = execute(CORE, parse(text))
    assert not is_awaitable(result)
    assert result.errors is None  # type: ignore[union-attr, unused-ignore]
    return _count(result.data) - 1  # type: ignore[union-attr, unused-ignore]


def _count(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    if isinstance(value, list):
        return sum(map(_count, value))
    return 1


def refusals(text: str) -> list[object]:
    """Return the limits that a document exceeds."""
    validation = Validation(Bounds())
    _, errors = validation.check(CORE, validation.parse(text))
    return [(error.extensions or {}).get("limit", error.message) for error in errors]


def test_tools_may_run_the_full_introspection() -> None:
    """The standard introspection query with all its options is allowed."""
    text = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True, one_of=True
    )
    assert refusals(text) == []


@pytest.mark.parametrize("count", [4, 30])
def test_the_schema_is_not_read_many_times_over(count: int) -> None:
    """Neither by aliases within `__schema`, nor by aliases of `__schema` or of one type."""
    types = " ".join(f"a{n}: types {EVERYTHING}" for n in range(count))
    assert refusals(f"{{ __schema {{ {types} }} }} {NAMED}") == ["introspection"]
    schemas = " ".join(f"a{n}: __schema {{ types {EVERYTHING} }}" for n in range(count))
    assert refusals(f"{{ {schemas} }} {NAMED}") == ["introspection"]


def test_the_largest_of_several_operations_counts() -> None:
    """Whichever operation is run."""
    types = " ".join(f"a{n}: types {EVERYTHING}" for n in range(6))
    text = f"query A {{ __typename }} query B {{ __schema {{ {types} }} }} {NAMED}"
    assert refusals(text) == ["introspection"]


def test_ordinary_fields_do_not_count_as_introspection() -> None:
    """Fields with the same names elsewhere, and `__typename`."""
    assert READING.largest(parse("{ __typename viewer { user { name } } }")) == 0


def test_fragments_within_fragments_are_measured_once_each() -> None:
    """However many paths lead to them."""
    fragments = " ".join(f"fragment F{n} on __Type {{ ...F{n + 1} ...F{n + 1} }}" for n in range(25))
    text = f"{{ __schema {{ types {{ ...F0 }} }} }} {fragments} fragment F25 on __Type {{ name }}"
    assert READING.largest(parse(text)) > READING.most


LEAVES = {"__Type": ["name", "kind"], "__Field": ["name", "isDeprecated"], "__InputValue": ["name"]}
BELOW = {
    "__Type": [
        ("fields(includeDeprecated: true)", "__Field"),
        ("inputFields", "__InputValue"),
        ("interfaces", "__Type"),
        ("possibleTypes", "__Type"),
        ("ofType", "__Type"),
    ],
    "__Field": [("type", "__Type"), ("args", "__InputValue")],
    "__InputValue": [("type", "__Type")],
}


@st.composite
def selections(draw: st.DrawFn, kind: str = "__Type", depth: int = 4) -> str:
    """Return any selections of a type's description."""
    chosen = [draw(st.sampled_from(LEAVES[kind]))]
    if depth:
        for name, inner in draw(st.lists(st.sampled_from(BELOW[kind]), max_size=2, unique=True)):
            chosen.append(f"{name} {{ {draw(selections(inner, depth - 1))} }}")
    return " ".join(chosen)


@settings(max_examples=60, deadline=None)
@given(selections(), st.sampled_from(['__type(name: "Query")', '__type(name: "Node")', "__schema"]))
def test_introspection_reads_no_more_than_is_counted(inner: str, root: str) -> None:
    """For any selections of all types, or of one type."""
    text = f"{{ {root} {{ {inner} }} }}" if "name" in root else f"{{ {root} {{ types {{ {inner} }} }} }}"
    counted = READING.largest(parse(text))
    if counted <= READING.most * 20:  # documents far beyond the limit are not worth running
        assert read(text) <= counted
