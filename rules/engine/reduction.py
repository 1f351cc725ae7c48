"""The axes of a ruleset: the few values of each fact that a decision can depend on.

The reduction is lossless: facts with the same place on every axis satisfy exactly the same conditions.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from rules.engine.condition import Constant, Node, all_tests
from rules.engine.facts import BOUND, FactField, elapsed

__all__ = ["Axis", "axes_of", "compile_key", "compile_keys", "compile_recorded", "places", "raw_values"]

Key = Callable[[Any, datetime], tuple[Any, ...]]
Keys = Callable[[Iterable[tuple[Any, ...]], datetime], list[tuple[Any, ...]]]
Recorded = Callable[[Mapping[str, Any]], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of one fact that matter: all members, both booleans, or one integer of each interval.

    `thresholds` (integers, seconds) begin the intervals after the first; `values[i]` is in interval i.
    """

    field: FactField
    values: tuple[Constant, ...]
    thresholds: tuple[int, ...] = ()

    def place(self, value: Constant) -> int:
        """The index in `values` of the representative of `value`."""
        if self.field.kind in {"int", "since"}:
            return bisect_right(self.thresholds, value)
        return self.values.index(value)


def axes_of(
    fields: Iterable[FactField], nodes: Iterable[Node], switches: Mapping[str, bool] | None = None
) -> tuple[Axis, ...]:
    """The axes of `fields`, cut by the conditions `nodes`; switches are fixed if given."""
    cuts: dict[str, set[int]] = {}
    for node in nodes:
        for test in all_tests(node):
            constant = test.constant
            if test.field.kind not in {"int", "since"} or not isinstance(constant, int):
                continue
            starts = cuts.setdefault(test.field.name, set())
            if test.operator in {">=", "<", "=="}:
                starts.add(constant)
            if test.operator in {">", "<=", "=="}:
                starts.add(constant + 1)  # integers: above c means from c + 1 on
    return tuple(_axis(field, sorted(cuts.get(field.name, ())), switches or {}) for field in fields)


def _axis(field: FactField, thresholds: list[int], switches: Mapping[str, bool]) -> Axis:
    if field.enum is not None:
        return Axis(field, tuple(field.enum))
    if field.kind == "bool":
        return Axis(field, (switches[field.name],) if field.name in switches else (False, True))
    first = thresholds[0] - 1 if thresholds else 0
    return Axis(field, (first, *thresholds), tuple(thresholds))


def raw_values(fields: Iterable[FactField], facts: object, now: datetime) -> dict[str, Constant]:
    """The facts as the rules compare them, not reduced: an instant becomes whole seconds until `now`."""
    return {
        field.name: elapsed(now, getattr(facts, field.name))
        if field.kind == "since"
        else getattr(facts, field.name)
        for field in fields
    }


def places(axes: Iterable[Axis], values: Mapping[str, Constant]) -> tuple[int, ...]:
    """The index on each axis, in order."""
    return tuple([axis.place(values[axis.field.name]) for axis in axes])


def compile_key(facts: type, axes: Iterable[Axis]) -> Key:
    """A function of (facts, now in UTC) that returns the key of the cell, fast enough for every read.

    It raises TypeError for facts of another class and for an invalid integer or instant. An invalid enum or
    boolean gives a key that is in no cache, because members are compared by identity; the cache miss then
    checks the types.
    """
    space: dict[str, object] = {"_facts": facts}
    lines, expression = _steps(axes, "f.{}", space)
    strict = "if f.__class__ is not _facts: raise TypeError"
    key: Key = _compiled("def key(f, now):", [strict, *lines, f"return {expression}"], space)
    return key


def compile_keys(facts: type, axes: Iterable[Axis]) -> Keys:
    """Like `compile_key`, for lists, which make no object for the facts of a row: a function of the values of
    the facts of many rows, each in the order of their fields, and of `now`.
    """
    space: dict[str, object] = {}
    names = "".join(f"f_{field.name}, " for field in fields(facts))
    steps, key = _steps(axes, "f_{}", space)
    loop = [f"for {names} in rows:", *(f"    {step}" for step in steps), f"    add({key})"]
    lines = ["found = []", "add = found.append", *loop, "return found"]
    keys: Keys = _compiled("def keys(rows, now):", lines, space)
    return keys


def _compiled(head: str, lines: Iterable[str], space: dict[str, object]) -> Any:
    # The text contains only names of dataclass fields; numbers are bound as objects.
    exec("\n".join([head, *(f"    {line}" for line in lines)]), space)  # noqa: S102
    return space[head.removeprefix("def ").partition("(")[0]]


def _steps(axes: Iterable[Axis], value_of: str, space: dict[str, object]) -> tuple[list[str], str]:
    """Return the lines that prepare the values of one row, and the expression of its key."""
    space["_bound"] = BOUND
    lines: list[str] = []
    parts = []
    for number, axis in enumerate(axis for axis in axes if not axis.field.switch):
        name, kind, value = axis.field.name, axis.field.kind, f"v{number}"
        if kind in {"enum", "bool"}:
            parts.append(f"id({value_of.format(name)})")  # an enum's own hash is slow Python, and 1 == True
            continue
        if kind == "int":
            lines.append(f"{value} = {value_of.format(name)}")
            lines.append(
                f"if {value}.__class__ is not int or not -_bound <= {value} <= _bound: raise TypeError"
            )
        elif axis.thresholds == (0,):
            # The same as an age of 0, without making one; as strict.
            parts.append(f"{value_of.format(name)} <= now")
            continue
        else:
            # TypeError when the instant is naive.
            lines.append(f"{value} = now - {value_of.format(name)}")
        for index, threshold in enumerate(axis.thresholds):
            limit = f"{value}_{index}"
            # floor(age) >= c exactly when age >= c, for a whole number of seconds
            space[limit] = timedelta(seconds=threshold) if kind == "since" else threshold
            parts.append(f"{value} >= {limit}")
    return lines, f"({''.join(part + ', ' for part in parts)})"


def compile_recorded(axes: Iterable[Axis]) -> Recorded:
    """A function of facts as a decision records them (`Decision.facts`) that returns the places on the axes,
    fast enough for millions of them; switches have the place of the policy, not of the record.

    It raises KeyError or TypeError for facts that these axes do not know.
    """
    space: dict[str, object] = {"_after": bisect_right}
    parts = []
    for number, axis in enumerate(axes):
        name, kind, values = axis.field.name, axis.field.kind, f"v{number}"
        if axis.field.switch:
            parts.append("0")
        elif kind in {"enum", "bool"}:
            space[values] = {value: place for place, value in enumerate(axis.values)}
            parts.append(f"{values}[f[{name!r}]]")
        elif not axis.thresholds:
            parts.append("0")
        else:
            key = f"{name}_seconds" if kind == "since" else name
            space[values] = axis.thresholds
            parts.append(f"_after({values}, f[{key!r}])")
    # As in `compile_key`, the text contains only names of dataclass fields.
    exec(f"def recorded(f): return ({''.join(part + ', ' for part in parts)})", space)  # noqa: S102
    recorded: Recorded = space["recorded"]  # type: ignore[assignment]
    return recorded
