"""Errors of the rules.

Each names the place and the remedy; none carries contact data, so all may be logged.
"""

__all__ = [
    "ConflictError",
    "EngineError",
    "FactError",
    "GapError",
    "MismatchError",
    "RulesetError",
    "UnreachableError",
    "UnsafeConditionError",
]


class FactError(TypeError):
    """Facts of the wrong type or outside their range were given; nothing was decided."""


class EngineError(RuntimeError):
    """The rules engine itself failed (not: the rules are wrong)."""


class RulesetError(Exception):
    """A ruleset cannot be loaded; found when it is built for a policy, never while deciding."""


class UnsafeConditionError(RulesetError):
    """A condition uses something that durable_rules drops, misreads or crashes on."""


class GapError(RulesetError):
    """No rule fires for the facts named in the text."""


class ConflictError(RulesetError):
    """Rules with different verdicts fire for the facts named in the text."""


class UnreachableError(RulesetError):
    """A rule never decides: it cannot fire, or an earlier one with its verdict always fires too."""


class MismatchError(RulesetError):
    """durable_rules and the oracle answer differently for the facts named in the text."""
