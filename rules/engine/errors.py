"""Errors of the rules.

Each message contains the place and the remedy; none contains contact data, so all may be logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "ConflictError",
    "EngineError",
    "FactError",
    "GapError",
    "MismatchError",
    "RulesetError",
    "RulesetFault",
    "RulesetFaultKind",
    "UnreachableError",
    "UnsafeConditionError",
]


class FactError(TypeError):
    """The facts have the wrong type or are out of range; nothing was decided."""


class EngineError(RuntimeError):
    """The rule engine itself failed; the rules are not wrong."""


class RulesetFaultKind(StrEnum):
    """The English template of each fault that a check of all facts can find."""

    GAP = "{ruleset}: no rule fires for {facts}; add a rule or widen one"
    CONFLICT = "{ruleset}: rules {first} ({first_verdict}) and {rule} ({rule_verdict}) both fire for {facts}"
    CONTRADICTION = "{ruleset}: rule {rule} can never fire: {condition} contradicts itself"
    SHADOWED = (
        "{ruleset}: rule {rule} never decides: rule {first} comes first for {facts}; "
        "remove it or narrow the earlier rules"
    )
    MISMATCH = "{ruleset}: durable_rules returns {engine}, the oracle {oracle} for {facts}"


@dataclass(frozen=True, slots=True)
class RulesetFault:
    """A template with its values, and the facts of the counterexample: as they are, and in English words."""

    kind: RulesetFaultKind
    ruleset: str
    values: Mapping[str, str]
    facts: Mapping[str, str | int] = field(default_factory=dict)
    said: str = ""

    def __str__(self) -> str:
        return self.kind.format(ruleset=self.ruleset, facts=self.said, **self.values)


class RulesetError(Exception):
    """A ruleset cannot be loaded; raised when it is built for a policy, never while deciding.

    `fault` is the message as data, for what a check of all facts found.
    """

    def __init__(self, fault: RulesetFault | str) -> None:
        super().__init__(str(fault))
        self.fault = fault if isinstance(fault, RulesetFault) else None


class UnsafeConditionError(RulesetError):
    """A condition uses something that durable_rules drops, misreads or crashes on."""


class GapError(RulesetError):
    """No rule fires for the facts in the message."""


class ConflictError(RulesetError):
    """Rules with different verdicts fire for the facts in the message."""


class UnreachableError(RulesetError):
    """A rule never decides: it cannot fire, or an earlier rule with the same verdict always fires too."""


class MismatchError(RulesetError):
    """durable_rules and the oracle differ for the facts in the message."""
