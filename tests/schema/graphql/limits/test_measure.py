"""Each limit one below, at and one above; one pass however fragments are nested; cycles end."""

from collections.abc import Callable

import pytest
from graphql import get_introspection_query, parse

from schema.graphql.limits.bounds import LARGEST_SHOWN, Bounds
from schema.graphql.limits.measure import Measure, measure
from schema.graphql.limits.validation import MOST_ERRORS, Validation
from tests.schema.graphql.limits.bomb import bomb, flat_bomb
from tests.support.schemas import CORE


def of(text: str) -> Measure:
    """Measure a document with one operation."""
    (one,) = measure(CORE, parse(text)).operations
    return one


def refusals(text: str, **bounds: int) -> list[object]:
    """Return the limits that a document exceeds."""
    validation = Validation(Bounds(**bounds))
    _, errors = validation.check(CORE, validation.parse(text))
    return [(error.extensions or {}).get("limit", error.message) for error in errors]


def deep(depth: int) -> str:
    """Return `node { ... on Lead { application { lead { ... id` with this depth."""
    fields = ["node(id: 1)", *("application" if level % 2 else "lead" for level in range(1, depth - 1)), "id"]
    text = "id"
    for place in range(depth - 2, -1, -1):
        on = "Lead" if place % 2 == 0 else "Application"
        inside = f"... on {on} {{ {text} }}" if place == 0 else text
        text = f"{fields[place]} {{ {inside} }}"
    return f"{{ {text} }}"


def aliased(count: int) -> str:
    """Return a document with this many aliases, three of them in a fragment that is spread on two fields."""
    rest = " ".join(f"x{one}: points" for one in range(count - 6))
    first, second = "accounts(first: 1) { nodes { ...A } }", "viewer { account { ...A " + rest + " } }"
    return f"{{ {first} {second} }} fragment A on Account {{ a: id b: name c: plan }}"


def directed(count: int) -> str:
    """Return a document with this many directives: on operation, variable, field, spread, fragment."""
    rest = " ".join("id @skip(if: false)" for _ in range(count - 5))
    return (
        "query ($x: Boolean!) { viewer { user { ...F @include(if: $x) ... @include(if: true) "
        f"{{ {rest} }} ...F @skip(if: false) }} }} }} fragment F on User {{ name @skip(if: $x) }}"
    )


def mutating(count: int) -> str:
    """Return a document with this many mutations, two of them by one fragment that is spread twice."""
    own = " ".join(f"m{one}: signOut {{ signedOut }}" for one in range(count - 2))
    return f"mutation {{ ...M {own} ...M }} fragment M on Mutation {{ signOut {{ signedOut }} }}"


@pytest.mark.parametrize(
    ("limit", "bound", "make", "number"),
    [
        ("depth", "depth", deep, 7),
        ("aliases", "aliases", aliased, 9),
        ("directives", "directives", directed, 7),
        ("rootMutations", "root_mutations", mutating, 5),
    ],
)
def test_each_limit_is_inclusive(limit: str, bound: str, make: Callable[[int], str], number: int) -> None:
    """One below and at the limit passes; one above is refused, for this limit alone."""
    assert refusals(make(number - 1), **{bound: number}) == []
    assert refusals(make(number), **{bound: number}) == []
    assert refusals(make(number + 1), **{bound: number}) == [limit]


def test_characters_and_tokens_of_a_document_are_limited() -> None:
    """The length is checked before parsing, the tokens during parsing."""
    text = "{ viewer { user { id } } }"
    for bounds in (Bounds(characters=len(text)), Bounds(tokens=9)):
        assert Validation(bounds).parse(text).document.definitions
    for bounds, limit in ((Bounds(characters=len(text) - 1), "documentLength"), (Bounds(tokens=8), "tokens")):
        with pytest.raises(Exception, match="maximum") as caught:
            Validation(bounds).parse(text)
        assert caught.value.extensions["limit"] == limit  # type: ignore[attr-defined]


def test_a_refusal_has_the_limit_the_number_and_the_remedy() -> None:
    """A client can use them to fix the request."""
    validation = Validation(Bounds(depth=2))
    _, (error,) = validation.check(CORE, validation.parse("{ viewer { user { id } } }"))
    assert error.message == "Fields nested too deeply: 3, maximum 2. Use `node` to read nested objects."
    assert error.extensions == {"code": "LIMIT_EXCEEDED", "limit": "depth", "requested": 3, "allowed": 2}


