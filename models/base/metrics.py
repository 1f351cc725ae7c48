"""Prometheus metrics that a process counts itself, prefixed `leadgate_`.

Labels never hold ids or contact data.
"""

from functools import cache

from prometheus_client import Counter, Gauge, Histogram

# Seconds.
LATENESS_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 86_400, 604_800)

DECISIONS = Counter(
    "leadgate_decisions", "Decisions that changed something, by the rule that fired.", ("ruleset", "rule")
)
DEADLINES_DONE = Counter(
    "leadgate_deadlines_done", "Deadlines that this process swept, by verdict's rule.", ("kind", "outcome")
)
LATENESS = Histogram(
    "leadgate_deadline_lateness_seconds",
    "Seconds from the instant when a deadline was due until this process swept it.",
    ("kind",),
    buckets=LATENESS_BUCKETS,
)
SWEEP_FAILURES = Counter("leadgate_sweep_failures", "Sweeps of the safety net that ended in an error.")
COMPLAINTS_OVERDUE = Counter(
    "leadgate_complaints_overdue", "Complaints that were not decided in time, as this process found."
)
WAKE_FAILURES = Counter(
    "leadgate_wake_failures", "Times that Redis did not take what it was told of commits; it is told again."
)
WAKE_DROPPED = Counter(
    "leadgate_wake_dropped",
    "Feeds and sweeps that Redis was never told of: too many waited, or this process ended.",
)
DATABASE_AWAY = Counter(
    "leadgate_database_away", "Statements that found the database away, read-only or without room."
)
RECONCILIATION_FINDINGS = Gauge(
    "leadgate_reconciliation_findings", "What the latest reconciliation of this process found.", ("check",)
)


# Looking a counter up by its labels costs more than counting; there are as many as rules.
_counter_of = cache(DECISIONS.labels)


def count_decision(ruleset: str, rule_id: str) -> None:
    """Count a decision that was recorded."""
    _counter_of(ruleset, rule_id).inc()
