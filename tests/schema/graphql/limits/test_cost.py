"""What operations cost: an object 1, a list its `first`, by literals, variables and defaults."""

from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_composite_type, parse

from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.cost_walk import _is_list
from schema.graphql.limits.measure import measure
from schema.graphql.limits.sizes import ITEMS, LISTS, LISTS_EVERYWHERE
from schema.graphql.limits.validation import Validation
from tests.support.schemas import CORE

NESTED = "leads(first: 20) { nodes { applications(first: 40) { nodes { id } } } }"


@pytest.mark.parametrize(
    ("text", "variables", "cost"),
    [
        ("{ __typename }", {}, 0),
        ("{ viewer { user { id name email } } }", {}, 2),
        ("{ leads { nodes { id } } }", {}, 1 + 25),
        ("{ leads(first: 10) { nodes { id } } }", {}, 1 + 10),
        ("{ leads(first: null) { nodes { id } } }", {}, 1 + 25),
        ("{ leads(last: 3) { nodes { id } } }", {}, 1 + 3),
        ("{ leads(first: 10, last: 3) { nodes { id } } }", {}, 1 + 3),
        ("{ leads(first: 1000) { nodes { id } } }", {}, 1 + 100),
        ("{ leads(first: 99999999999999999999) { nodes { id } } }", {}, 1 + 100),
        ("{ leads(first: -5) { nodes { id } } }", {}, 1),
        ("{ leads(first: 10) { edges { cursor node { id } } pageInfo { endCursor } } }", {}, 1 + 10 * 2 + 1),
        ("{ leads(first: 10) { nodes { id } ...P } } fragment P on LeadConnection { nodes { id } }", {}, 21),
        ("{ leads(first: 10) { ... { nodes { id } } } }", {}, 11),
        ("{ leads(first: 10) { totalCount } }", {}, 1 + 300),
        ("{ emailDraftCheck(input: {}) { code } }", {}, 100 + 25),
        ("mutation { contactStatementRead(input: {}) { statements { id } } }", {}, 10 + 100 + 1 + 5),
        ("{ leads(first: 4) { nodes { visibility { others { ruleId } } } } }", {}, 1 + 4 * (1 + 1 + 10)),
        (f"{{ {NESTED} }}", {}, 1 + 20 * (1 + 1 + 10)),
        ("{ node(id: 1) { ... on Lead { applications(first: 40) { nodes { id } } } } }", {}, 1 + 1 + 40),
        ("{ nodes(ids: [1, 2, 3]) { id } }", {}, 3),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["a", "b"]}, 2),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": "a"}, 1),
        ("query ($ids: [ID!]! = [1, 2]) { nodes(ids: $ids) { id } }", {}, 2),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": 7}, 1 + 7),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": 7.0}, 1 + 7),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": 10**30}, 1 + 100),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": "many"}, 1 + 100),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": float("inf")}, 1 + 100),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {"n": None}, 1 + 25),
        ("query ($n: Int) { leads(first: $n) { nodes { id } } }", {}, 1 + 25),
        ("query ($n: Int = 9) { leads(first: $n) { nodes { id } } }", {}, 1 + 9),
        ("query ($n: Int = 9) { leads(first: $n) { nodes { id } } }", {"n": None}, 1 + 25),
        ("query ($n: Int) { leads(first: 5, last: $n) { nodes { id } } }", {}, 1 + 5),
        ("query ($n: Int) { leads(first: 5, last: $n) { nodes { id } } }", {"n": 2}, 1 + 2),
        ("{ __schema { types { name fields { name } } } a: __type(name: 1) { name } }", {}, 350),
        ("mutation { signOut { signedOut userErrors { code decision { verdict } } } }", {}, 10 + 1 + 1 + 1),
        ("subscription { reveals { ... on RevealEvent { lead { id } } } }", {}, 2),
    ],
)
def test_an_operation_costs_its_lists_and_objects(text: str, variables: dict[str, Any], cost: int) -> None:
    """The cost is the sum of its lists and objects."""
    (one,) = measure(CORE, parse(text)).operations
    assert one.cost(variables) == cost


def test_a_fragment_counts_as_it_is_nested() -> None:
    """Inside a list, a connection has at most 10 rows; outside, as many as requested."""
    text = (
        "query ($n: Int) { node(id: 1) { ...L } leads(first: 2) { nodes { ...L } } }"
        " fragment L on Lead { applications(first: $n) { nodes { id } } }"
    )
    (one,) = measure(CORE, parse(text)).operations
    assert one.cost({"n": 50}) == (1 + 1 + 50) + (1 + 2 * (1 + 1 + 10))
    assert one.cost({"n": 5}) == (1 + 1 + 5) + (1 + 2 * (1 + 1 + 5))


def test_the_cost_limit_is_inclusive() -> None:
    """One below and at the limit passes; one above is refused with the numbers."""
    validation = Validation(Bounds(cost=51))
    assert validation.too_costly(50) is None
    assert validation.too_costly(51) is None
    error = validation.too_costly(52)
    assert error is not None
    assert error.extensions == {"code": "LIMIT_EXCEEDED", "limit": "cost", "requested": 52, "allowed": 51}
    assert "`first`" in error.message


def test_nested_lists_with_variables_are_evaluated_once_each() -> None:
    """In a chain of fragments whose pages are all variables, each has one step, not one per path."""
    parts = ["query ($n: Int) { node(id: 1) { ...F0 } }"]
    parts += [
        f"fragment F{level} on Lead {{ applications(first: $n) {{ nodes {{ lead {{"
        f" ...F{level + 1} ...F{level + 1} }} }} }} }}"
        for level in range(20)
    ]
    text = "\n".join([*parts, "fragment F20 on Lead { market { id } }"])
    (one,) = measure(CORE, parse(text)).operations
    assert len(one.steps) < 20 * 15
    assert one.cost({"n": 1}) > 2**20


def test_every_list_of_objects_has_a_declared_size() -> None:
    """A new list outside a connection needs a line in `schema.graphql.limits.sizes`."""
    unsaid = [
        f"{kind.name}.{name}"
        for kind in CORE.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        if _is_list(field.type) and is_composite_type(get_named_type(field.type))
        if not (kind.name.endswith("Connection") and name in ITEMS)
        if (kind.name, name) not in LISTS and name not in LISTS_EVERYWHERE
    ]
    assert unsaid == []
