"""The table of a ruleset for people, computed from the conditions of its rules, as Markdown.

First an overview: what can happen in each state. Then each rule, with the rest of its condition where the
facts of the heading are known. That exactly one of the rules decides is proven when a ruleset is loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules.engine.check import Partial, can_hold, restrict
from rules.engine.condition import Constant, Node, Test
from rules.engine.decider import Ruleset
from rules.engine.reduction import Axis
from rules.parameters import humanly

__all__ = ["Shape", "matrix_lines"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The facts by which a table is arranged: a row for each `state`, split by `age` where that matters.

    `nothing` is the verdict that is left out of the overview.
    """

    viewer: str
    place: str
    state: str
    age: str
    nothing: str


def matrix_lines(ruleset: Ruleset[Any], shape: Shape) -> Iterator[str]:
    """The overview and the rules, line by line."""
    axes = {axis.field.name: axis for axis in ruleset.axes}
    viewers = axes[shape.viewer].values
    yield f"| {shape.state} | {' | '.join(_name(axes[shape.viewer], viewer) for viewer in viewers)} |"
    yield "|" + "---|" * (len(viewers) + 1)
    for title, cells in _states(ruleset, axes, shape):
        yield f"| {title} | {' | '.join(cells)} |"
    for viewer in viewers:
        tables = {
            _name(axes[shape.place], place): list(
                _rules(ruleset, axes, {shape.viewer: viewer, shape.place: place})
            )
            for place in axes[shape.place].values
        }
        alike = len({tuple(rows) for rows in tables.values()}) == 1
        for place, rows in list(tables.items())[: 1 if alike else None]:
            yield from ("", f"#### {_name(axes[shape.viewer], viewer)}, {'everywhere' if alike else place}")
            yield from ("", "| verdict | rule | if |", "|---|---|---|", *rows)


def _rules(ruleset: Ruleset[Any], axes: dict[str, Axis], known: dict[str, Constant]) -> Iterator[str]:
    for rule, node in zip(ruleset.rules, _restricted(ruleset, known), strict=True):
        if can_hold(node, axes):
            condition = "always" if isinstance(node, bool) else _say(node)
            yield f"| {rule.verdict} | `{rule.id}` | {condition} |"


def _restricted(ruleset: Ruleset[Any], known: dict[str, Constant]) -> list[Partial]:
    nodes: list[Partial] = [rule.condition for rule in ruleset.rules]
    for name, value in known.items():
        nodes = [restrict(node, name, value) for node in nodes]
    return nodes


def _states(ruleset: Ruleset[Any], axes: dict[str, Axis], shape: Shape) -> Iterator[tuple[str, list[str]]]:
    """What each viewer can be shown in each state, and in each period of its age if that depends on it."""
    age = axes[shape.age]
    for state in axes[shape.state].values:
        spans: list[tuple[list[str], list[int]]] = []
        for position, value in enumerate(age.values):
            known = {shape.state: state, shape.age: value}
            seen = [
                _overview(ruleset, axes, shape, known | {shape.viewer: viewer})
                for viewer in axes[shape.viewer].values
            ]
            if spans and spans[-1][0] == seen:
                spans[-1][1].append(position)
            else:
                spans.append((seen, [position]))
        for seen, positions in spans:
            title = _name(axes[shape.state], state)
            if len(spans) > 1:
                title += f", {_period(age, positions[0], positions[-1])}"
            yield title, seen


def _overview(ruleset: Ruleset[Any], axes: dict[str, Axis], shape: Shape, known: dict[str, Constant]) -> str:
    """What can be shown in each place, in the order of the rules; empty if nothing is."""
    said = []
    for place in axes[shape.place].values:
        nodes = _restricted(ruleset, known | {shape.place: place})
        verdicts = dict.fromkeys(
            str(rule.verdict)
            for rule, node in zip(ruleset.rules, nodes, strict=True)
            if can_hold(node, axes) and rule.verdict != shape.nothing
        )
        if verdicts:
            said.append(f"{_name(axes[shape.place], place)}: {' or '.join(verdicts)}")
    return "; ".join(said)


def _name(axis: Axis, value: Constant) -> str:
    return axis.field.say(value)


def _say(node: Node, *, inside: bool = False) -> str:
    """A condition in words; comparisons of one fact with several members are joined."""
    if isinstance(node, Test):
        return _test(node)
    parts: list[str] = []
    members: dict[str, list[str]] = {}
    for part in node.parts:
        if isinstance(part, Test) and part.field.enum is not None and not node.every:
            members.setdefault(part.field.name, []).append(part.field.say(part.constant))
        else:
            parts.append(_say(part, inside=True))
    parts = [f"{name} {' / '.join(values)}" for name, values in members.items()] + parts
    text = (" and " if node.every else " or ").join(parts)
    return f"({text})" if inside and len(parts) > 1 else text


def _test(test: Test) -> str:
    name, constant = test.field.name, test.constant
    if test.field.enum is not None:
        return f"{name} {test.field.say(constant)}"
    if test.field.kind != "since" or not isinstance(constant, int) or test.operator not in {"<", ">="}:
        return str(test)
    return f"{'before' if test.operator == '<' else 'from'} {_moment(name, constant)}"


def _period(axis: Axis, first: int, last: int) -> str:
    """The places of a time fact from `first` to `last`."""
    name, parts = axis.field.name, []
    if first:
        parts.append(f"from {_moment(name, axis.thresholds[first - 1])}")
    if last < len(axis.thresholds):
        parts.append(f"before {_moment(name, axis.thresholds[last])}")
    return ", ".join(parts)


def _moment(name: str, seconds: int) -> str:
    if not seconds:
        return name
    return f"{humanly(abs(seconds))} {'after' if seconds > 0 else 'before'} {name}"
