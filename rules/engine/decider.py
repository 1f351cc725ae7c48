"""Decisions of a ruleset under one policy, with a cache of cells; fails closed if the evaluators disagree.

`now` is always passed in; nothing here reads a clock.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Generic, TypeVar

from rules.engine.condition import Constant, Node, Split, Test, holds
from rules.engine.decision import DISAGREEMENT, Cell, Decision, Rule, RuleTrace
from rules.engine.durable import Condition, Engine, count_disagreement
from rules.engine.ending import Ending, crossings_of, ending_of, steps
from rules.engine.errors import EngineError
from rules.engine.facts import FactField, Json, check_facts, to_json, utc
from rules.engine.oracle import Oracle
from rules.engine.reduction import (
    Axis,
    axes_of,
    compile_key,
    compile_keys,
    compile_recorded,
    places,
    raw_values,
)
from rules.engine.sql import verdict_sql
from rules.policy import Policy

__all__ = ["Ruleset"]

F = TypeVar("F")
_log = logging.getLogger("leadgate.rules")
_NEVER = (timedelta(0), None)


class Ruleset(Generic[F]):
    """The rules of one definition for one policy version. Immutable except for its caches; thread-safe."""

    def __init__(
        self,
        *,
        name: str,
        policy: Policy,
        facts: type[F],
        fields: tuple[FactField, ...],
        switches: Mapping[str, bool],
        rules: tuple[Rule, ...],
        conditions: tuple[tuple[Condition, ...], ...],
        fail_closed: StrEnum,
    ) -> None:
        """Takes rules that `rules.engine.check` has accepted; use `RulesetDefinition.for_policy` instead."""
        self.name, self.policy, self.rules, self.fail_closed = name, policy, rules, fail_closed
        self.switches = dict(switches)
        self._facts = facts
        self._fields = tuple(field for field in fields if not field.switch)
        self.axes = axes_of(fields, [rule.condition for rule in rules], switches)
        self._index = {axis.field.name: index for index, axis in enumerate(self.axes)}
        self._since = tuple(index for index, axis in enumerate(self.axes) if axis.field.kind == "since")
        self._engine = Engine(
            f"{name}@{policy.market}/{policy.version}",
            (
                (rule.id, condition)
                for rule, stated in zip(rules, conditions, strict=True)
                for condition in stated
            ),
        )
        self._oracle = Oracle((rule.id, rule.data) for rule in rules)
        self._key = compile_key(facts, self.axes)
        self._recorded = compile_recorded(self.axes)
        self._keys = compile_keys(facts, self.axes)
        self._cells: dict[tuple[Any, ...], Cell] = {}  # by the key function's result
        self._places: dict[tuple[int, ...], Cell] = {}  # the same cells by place on the axes
        reason = "The two rule evaluators disagree, so the safe verdict applies; operators were alerted."
        self._closed = Rule(DISAGREEMENT, fail_closed, "", reason, reason, Split(False, ()), {})

    def decide(self, facts: F, now: datetime) -> Decision:
        """The decision over `facts` at `now` (aware).

        Raises FactError for a value that is not exactly of its field's type, or a naive instant.
        """
        if now.tzinfo is not UTC:
            now = utc(now)
        try:
            cell = self._cells[self._key(facts, now)]
        except (KeyError, TypeError, AttributeError):
            cell = self._miss(facts, now)
        return Decision(cell, facts, now)

    def cell(self, facts: F, now: datetime) -> Cell:
        """Like `decide`, but only the shared part (verdict, rule_id): for lists."""
        if now.tzinfo is not UTC:
            now = utc(now)
        try:
            return self._cells[self._key(facts, now)]
        except (KeyError, TypeError, AttributeError):
            return self._miss(facts, now)

    def recorded_cell(self, facts: Mapping[str, Json]) -> Cell:
        """The cell of facts as a decision recorded them, with the switches of this policy.

        Raises KeyError or TypeError for facts of other rules than today's.
        """
        at = self._recorded(facts)
        return self._places.get(at) or self._at(at)

    def cells_of(self, rows: Sequence[tuple[Any, ...]], now: datetime) -> list[Cell]:
        """Like `cell`, of many rows: the values of their facts, in the order of the fields; `now` is in
        UTC.
        """
        try:
            return [self._cells[key] for key in self._keys(rows, now)]
        except (KeyError, TypeError):
            return [self.cell(self._facts(*values), now) for values in rows]

    def with_fact(self, cell: Cell, name: str, value: StrEnum | bool) -> Cell:
        """The cell of the same facts with another value of one enum or boolean fact."""
        index = self._index[name]
        at = cell.places
        return self._at((*at[:index], self.axes[index].values.index(value), *at[index + 1 :]))

    def decide_uncached(self, facts: F, now: datetime) -> Decision:
        """The same decision from the raw facts: no reduction, no cache, both evaluators."""
        now = utc(now)
        values = self._raw(facts, now)
        return Decision(Cell(self, places(self.axes, values), self._answer(values)), facts, now)

    def sql(self, verdict: StrEnum, columns: Mapping[str, str | bool | int], now: str) -> str:
        """A boolean SQL expression for "the verdict is `verdict`"; see `rules.engine.sql.verdict_sql`."""
        if type(verdict) is not type(self.fail_closed):
            raise TypeError(f"{verdict!r} is not a verdict of {self.name}")
        nodes = [rule.condition for rule in self.rules if rule.verdict is verdict]
        return verdict_sql(nodes, self.axes, columns, now, self.switches)

    def clear_cache(self) -> None:
        """Empties the cache of cells, as after a restart."""
        self._cells.clear()
        self._places.clear()

    def _miss(self, facts: F, now: datetime) -> Cell:
        cell = self._at(places(self.axes, self._raw(facts, now)))
        if cell.rule is not self._closed:
            self._cells[self._key(facts, now)] = cell
        return cell

    def _raw(self, facts: F, now: datetime) -> dict[str, Constant]:
        check_facts(self._facts, self._fields, facts)
        return raw_values(self._fields, facts, now) | self.switches

    def _at(self, at: tuple[int, ...]) -> Cell:
        cell = self._places.get(at)
        if cell is None:
            values = {axis.field.name: axis.values[place] for axis, place in zip(self.axes, at, strict=True)}
            cell = Cell(self, at, self._answer(values))
            if cell.rule is not self._closed:  # a disagreement is not cached: each one is counted and logged
                cell = self._places.setdefault(at, cell)
        return cell

    def _answer(self, values: Mapping[str, Constant]) -> Rule:
        expected = self._oracle.fires(values)
        try:
            fired = self._engine.fires(values)
        except EngineError as error:
            return self._fail(values, str(error), expected)
        if fired != expected:
            return self._fail(values, sorted(fired), expected)
        hits = [rule for rule in self.rules if rule.id in fired]
        if not hits or any(rule.verdict is not hits[0].verdict for rule in hits):
            return self._fail(values, sorted(fired), expected)  # the check at load time makes this impossible
        return hits[0]

    def _fail(self, values: Mapping[str, Constant], engine: object, oracle: frozenset[str]) -> Rule:
        count_disagreement()
        _log.error(
            "rules disagree: ruleset=%s policy=%s/%s facts=%s engine=%s oracle=%s",
            self.name,
            self.policy.market,
            self.policy.version,
            dict(values),
            engine,
            sorted(oracle),
        )
        return self._closed

    def both(self, values: Mapping[str, Constant]) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the rules that fire according to durable_rules, and according to the oracle."""
        return self._engine.fires(values), self._oracle.fires(values)

    def table_axes(self) -> tuple[Axis, ...]:
        """The axes, with both values of each switch."""
        return axes_of([axis.field for axis in self.axes], [rule.condition for rule in self.rules])

    def json_facts(self, facts: F, now: datetime) -> dict[str, Json]:
        """The facts of a decision, as JSON values."""
        return to_json(self._fields, facts, now, self.switches)

    def traces(self, cell: Cell) -> tuple[RuleTrace, ...]:
        """The rules that do not fire in `cell`."""
        if cell.others is None:
            values = cell.values
            failed = ((rule, _failed(rule.condition, values)) for rule in self.rules)
            cell.others = tuple(
                RuleTrace(
                    self.name,
                    rule.id,
                    rule.requirement,
                    rule.reason,
                    tuple(map(str, unmet)),
                    unmet,
                    self.policy,
                )
                for rule, unmet in failed
                if unmet
            )
        return cell.others

    def change(self, cell: Cell, facts: F) -> tuple[datetime, StrEnum] | None:
        """When the passing of time alone first changes the verdict, and to which; None for never."""
        try:
            if len(self._since) != 1:
                return self._walk(cell, facts)
            after, verdict = cell.crossing or self._crossing(cell)
            if verdict is None:
                return None
            instant: datetime = getattr(facts, self.axes[self._since[0]].field.name)
            return instant.astimezone(UTC) + after, verdict
        except OverflowError:  # beyond the year 9999
            return None

    def end(self, cell: Cell, facts: F) -> datetime | None:
        """When the passing of time alone first changes the rule; None for never."""
        sure = cell.rule is not self._closed

        def stays(at: tuple[int, ...]) -> bool:
            nonlocal sure
            rule = self._at(at).rule
            sure = sure and rule is not self._closed
            return rule is cell.rule

        ending: Ending | None = cell.ending
        if ending is None:
            ending = ending_of(cell.places, self.axes, self._since, stays)
            if sure:
                cell.ending = ending
        return ending.of(facts, cell.places, stays)

    def _crossing(self, cell: Cell) -> tuple[timedelta, StrEnum | None]:
        """With one time fact, it depends only on the cell: the age at the crossing and the new verdict."""
        index = self._since[0]
        axis = self.axes[index]
        found, sure = _NEVER, cell.rule is not self._closed
        crossing: tuple[timedelta, StrEnum | None] = found
        for place, threshold in islice(enumerate(axis.thresholds, start=1), cell.places[index], None):
            later = self._at((*cell.places[:index], place, *cell.places[index + 1 :]))
            sure = sure and later.rule is not self._closed
            if later.verdict is not cell.verdict:
                crossing = timedelta(seconds=threshold), later.verdict
                break
        if sure:
            cell.crossing = crossing
        return crossing

    def _walk(self, cell: Cell, facts: F) -> tuple[datetime, StrEnum] | None:
        """With several time facts, the order of the crossings depends on their instants."""
        if cell.crossing is None:
            cell.crossing = crossings_of(cell.places, self.axes, self._since)
        for moment, at in steps(cell.crossing, facts, cell.places):
            later = self._at(at)
            if later.verdict is not cell.verdict:
                return moment, later.verdict
        return None


def _failed(node: Node, values: Mapping[str, Constant]) -> tuple[Node, ...]:
    """The parts that do not hold; empty if the whole condition holds."""
    if isinstance(node, Test):
        return () if holds(node, values[node.field.name]) else (node,)
    failed = [_failed(part, values) for part in node.parts]
    if node.every:
        return tuple(part for parts in failed for part in parts)
    return (node,) if all(failed) else ()
