"""Reasons of deprecated fields: what to use instead, and the day after which the field may be removed."""

from datetime import date

# For everything that was deprecated at the same time: at least twelve months later.
REMOVED_AFTER = date(2027, 12, 31)


def use(instead: str, removed_after: date = REMOVED_AFTER) -> str:
    """Return the reason; `instead` names the field that replaces the deprecated one."""
    return f"Use `{instead}`. Removed after {removed_after.isoformat()}."
