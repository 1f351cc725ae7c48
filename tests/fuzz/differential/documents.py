"""Random documents, written from the schema alone: every construct of an executable document.

They are valid except for a few: a response name always stands for the same field with the same arguments, so
that selections can be merged. Fields that were asked or answered less often are chosen more often.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from random import Random

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from tests.fuzz.differential.arguments import Arguments
from tests.fuzz.differential.document import Document, Spot
from tests.fuzz.differential.sheet import Names, Sheet

_INVALID = (
    "{ noSuchField }",
    "{ leads { nodes { id title { id } } } }",
    "{ viewer }",
    "query ($unused: Int) { service { now } }",
    "{ leads(first: $missing) { nodes { id } } }",
    "{ ...Missing }",
    "{ viewer { id } ",
    "{ node(id: 1.5) { id } }",
    "{ a: leads { totalCount } a: markets { nodes { id } } }",
    "query A { service { now } } query B { service { now } }",
    "{ leads(orderBy: NO_SUCH_ORDER) { nodes { id } } }",
    "subscription { reveals { __typename } }",
)


class Writer:
    """Writes documents."""

    def __init__(
        self,
        schema: GraphQLSchema,
        arguments: Arguments,
        resolved: Counter[Spot] | None = None,
        favoured: frozenset[str] = frozenset(),
    ) -> None:
        """Start with no field asked; `resolved` counts the objects of which a field was answered.

        A third of the documents have only `favoured` fields of the root.
        """
        self.schema = schema
        self.asked: Counter[Spot] = Counter()
        self._favoured = favoured
        self._resolved = Counter[Spot]() if resolved is None else resolved
        self._names = Names(schema)
        self._arguments = arguments

    def document(self, random: Random) -> Document:
        """Write one more document."""
        if random.random() < 0.02:
            return Document(random.choice(_INVALID), {}, (), ())
        favoured = self._favoured if random.random() < 1 / 3 else frozenset[str]()
        return self._noted(self._sheet(random).document(roots=favoured))

    def _sheet(self, random: Random) -> Sheet:
        return Sheet(self.schema, self._names, self._arguments, self._often, random)

    def _noted(self, document: Document) -> Document:
        self.asked.update(document.spots)
        return document

    def _often(self, spot: Spot) -> float:
        """Return how often a field was asked, and answered: the root of a number from 1."""
        return math.sqrt(1 + self.asked[spot] / 2 + self._resolved[spot])

    @cached_property
    def reachable(self) -> frozenset[Spot]:
        """Every field that a query can reach."""
        return frozenset(self._ways)

    @cached_property
    def _ways(self) -> dict[Spot, tuple[Spot, ...]]:
        """The shortest way from the root to each field."""
        root = self.schema.query_type
        assert root is not None
        ways: dict[Spot, tuple[Spot, ...]] = {}
        waiting: list[tuple[GraphQLNamedType, tuple[Spot, ...]]] = [(root, ())]
        seen = {root.name}
        for kind, way in waiting:  # it grows meanwhile
            for possible in self._objects(kind):
                for name, found in possible.fields.items():
                    spot = possible.name, name
                    ways.setdefault(spot, (*way, spot))
                    inner = get_named_type(found.type)
                    if inner.name not in seen and not is_leaf_type(inner):
                        seen.add(inner.name)
                        waiting.append((inner, ways[spot]))
        return ways

    def _objects(self, kind: GraphQLNamedType) -> Sequence[GraphQLObjectType]:
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            return self.schema.get_possible_types(kind)
        return [kind] if isinstance(kind, GraphQLObjectType) else []

    def missing(self, random: Random) -> Iterator[Document]:
        """Write a document about each field that was never asked."""
        for spot in sorted(self.reachable):
            if not self.asked[spot]:
                yield self._noted(self._sheet(random).document(self._ways[spot]))
