"""Settings of what is removed by age, in days; 0 keeps it for ever."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

LEAST_DAYS = 7  # what is younger may still be needed: to repeat a request, to send, to settle
_MOST_DAYS = 36_500


def _days(default: int, description: str) -> int:
    kept: int = Field(default=default, ge=0, le=_MOST_DAYS, description=description)
    return kept


class RetentionSettings(BaseSettings):
    """A part of `settings.Settings`."""

    keep_idempotency_days: int = _days(
        30,
        "Days for which a repeated request with the same idempotency key gets the first answer; 0: for ever",
    )
    keep_feed_days: int = _days(400, "Days for which events of feeds and notifications are kept; 0: for ever")
    keep_outbox_days: int = _days(
        30, "Days for which messages are kept after they were sent or have expired; 0: for ever"
    )
    keep_deadlines_days: int = _days(
        90, "Days for which deadlines are kept after they were carried out; 0: for ever"
    )
    keep_contact_access_days: int = _days(
        0, "Days for which it is recorded which operator looked at which contact data; 0: for ever"
    )

    @field_validator(
        "keep_idempotency_days",
        "keep_feed_days",
        "keep_outbox_days",
        "keep_deadlines_days",
        "keep_contact_access_days",
    )
    @classmethod
    def _days_are_enough(cls, value: int) -> int:
        if 0 < value < LEAST_DAYS:
            raise ValueError(f"must be 0, or at least {LEAST_DAYS}")
        return value
