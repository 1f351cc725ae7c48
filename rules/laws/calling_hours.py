"""Tables of calling hours; a policy names the one that applies."""

HOURS_TABLES = ("2026-11",)
