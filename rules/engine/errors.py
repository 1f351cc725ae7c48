"""Errors of the rules.

Each message contains the place and the remedy; none contains contact data, so all may be logged.
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
    """The facts have the wrong type or are out of range; nothing was decided."""


class EngineError(RuntimeError):
    """The rule engine itself failed; the rules are not wrong."""


class RulesetError(Exception):
    """A ruleset cannot be loaded; raised when it is built for a policy, never while deciding."""


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
