"""Fields of rows that are not columns: their own resolvers load them, for all rows of a page together.

A resolver is given a stand-in for the view, which has only the attributes that the row type names: one that
reads more fails, and graphql-core answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from schema.graphql.fast_path.row_types import Loaded, NotCovered
from schema.graphql.fast_path.view_code import Awaited, Names, Writing, columns

if TYPE_CHECKING:
    from graphql import GraphQLObjectType

    from schema.graphql.fast_path.plan import Place
    from schema.graphql.fast_path.running import Running
    from schema.graphql.fast_path.selection import Details, Selection

# Where these fields are in a response, as far as resolvers ask: inside a list.
_WITHIN_A_LIST: Place = (None, 0, None)


class _Load(NamedTuple):
    """A field, and what makes the stand-ins of the rows that have it; None for the others."""

    stand_ins: Callable[[Sequence[Any]], list[Any]]
    awaited: Awaited

    async def column(self, views: Sequence[Any], given: list[object], running: Running) -> list[object]:
        """Return the completed field of each row. The views are the rows."""
        stand_ins = self.stand_ins(views)
        there = [one for one in stand_ins if one is not None]
        if not there:
            return [None] * len(stand_ins)
        found = iter(await self.awaited.column(there, given, running))
        return [None if one is None else next(found) for one in stand_ins]


class Loads:
    """The loaded fields of one list."""

    def __init__(self, selection: Selection) -> None:
        """Start without fields."""
        self._writing: Writing | None = Writing(selection)
        self._asked = self._writing.asked
        self._loads: list[_Load] = []

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._loads)

    def add(
        self,
        loaded: Loaded,
        of_type: GraphQLObjectType,
        details: Details,
        column: Callable[[str], str],
        conditions: Sequence[str],
    ) -> str:
        """Add a field; return the variable of its completed value in the expression of a row.

        `column` returns the expression of a column, `conditions` are those under which a row has the object.
        """
        if self._writing is None or "verdict.visible" in conditions:  # it is made without verdicts
            raise NotCovered
        names = Names()
        values = ", ".join(f"{name}={column(of)}" for name, of in loaded.attributes.items())
        made = f"{names.constant(SimpleNamespace)}({values})"
        if conditions:
            made = f"({made} if {' and '.join(conditions)} else None)"
        stand_ins = names.function("rows", f"return [{made} for row in rows]")
        awaited = self._writing.awaited(of_type, details, _WITHIN_A_LIST)
        self._loads.append(_Load(stand_ins, awaited))
        return f"loaded{len(self._loads) - 1}"

    def close(self) -> None:
        """Forget what the fields were written from."""
        self._writing = None

    async def columns(self, rows: Sequence[Any], running: Running) -> list[list[object]]:
        """Load the fields of rows. Raises `NotCovered` if a resolver fails or a value cannot be completed."""
        if not self._loads or not rows:
            return [[] for _ in self._loads]
        try:
            return await columns(self._loads, rows, running.given(self._asked), running)
        except Exception:  # noqa: BLE001 - graphql-core raises the same and reports it with its place
            raise NotCovered from None
