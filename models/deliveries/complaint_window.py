"""End of the complaint window of a delivery, from its policy's days and the local holidays (S5.8)."""

from datetime import datetime

from models.policies.public_holidays import public_holidays
from rules import Policy, calendar


def complaint_until(received_at: datetime, policy: Policy) -> datetime:
    """Return the first moment at which a complaint about a delivery received then is too late (S5.8)."""
    return calendar.complaint_until(received_at, policy, public_holidays(policy))
