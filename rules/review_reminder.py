"""Whether a prospect is reminded to review an application (S1.10 and its reading)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy
from rules.visibility import Response

__all__ = ["ReviewReminder", "ReviewReminderFacts", "review_reminder"]


class ReviewReminder(StrEnum):
    """The verdicts; the wording of a reminder depends on the rule."""

    REMIND = "REMIND"
    QUIET = "QUIET"


REMIND, QUIET = ReviewReminder.REMIND, ReviewReminder.QUIET


@dataclass(frozen=True, slots=True)
class ReviewReminderFacts:
    """The facts that decide whether the reminder about one application is sent."""

    response: Response
    opened: bool  # the prospect has opened the application
    waited: datetime  # when the application was received


@ruleset(
    "review_reminder",
    ReviewReminderFacts,
    since=("waited",),
    fail_closed=QUIET,
    switches={"only_unopened": lambda p: p.reminder.only_unopened},
)
def review_reminder(p: Policy) -> None:
    """Already answered, too early, then whether it was opened."""
    silent = m.response == Response.NONE
    due = silent & (m.waited >= p.reminder.review_reminder_after)

    @rule(QUIET, "S1.10", m.response.among(Response.ACCEPTED, Response.DECLINED, Response.WITHDRAWN))
    def answered() -> None:
        """The prospect has responded."""

    @rule(QUIET, "S1.10", silent & (m.waited < p.reminder.review_reminder_after))
    def too_early() -> None:
        """The prospect has {review_reminder_after} to review the application before a reminder is sent."""

    @rule(REMIND, "S1.10", due & ~m.opened)
    def not_reviewed() -> None:
        """The application was not opened within {review_reminder_after}."""

    @rule(REMIND, "S1 R.reminder", due & m.opened & ~m.only_unopened)
    def opened_but_not_answered() -> None:
        """The application was opened, but not answered within {review_reminder_after}."""

    @rule(QUIET, "S1 R.reminder", due & m.opened & m.only_unopened)
    def opened_is_enough() -> None:
        """The application was opened; reminders are sent for unopened applications only."""