@pytest.mark.parametrize("make", [bomb, flat_bomb])
def test_a_bomb_is_measured_in_one_walk(make: Callable[[int], str]) -> None:
    """Each further level costs the same: the number of visited selections grows only with the text."""
    visited = [measure(CORE, parse(make(levels))).visited for levels in (10, 15, 20, 25, 200)]
    steps = {(b - a) // more for a, b, more in zip(visited, visited[1:], (5, 5, 5, 175), strict=False)}
    assert len(steps) == 1
    assert steps.pop() <= 12


def test_a_bomb_is_refused_with_its_true_numbers() -> None:
    """Aliases double at every level; a number too large for clients is reported as the largest number."""
    assert of(bomb(10)).aliases == 2**11 - 2
    assert of(bomb(25)).depth == 27
    assert refusals(bomb(25)) == ["depth", "aliases"]
    validation = Validation(Bounds(tokens=100_000))
    _, errors = validation.check(CORE, validation.parse(bomb(180)))
    assert [(error.extensions or {})["requested"] for error in errors] == [182, LARGEST_SHOWN]


def test_a_flat_bomb_is_counted_in_full() -> None:
    """Repeated spreads of the same fragment at the same place are counted, but walked only once."""
    assert of(flat_bomb(25)).aliases == 2**25
    assert refusals(flat_bomb(4)) == []
    assert refusals(flat_bomb(5)) == ["aliases"]


@pytest.mark.parametrize(
    "text",
    [
        "{ viewer { user { ...A } } } fragment A on User { id ...A }",
        "{ viewer { user { ...A } } } fragment A on User { id ...B } fragment B on User { name ...A }",
        "{ node(id: 1) { ...A } } fragment A on Lead { application { lead { ...A } } }",
    ],
)
def test_a_cycle_of_fragments_ends(text: str) -> None:
    """GraphQL's own rule reports it."""
    assert any("Cannot spread fragment" in str(refusal) for refusal in refusals(text))


@pytest.mark.parametrize(
    "text", ["{ nothing { at { all } } }", "{ ...No }", "{ viewer { ... on No { x } } }"]
)
def test_unknown_fields_are_measured_too(text: str) -> None:
    """The errors are GraphQL's own."""
    assert of(text).depth <= 3
    assert refusals(text)


def test_the_standard_introspection_passes_whatever_the_depth() -> None:
    """GraphiQL sends it with all options."""
    text = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True, one_of=True,
    )  # fmt: skip
    assert refusals(text) == []
    assert refusals(text, depth=1) == []
    assert of(text).cost({}) == 300


def test_the_limits_apply_to_each_of_many_operations() -> None:
    """Only the cost is that of the operation that runs."""
    text = "query A { viewer { user { id } } } query B { leads(first: 10) { nodes { id } } }"
    assert refusals(text, depth=2) == ["depth", "depth"]
    measured = measure(CORE, parse(text))
    assert [measured.operation(name).cost({}) for name in ("A", "B")] == [2, 11]  # type: ignore[union-attr]
    assert measured.operation("C") is None


def test_errors_are_few_and_short() -> None:
    """A document full of mistakes does not get a long response."""
    many = "{ " + " ".join(f"no{one}" for one in range(300)) + " }"
    assert len(refusals(many)) == MOST_ERRORS
    assert len(str(refusals("{ " + "x" * 40_000 + " }")[0])) < 600


def test_suggestions_of_every_kind_can_be_disabled() -> None:
    """Of fields, types and arguments."""
    text = "query ($a: Leed) { leeds { x } leads(frist: 1, filter: $a) { nodes { id } } }"
    for suggestions in (True, False):
        validation = Validation(Bounds(), suggestions=suggestions)
        _, errors = validation.check(CORE, validation.parse(text))
        assert len(errors) == 3
        assert all(("Did you mean" in error.message) is suggestions for error in errors)


def test_a_cached_document_is_checked_once() -> None:
    """The same text is the same document, with the same result, while it is cached."""
    validation = Validation(Bounds())
    first = validation.parse("{ viewer { user { id } } }")
    assert validation.check(CORE, first)[0] is validation.check(CORE, first)[0]
    assert validation.parse("{ viewer { user { id } } }") is first
    for number in range(60):
        validation.parse("{ viewer { user { id } } } # " + "x" * 20_000 + str(number))
    assert validation.parse("{ viewer { user { id } } }") is not first


def test_overlapping_field_comparisons_are_bounded() -> None:
    """GraphQL's rule of overlapping fields is the only one that is not linear."""
    assert refusals("{" + " viewer { user { id } }" * 20 + " }") == []
    assert refusals("{" + " viewer { user { id } }" * 280 + " }") == ["comparisons"]
