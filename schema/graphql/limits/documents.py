"""Cache of documents: each is parsed, measured and validated once while it is cached.

Nothing that depends on variables or on the viewer is cached, and anonymous requests cannot make it grow.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLError

from schema.graphql.limits.lists import InputLists
from schema.graphql.limits.measure import Measure, Measured
from schema.graphql.prepared import Prepared

CHARACTERS = 500_000  # of all cached documents together; parsed, about 100 bytes per character
SHARE = 10  # one document may use a tenth


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class KnownOperation:
    """An operation of a document without errors."""

    measure: Measure
    lists: InputLists
    prepared: Prepared


def operations_of(
    document: DocumentNode, measured: Measured, lists: InputLists
) -> dict[str | None, KnownOperation]:
    """Return each operation of a valid document by the name that requests it."""
    named = {
        one.name: KnownOperation(one, lists, prepared)
        for one in measured.operations
        if (prepared := Prepared.of(document, one.name)) is not None
    }
    only = next(iter(named.values()), None)
    return {**named, None: only} if only is not None and len(measured.operations) == 1 else {**named}


@dataclass(slots=True)
class Checked:
    """A document with its measure, errors and lists; each is set once it is known."""

    document: DocumentNode
    measured: Measured | None = None
    errors: list[GraphQLError] | None = None
    lists: InputLists | None = None
    # Of a document without errors: each operation by the name that requests it; the only one also by None.
    operations: Mapping[str | None, KnownOperation] = field(default_factory=dict)


class Documents:
    """Cache of the most recently used documents."""

    def __init__(self, characters: int = CHARACTERS) -> None:
        """Start with an empty cache."""
        self._room = self._characters = characters
        self._known: OrderedDict[str, Checked] = OrderedDict()

    def get(self, text: str) -> Checked | None:
        """Return the cached entry of a document."""
        found = self._known.get(text)
        if found is not None:
            self._known.move_to_end(text)
        return found

    def put(self, text: str, document: DocumentNode) -> Checked:
        """Cache a document, and evict the least recently used ones."""
        checked = Checked(document)
        if len(text) <= self._characters // SHARE and text not in self._known:
            self._known[text] = checked
            self._room -= len(text)
            while self._room < 0:
                forgotten, _ = self._known.popitem(last=False)
                self._room += len(forgotten)
        return checked
