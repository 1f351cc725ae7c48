"""The hours in which the law of the recipient's place allows calls and text messages, as instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.contacting.person import Reachable
from models.contacting.zones import Whereabouts
from rules import Policy


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which calls are allowed: from `opens_at`, before `closes_at` (both UTC)."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class HoursLaw:
    """The law that the hours follow, for people to read, and when its row was last checked."""

    law: str
    checked_on: date


def windows(where: Whereabouts, at: datetime, policy: Policy) -> Iterator[Window]:
    """Yield the windows that close after `at` (aware) in order, those that open within the next 14 days."""
    raise NotImplementedError


def window_at(where: Whereabouts, at: datetime, policy: Policy) -> Window | None:
    """Return the window that is open at `at` or opens next; None if there is none within 14 days.

    There is none where the person may be in zones that share no hours: ask for the place.
    """
    return next(windows(where, at, policy), None)


def next_window(person: Reachable, at: datetime, policy: Policy) -> Window | None:
    """Like `window_at`, for a person."""
    raise NotImplementedError


def is_holiday(where: Whereabouts, day: date) -> bool:
    """Return whether a day is a public holiday where the person may be; an unknown place has none."""
    raise NotImplementedError


def hours_law(where: Whereabouts, policy: Policy) -> HoursLaw:
    """Return the law behind the hours of a place."""
    raise NotImplementedError
