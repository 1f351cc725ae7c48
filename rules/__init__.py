"""The rules: pure decisions over facts, and the policies that hold their numbers.

This package exports the public names.
"""

from rules.calendar import complaint_until
from rules.engine.check import full_table_check
from rules.engine.decider import Ruleset
from rules.engine.decision import DISAGREEMENT, Cell, Decision, Rule, RuleTrace
from rules.engine.dsl import RulesetDefinition, decide, rule, ruleset
from rules.engine.durable import disagreements, m
from rules.engine.errors import FactError, RulesetError
from rules.engine.facts import Json, Seconds
from rules.parameters import PolicyError, demo_parameters, humanly, production_parameters
from rules.policy import Policy
from rules.refund import MeetingStatement, Refund, RefundFacts, refund
from rules.registry import ALL, BY_NAME
from rules.review_reminder import ReviewReminder, ReviewReminderFacts, review_reminder
from rules.visibility import (
    Basis,
    Closed,
    DeliveryKind,
    Response,
    ViewerKind,
    Visibility,
    VisibilityFacts,
    visibility,
)

__all__ = [
    "ALL",
    "BY_NAME",
    "DISAGREEMENT",
    "Basis",
    "Cell",
    "Closed",
    "Decision",
    "DeliveryKind",
    "FactError",
    "Json",
    "MeetingStatement",
    "Policy",
    "PolicyError",
    "Refund",
    "RefundFacts",
    "Response",
    "ReviewReminder",
    "ReviewReminderFacts",
    "Rule",
    "RuleTrace",
    "Ruleset",
    "RulesetDefinition",
    "RulesetError",
    "Seconds",
    "ViewerKind",
    "Visibility",
    "VisibilityFacts",
    "complaint_until",
    "decide",
    "demo_parameters",
    "disagreements",
    "full_table_check",
    "humanly",
    "m",
    "production_parameters",
    "refund",
    "review_reminder",
    "rule",
    "ruleset",
    "visibility",
]
