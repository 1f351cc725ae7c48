"""How the verdict of a row is written: what depends only on the cell of the rules, once per cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import orjson
from graphql import get_named_type, is_object_type

from schema.graphql.fast_path.info import LazyInfo
from schema.graphql.fast_path.row_types import NotCovered

if TYPE_CHECKING:
    from graphql import FieldNode, GraphQLField, GraphQLObjectType

    from rules import Cell, Decision
    from schema.graphql.context import Context
    from schema.graphql.fast_path.plan import Place, Plan
    from schema.graphql.fast_path.selection import Details, Selection

_MOST_CELLS = 1_000  # written per plan; a marketplace has a few dozens
# Fields whose values are not the same for all rows of a cell.
_CHANGES_AT, _DECIDED_AT = "changesAt", "decidedAt"
_OF_FACTS = frozenset({"facts", "factsInWords"})


class Verdict(Protocol):
    """The verdict of a row, as `models.leads.verdicts` has it."""

    @property
    def visible(self) -> bool:
        """Whether the verdict is VISIBLE."""

    @property
    def cell(self) -> Cell:
        """The cell of the rules."""

    @property
    def now(self) -> datetime:
        """The instant as of which it was decided."""

    @property
    def decision(self) -> Decision:
        """The decision, without its facts."""


Write = Callable[[Sequence[Any]], list[object]]  # all verdicts of a list


class Asked:
    """What resolvers of a decision need of an execution."""

    def __init__(self, execution: Any, context: Context | None) -> None:
        self._execution = execution
        self.context_value = context
        self.is_awaitable = execution.is_awaitable

    def info(
        self, definition: GraphQLField, parent: GraphQLObjectType, nodes: list[FieldNode], place: Place
    ) -> LazyInfo:
        """Return the info of a resolver, which can read only the context."""
        return LazyInfo(self, definition, parent, nodes, place)  # type: ignore[arg-type]


class _Since(NamedTuple):
    """Facts for asking whether a cell changes at all."""

    waited: datetime


_EVER = _Since(datetime(2020, 1, 1, tzinfo=UTC))


class _Known(NamedTuple):
    """What is written for a cell, without the instants of a row."""

    cell: Cell  # so that its id is not reused
    changes: bool
    fields: dict[str, object]


class DecisionCode:
    """Writes one selection of a decision."""

    def __init__(self, selection: Selection, of_type: GraphQLObjectType, details: Details) -> None:
        """Take the selection; raises `NotCovered` if a field of it needs graphql-core or the facts."""
        fields = selection.below(of_type, details)
        plan = selection.execution._plan(of_type, fields)
        if plan.others:
            raise NotCovered
        names = {name: found[0].node.name.value for name, found in fields.items()}
        if not _OF_FACTS.isdisjoint(names.values()):
            raise NotCovered
        self._plan: Plan = plan
        self._execution = selection.execution
        self._changes_at = [name for name, of in names.items() if of == _CHANGES_AT]
        self._decided_at = [name for name, of in names.items() if of == _DECIDED_AT]
        self._of_viewer = _depends_on_viewer(selection, of_type, fields)
        self._known: dict[int, _Known] = {}  # by the id of the cell
        self._whole: dict[int, orjson.Fragment] = {}  # of cells that say everything, the same

    def writer(self, context: Context) -> Write:
        """Return the function that writes the verdicts of a list in the response for one request."""
        if not self._of_viewer:
            return self._write_all
        asked = Asked(self._execution, context)

        def write(verdicts: Sequence[Verdict]) -> list[object]:
            written: dict[int, object] = {}  # by verdict: leads without a case share theirs
            for verdict in verdicts:
                if id(verdict) not in written:
                    written[id(verdict)] = self._fields(verdict, asked)
            return [written[id(verdict)] for verdict in verdicts]

        return write

    def _write_all(self, verdicts: Sequence[Verdict]) -> list[object]:
        whole = self._whole.get
        return [whole(id(verdict.cell)) or self._write(verdict) for verdict in verdicts]

    def _write(self, verdict: Verdict) -> object:
        known = self._known.get(id(verdict.cell)) or self._learn(verdict)
        whole = self._whole.get(id(verdict.cell))
        if whole is not None:
            return whole
        fields = known.fields.copy()
        if known.changes and self._changes_at:
            change = verdict.cell.ruleset.change(verdict.cell, verdict)
            if change is None:  # beyond the year 9999
                raise NotCovered
            for name in self._changes_at:
                fields[name] = change[0]
        for name in self._decided_at:
            fields[name] = verdict.now
        return fields

    def _learn(self, verdict: Verdict) -> _Known:
        fields = self._fields(verdict, Asked(self._execution, None))
        changes, changes_ever = (
            verdict.cell.ruleset.change(verdict.cell, facts) is not None for facts in (verdict, _EVER)
        )
        if changes is not changes_ever:
            raise NotCovered
        if len(self._known) >= _MOST_CELLS:
            self._known.clear()
            self._whole.clear()
        known = self._known[id(verdict.cell)] = _Known(verdict.cell, changes, fields)
        if not changes and not self._decided_at:
            self._whole[id(verdict.cell)] = orjson.Fragment(orjson.dumps(fields))
        return known

    def _fields(self, verdict: Verdict, asked: Asked) -> dict[str, object]:
        decision = verdict.decision
        return {name: answer(decision, None, asked) for name, answer in self._plan.answers}


def _depends_on_viewer(
    selection: Selection, of_type: GraphQLObjectType, fields: Mapping[str, Details]
) -> bool:
    """Return whether a field, or one below it, depends on the viewer."""
    for details in fields.values():
        definition = selection.definition(of_type, details)
        if _asks_viewer(definition):
            return True
        below = get_named_type(definition.type)
        if is_object_type(below) and _depends_on_viewer(selection, below, selection.below(below, details)):
            return True
    return False


def _asks_viewer(definition: GraphQLField) -> bool:
    """Return whether a field depends on the viewer: its resolver takes an info."""
    field = definition.extensions.get("strawberry-definition")
    resolver = None if field is None else field.base_resolver
    return resolver is not None and resolver.info_parameter is not None
