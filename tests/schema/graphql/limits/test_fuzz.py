"""Random documents: the single-pass measure agrees with a reference that expands every fragment."""

from random import Random
from typing import Any

from graphql import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.graphql.limits.measure import measure
from tests.schema.graphql.limits.naive import SCHEMA, count

FRAGMENTS = ("Thing", "ThingConnection", "Thing", "Thing")
TYPES = {"Query": ["thing", "things", "deadlines"],
         "Thing": ["id", "thing", "totalCount", "things", "others", "userErrors"],
         "ThingConnection": ["nodes", "edges", "totalCount", "thing"],
         "ThingEdge": ["node", "cursor"]}  # fmt: skip
TO = {"thing": "Thing", "things": "ThingConnection", "deadlines": "Thing", "others": "Thing",
      "userErrors": "Thing", "nodes": "Thing", "edges": "ThingEdge", "node": "Thing"}  # fmt: skip
VARIABLES = {"a": st.integers(-1, 120), "b": st.none() | st.integers(0, 12)}


class Writer:
    """Writes random documents; drawing a seed is faster than drawing every choice, and shrinks as well."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def document(self) -> str:
        """Return a query with fragments that spread only later ones."""
        parts = [f"query ($a: Int, $b: Int) {{ {self.selections('Query', -1, 5)} }}"]
        for number, on in enumerate(FRAGMENTS):
            parts.append(f"fragment F{number} on {on} {{ {self.selections(on, number, 3)} }}")
        self.random.shuffle(parts)
        return "\n".join(parts)

    def selections(self, parent: str, after: int, depth: int) -> str:
        """Return selections of a type, which may spread the fragments numbered above `after`."""
        return " ".join(self.selection(parent, after, depth) for _ in range(self.random.randint(1, 3)))

    def selection(self, parent: str, after: int, depth: int) -> str:
        """Return a field, an inline fragment or a spread."""
        directives = " @skip(if: false)" * self.random.randint(0, 1)
        spreadable = [n for n in range(after + 1, len(FRAGMENTS)) if FRAGMENTS[n] == parent]
        kind = self.random.choice(["field", "field", "inline", "spread", "spread"])
        if kind == "spread" and spreadable:
            return f"...F{self.random.choice(spreadable)}{directives}"
        if kind == "inline" and depth:
            on = self.random.choice(["", f" on {parent}"])
            return f"...{on}{directives} {{ {self.selections(parent, after, depth - 1)} }}"
        return self.field(parent, after, depth, directives)

    def field(self, parent: str, after: int, depth: int, directives: str) -> str:
        """Return a field of a type, with or without an alias."""
        alias = self.random.choice(["", "x: "])
        name = self.random.choice([n for n in TYPES[parent] if depth or n not in TO] or ["__typename"])
        if name not in TO:
            return f"{alias}{name}{directives}"
        arguments = self.page(("first", "last") if parent == "Thing" else ("first",))
        arguments = arguments if name == "things" else ""
        return f"{alias}{name}{arguments}{directives} {{ {self.selections(TO[name], after, depth - 1)} }}"

    def page(self, names: tuple[str, ...]) -> str:
        """Return the arguments of a connection."""
        values = ["1", "3", "12", "$a", "$b"]
        given = [f"{name}: {self.random.choice(values)}" for name in names if self.random.random() < 0.6]
        return f"({', '.join(given)})" if given else ""


@settings(max_examples=1_000, deadline=None)
@given(seed=st.integers(0, 2**32), variables=st.fixed_dictionaries(VARIABLES))
def test_the_walk_agrees_with_writing_it_out(seed: int, variables: dict[str, Any]) -> None:
    """Depth, aliases, directives, root fields and cost are the same, for any variables."""
    document = parse(Writer(seed).document())
    (one,) = measure(SCHEMA, document).operations
    seen = count(document, variables)
    assert (one.depth, one.aliases, one.directives, one.root_fields, one.cost(variables)) == (
        seen.depth, seen.aliases, seen.directives, seen.fields, seen.cost,
    )  # fmt: skip
