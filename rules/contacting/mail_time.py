"""Whether an instant is a good one for an email (S3.7)."""

from dataclasses import dataclass
from datetime import datetime

from rules.contacting.call_time import Moment
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["MailTimeFacts", "mail_time"]


@dataclass(frozen=True, slots=True)
class MailTimeFacts:
    """The stretch around the recipient's next full hour, or around the one that is not yet over."""

    opens_at: datetime  # `hour_edge` before the full hour
    closes_at: datetime  # `hour_edge` after it


@ruleset("mail_time", MailTimeFacts, since=("opens_at", "closes_at"), fail_closed=Moment.FAIR)
def mail_time(p: Policy) -> None:  # noqa: ARG001 - its number is in the facts
    """Around the full hour of the recipient's clock."""

    @rule(Moment.GOOD, "S3.7", (m.opens_at >= 0) & (m.closes_at < 0))
    def around_the_hour() -> None:
        """People read their email within {hour_edge} of the full hour, between meetings."""

    @rule(Moment.FAIR, "S3.7", (m.opens_at < 0) | (m.closes_at >= 0))
    def between_the_hours() -> None:
        """In the middle of an hour, people are often in meetings; email is read around the full hour."""
