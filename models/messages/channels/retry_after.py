"""The header Retry-After (RFC 9110, section 10.2.3), as a number of seconds."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 366 * 86_400.0  # seconds; the policy's own limit is far below


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return how many seconds to wait from `now`, 0 for the past, None for a malformed value."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), _LONGEST)
    try:
        at = parsedate_to_datetime(text)
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST)
