"""Decisions: verdict, rule, reason, facts, the rules that did not fire, and when the verdict will change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rules.engine.condition import Constant, Node
from rules.engine.facts import Json

if TYPE_CHECKING:
    from rules.engine.decider import Ruleset
    from rules.policy import Policy

__all__ = ["DISAGREEMENT", "Cell", "Decision", "Rule", "RuleTrace"]

DISAGREEMENT = "engine_disagreement"  # the rule id of a decision that failed closed


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a ruleset for one policy: one sentence of the requirements.

    `sentence` has placeholders, `reason` the policy's numbers in their place; `condition` is its tree.
    """

    id: str
    verdict: StrEnum
    requirement: str
    sentence: str
    reason: str
    condition: Node
    data: Mapping[str, Any] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """A rule of a ruleset that did not fire, and its conditions that did not hold.

    `failed` is how the rule states them (never empty), `unmet` their trees, for those who word them; empty if
    they are not known. `policy` has the numbers of `reason`.
    """

    ruleset: str
    rule_id: str
    requirement: str
    reason: str
    failed: tuple[str, ...]
    unmet: tuple[Node, ...]
    policy: "Policy" = field(repr=False)


class Cell:
    """What all facts with the same places on the axes share: verdict, rule, traces, next crossing.

    Lists that need only `verdict` and `rule_id` use this instead of a Decision.
    """

    __slots__ = ("crossing", "ending", "others", "places", "rule", "ruleset", "verdict")

    def __init__(self, ruleset: "Ruleset[Any]", places: tuple[int, ...], rule: Rule) -> None:
        self.ruleset = ruleset
        self.places = places
        self.rule = rule
        self.verdict = rule.verdict
        self.others: tuple[RuleTrace, ...] | None = None  # made on demand, then cached
        self.crossing: Any = None
        self.ending: Any = None

    def __eq__(self, other: object) -> bool:
        """Whether both are the same decision; the cache may have been emptied in between."""
        if not isinstance(other, Cell):
            return NotImplemented
        return (self.ruleset, self.places, self.rule) == (other.ruleset, other.places, other.rule)

    def __hash__(self) -> int:
        """By place, because rules are immutable."""
        return hash((id(self.ruleset), self.places))

    @property
    def rule_id(self) -> str:
        """The id of the first rule, in file order, that fired."""
        return self.rule.id

    @property
    def values(self) -> dict[str, Constant]:
        """The representatives of this cell's facts; instants as seconds."""
        return {
            axis.field.name: axis.values[place]
            for axis, place in zip(self.ruleset.axes, self.places, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict over one set of facts at one instant, with everything needed to explain it.

    It stores what it was made from and derives the rest on demand: most readers need only the verdict.
    """

    _cell: Cell
    _facts: Any
    decided_at: datetime  # UTC, as passed in

    def __repr__(self) -> str:
        """A form for log lines."""
        return f"<{self.ruleset} {self.verdict}: {self.rule_id} ({self.requirement}), {self.policy_version}>"

    @property
    def ruleset(self) -> str:
        """The name of the ruleset, e.g. `visibility`."""
        return self._cell.ruleset.name

    @property
    def verdict(self) -> StrEnum:
        """The one verdict."""
        return self._cell.verdict

    @property
    def rule_id(self) -> str:
        """The first rule, in file order, that fired, or `engine_disagreement`."""
        return self._cell.rule.id

    @property
    def requirement(self) -> str:
        """The requirement's number, e.g. `S1.2`."""
        return self._cell.rule.requirement

    @property
    def reason(self) -> str:
        """The rule's sentence in English, with the policy's numbers."""
        return self._cell.rule.reason

    @property
    def policy(self) -> "Policy":
        """The policy that the rules were built from."""
        return self._cell.ruleset.policy

    @property
    def policy_version(self) -> str:
        """The version of the policy that the rules were built from."""
        return self._cell.ruleset.policy.version

    @property
    def facts(self) -> Mapping[str, Json]:
        """The facts as JSON values, including switches of the policy.

        Enums by value; an instant as ISO 8601 text in UTC, and in `<name>_seconds` the whole seconds until
        `decided_at`.
        """
        return self._cell.ruleset.json_facts(self._facts, self.decided_at)

    @property
    def others(self) -> tuple[RuleTrace, ...]:
        """The rules that did not fire, in file order, each with the conditions that did not hold."""
        return self._cell.ruleset.traces(self._cell)

    @property
    def changes_at(self) -> datetime | None:
        """The first instant (UTC, exact) of another verdict if no fact changes; None for never."""
        change = self._cell.ruleset.change(self._cell, self._facts)
        return change[0] if change else None

    @property
    def ends_at(self) -> datetime | None:
        """The first instant (UTC, exact) of another rule if no fact changes; None for never.

        It is never after `changes_at`: another rule may have the same verdict.
        """
        return self._cell.ruleset.end(self._cell, self._facts)

    @property
    def changes_to(self) -> StrEnum | None:
        """The verdict from `changes_at` on; None if it never changes without a change of facts."""
        change = self._cell.ruleset.change(self._cell, self._facts)
        return change[1] if change else None
