"""Until when a delivery can be complained about, by its policy's days and the local holidays (S5.8)."""

from datetime import datetime

from models.policies.public_holidays import public_holidays
from rules import Policy, calendar


def complaint_until(received_at: datetime, policy: Policy) -> datetime:
    """Return the first instant at which a complaint about a delivery received then is too late (S5.8)."""
    return calendar.complaint_until(received_at, policy, public_holidays(policy))
