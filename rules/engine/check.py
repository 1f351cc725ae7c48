"""Checks of a loaded ruleset: exactly one verdict for all possible facts, and no unreachable rule.

The checks are exhaustive, not sampled: they branch on each fact that is still undecided.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd, prod
from typing import TYPE_CHECKING, Any

from rules.engine.condition import Constant, Node, Split, Test, holds
from rules.engine.decision import Rule
from rules.engine.errors import (
    ConflictError,
    GapError,
    MismatchError,
    RulesetFault,
    RulesetFaultKind,
    UnreachableError,
)
from rules.engine.reduction import Axis

if TYPE_CHECKING:
    from rules.engine.decider import Ruleset

__all__ = ["Partial", "can_hold", "check_complete", "full_table_check", "restrict"]

Partial = bool | Node


def check_complete(name: str, rules: Sequence[Rule], axes: Sequence[Axis]) -> None:
    """Raises GapError, ConflictError or UnreachableError, each with a counterexample in its message.

    Exhaustive over enum members, booleans (both values of policy switches too) and one representative of each
    interval of an integer.
    """
    search = _Search(name, rules, {axis.field.name: axis for axis in axes})
    search.visit([rule.condition for rule in rules], {})
    for index, rule in enumerate(rules):
        if index not in search.named:
            raise UnreachableError(search.why_dead(index, rule))


class _Search:
    def __init__(self, name: str, rules: Sequence[Rule], axes: Mapping[str, Axis]) -> None:
        self.name, self.rules, self.axes = name, rules, axes
        self.named: set[int] = set()  # the rules that decide for some facts: the first to fire

    def visit(self, nodes: Sequence[Partial], known: dict[str, Constant]) -> None:
        fired = [index for index, node in enumerate(nodes) if node is True]
        first = fired[0] if fired else None
        for index in fired:
            if first is not None and self.rules[index].verdict is not self.rules[first].verdict:
                rules = {
                    "first": self.rules[first].id,
                    "first_verdict": str(self.rules[first].verdict),
                    "rule": self.rules[index].id,
                    "rule_verdict": str(self.rules[index].verdict),
                }
                raise ConflictError(self._fault(RulesetFaultKind.CONFLICT, rules, known))
        test = next(self._open(nodes, first), None)
        if test is None:
            if first is None:
                raise GapError(self._fault(RulesetFaultKind.GAP, {}, known))
            self.named.add(first)
            return
        for value in self.axes[test.field.name].values:
            restricted = [restrict(node, test.field.name, value) for node in nodes]
            self.visit(restricted, known | {test.field.name: value})

    def _open(self, nodes: Sequence[Partial], first: int | None) -> Iterator[Test]:
        """A test of each rule that can still matter: one that would decide instead, or would conflict."""
        for index, node in enumerate(nodes):
            if isinstance(node, bool):
                continue
            later = first is not None and index > first
            if not later or first is None or self.rules[index].verdict is not self.rules[first].verdict:
                yield _leftmost(node)

    def why_dead(self, index: int, rule: Rule) -> RulesetFault:
        """Why a rule is unreachable: it cannot fire at all, or an earlier rule always decides."""
        found = _satisfy(rule.condition, self.axes, {})
        if found is None:
            values = {"rule": rule.id, "condition": str(rule.condition)}
            return RulesetFault(RulesetFaultKind.CONTRADICTION, self.name, values)
        known = self._complete(found)
        earlier = next(r for r in self.rules[:index] if _decided(r.condition, known))
        return self._fault(RulesetFaultKind.SHADOWED, {"rule": rule.id, "first": earlier.id}, known)

    def _complete(self, known: Mapping[str, Constant]) -> dict[str, Constant]:
        return {name: known.get(name, axis.values[0]) for name, axis in self.axes.items()}

    def _fault(
        self, kind: RulesetFaultKind, values: Mapping[str, str], known: Mapping[str, Constant]
    ) -> RulesetFault:
        """The fault with its counterexample, with representatives for the facts that do not matter."""
        return _with_facts(kind, self.name, values, self.axes.values(), self._complete(known))


def _with_facts(
    kind: RulesetFaultKind,
    ruleset: str,
    values: Mapping[str, str],
    axes: Iterable[Axis],
    facts: Mapping[str, Constant],
) -> RulesetFault:
    said = ", ".join(f"{axis.field.name}={axis.field.say(facts[axis.field.name])}" for axis in axes)
    return RulesetFault(kind, ruleset, values, facts, said)


def _leftmost(node: Node) -> Test:
    return node if isinstance(node, Test) else _leftmost(node.parts[0])


def restrict(node: Partial, name: str, value: Constant) -> Partial:
    """The remaining condition when one fact is known."""
    if isinstance(node, bool):
        return node
    if isinstance(node, Test):
        return holds(node, value) if node.field.name == name else node
    parts: list[Node] = []
    for part in node.parts:
        left = restrict(part, name, value)
        if left is not True and left is not False:
            parts.append(left)
        elif left is not node.every:
            return left  # a false part decides an `and`, a true part an `or`
    if not parts:
        return node.every
    return parts[0] if len(parts) == 1 else Split(node.every, tuple(parts))


def can_hold(node: Partial, axes: Mapping[str, Axis]) -> bool:
    """Whether some facts satisfy what remains of a condition."""
    return _satisfy(node, axes, {}) is not None


def _decided(node: Node, known: Mapping[str, Constant]) -> bool:
    left: Partial = node
    for name, value in known.items():
        left = restrict(left, name, value)
    return left is True


def _satisfy(
    node: Partial, axes: Mapping[str, Axis], known: dict[str, Constant]
) -> dict[str, Constant] | None:
    if isinstance(node, bool):
        return known if node else None
    name = _leftmost(node).field.name
    for value in axes[name].values:
        found = _satisfy(restrict(node, name, value), axes, known | {name: value})
        if found is not None:
            return found
    return None


def full_table_check(ruleset: "Ruleset[Any]", limit: int = 50_000) -> int:
    """Compares durable_rules with the oracle on all cells of the table, or on up to `limit` spread evenly.

    Both values of each switch are tried. Returns the number of cells compared; raises MismatchError with the
    facts of the first difference.
    """
    axes = ruleset.table_axes()
    size = prod(len(axis.values) for axis in axes)
    step = max(1, -(-size // limit))
    while gcd(step, size) != 1:
        step += 1  # a step that shares a divisor with the length of an axis would skip values of it
    for number in range(0, size, step):
        facts, rest = {}, number
        for axis in axes:
            rest, place = divmod(rest, len(axis.values))
            facts[axis.field.name] = axis.values[place]
        engine, oracle = ruleset.both(facts)
        if engine != oracle:
            values = {"engine": str(sorted(engine)), "oracle": str(sorted(oracle))}
            fault = _with_facts(RulesetFaultKind.MISMATCH, ruleset.name, values, axes, facts)
            raise MismatchError(fault)
    return len(range(0, size, step))
