"""Prometheus metrics counted by each process itself, prefixed `leadgate_`.

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
    "leadgate_deadlines_done", "Deadlines that this process carried out, by outcome.", ("kind", "outcome")
)
LATENESS = Histogram(
    "leadgate_deadline_lateness_seconds",
    "Seconds between a deadline's due time and its sweep by this process.",
    ("kind",),
    buckets=LATENESS_BUCKETS,
)
SWEEP_FAILURES = Counter("leadgate_sweep_failures", "Safety-net sweeps that failed.")
COMPLAINTS_OVERDUE = Counter("leadgate_complaints_overdue", "Complaints that this process found overdue.")
WAKE_FAILURES = Counter(
    "leadgate_wake_failures", "Batches of wake-ups that Redis did not accept; they are retried."
)
WAKE_DROPPED = Counter(
    "leadgate_wake_dropped",
    "Wake-ups that never reached Redis: too many were waiting, or this process ended.",
)
DATABASE_AWAY = Counter(
    "leadgate_database_away",
    "Statements that failed because the database was unavailable, read-only or out of space.",
)
DISPATCH_ATTEMPTS = Counter(
    "leadgate_dispatch_attempts",
    "Attempts to send a message, by channel and outcome.",
    ("channel", "outcome"),
)
STALE_NOTES = Counter(
    "leadgate_dispatch_stale_notes",
    "Results of attempts that came after the lease had ended, and changed nothing.",
    ("channel",),
)
SENDING_FAILURES = Counter(
    "leadgate_sending_failures", "Rounds of sending that failed; they are repeated.", ("channel",)
)
GAUGE_FAILURES = Counter(
    "leadgate_gauge_failures", "Gauges of the database that could not be read, or not in time.", ("gauge",)
)
ROWS_REMOVED = Counter("leadgate_rows_removed", "Rows that this process removed by age.", ("table",))
CALENDARS_READ = Counter(
    "leadgate_calendars_read", "Calendars of employees that were requested, by problem.", ("problem",)
)
TRIAL_FAILURES = Counter("leadgate_policy_trial_failures", "Batches of policy trials that failed.")
CALENDAR_FAILURES = Counter(
    "leadgate_calendar_failures", "Readings of calendars that failed through a fault of Leadgate."
)
CHANNEL_UNAVAILABLE = Gauge(
    "leadgate_channel_unavailable",
    "1 while this worker cannot use a channel's provider, such as for a wrong password; otherwise 0.",
    ("channel",),
    multiprocess_mode="livemax",
)
PHONE_EVENTS = Counter(
    "leadgate_phone_events",
    "Requests of telephone systems, by driver and what became of them.",
    ("driver", "result"),
)
PHONE_EVENTS_LOST = Counter(
    "leadgate_phone_events_lost",
    "Events of telephone systems that were answered but not stored, because the database was unavailable; "
    "these providers do not repeat them.",
    ("driver",),
)
BOUNCES = Counter(
    "leadgate_bounce_reports", "Reports of mail servers, by kind and verdict.", ("report", "verdict")
)
CALENDAR_REPLIES = Counter(
    "leadgate_calendar_replies", "Answers of calendar programs to events, which are ignored."
)
OUTSIDE_REFUSED = Counter(
    "leadgate_outside_refused",
    "Requests to addresses that somebody else chose and that are not allowed, by the reason.",
    ("why",),
)
OUTSIDE_ANSWERS = Counter(
    "leadgate_outside_answers",
    "Questions to public sources of contact data, by source and outcome.",
    ("source", "outcome"),
)
FORGETTING_LATENESS = Gauge(
    "leadgate_forgetting_lateness_seconds",
    "Seconds since the oldest call was due whose caller the latest nightly run forgot; 0 if it found none.",
    multiprocess_mode="mostrecent",
)
RECONCILIATION_FINDINGS = Gauge(
    "leadgate_reconciliation_findings",
    "Findings of the latest reconciliation by this process.",
    ("check",),
    multiprocess_mode="mostrecent",
)


# Looking up a counter by its labels costs more than counting; there is one per rule.
_counter_of = cache(DECISIONS.labels)


def count_decision(ruleset: str, rule_id: str) -> None:
    """Count a decision that was recorded."""
    _counter_of(ruleset, rule_id).inc()
