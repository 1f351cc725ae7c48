"""Whether an instant of the recipient's day is a good one for a call (S3.5, S3.6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["CallTimeFacts", "Moment", "RecipientDay", "call_time"]


class Moment(StrEnum):
    """The verdicts of `call_time` and `mail_time`."""

    GOOD = "GOOD"
    FAIR = "FAIR"
    POSTPONE = "POSTPONE"


class RecipientDay(StrEnum):
    """The recipient's local day; a public holiday is a holiday on whatever day it falls."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"


@dataclass(frozen=True, slots=True)
class CallTimeFacts:
    """The recipient's local day, and instants of it."""

    day: RecipientDay
    work_begins: datetime
    lunch_ends: datetime
    work_ends: datetime


@ruleset(
    "call_time",
    CallTimeFacts,
    since=("work_begins", "lunch_ends", "work_ends"),
    fail_closed=Moment.POSTPONE,
)
def call_time(p: Policy) -> None:  # noqa: ARG001 - its times of day are in the facts
    """Afternoons late in the week are best; Monday morning is worst."""
    late_in_week = m.day.among(RecipientDay.THURSDAY, RecipientDay.FRIDAY)
    early_in_week = m.day.among(RecipientDay.MONDAY, RecipientDay.TUESDAY, RecipientDay.WEDNESDAY)
    workday = m.day.among(
        RecipientDay.MONDAY,
        RecipientDay.TUESDAY,
        RecipientDay.WEDNESDAY,
        RecipientDay.THURSDAY,
        RecipientDay.FRIDAY,
    )
    begun, ended = m.work_begins >= 0, m.work_ends >= 0
    at_work = begun & (m.work_ends < 0)
    in_the_morning, in_the_afternoon = at_work & (m.lunch_ends < 0), at_work & (m.lunch_ends >= 0)

    @rule(Moment.POSTPONE, "S3.5", m.day == RecipientDay.WEEKEND)
    def weekend() -> None:
        """It is the weekend where the person is."""

    @rule(Moment.POSTPONE, "S3.5", m.day == RecipientDay.HOLIDAY)
    def holiday() -> None:
        """It is a public holiday where the person is."""

    @rule(Moment.POSTPONE, "S3.5", workday & (m.work_begins < 0))
    def before_work() -> None:
        """The working day has not begun where the person is."""

    @rule(Moment.POSTPONE, "S3.6", workday & begun & ended)
    def after_work() -> None:
        """The working day is over where the person is; a voicemail is heard on the way home."""

    @rule(Moment.POSTPONE, "S3.5", (m.day == RecipientDay.MONDAY) & in_the_morning)
    def monday_morning() -> None:
        """Monday morning is a bad time to call: wait a few days, or at least until after lunch."""

    @rule(
        Moment.FAIR,
        "S3.5",
        m.day.among(RecipientDay.TUESDAY, RecipientDay.WEDNESDAY, RecipientDay.THURSDAY, RecipientDay.FRIDAY)
        & in_the_morning,
    )
    def morning() -> None:
        """Calls are more successful in the afternoon."""

    @rule(Moment.GOOD, "S3.5", late_in_week & in_the_afternoon)
    def afternoon_late_in_week() -> None:
        """Calls are most successful in the afternoon, late in the week."""

    @rule(Moment.GOOD, "S3.5", early_in_week & in_the_afternoon)
    def afternoon() -> None:
        """Calls are more successful in the afternoon than in the morning."""
