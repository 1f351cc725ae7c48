"""Builders of employees' times for the tests of presence, routes and coverage."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.ids import new_id
from models.calls.calendar_hours import HoursPiece
from models.calls.presence import CompanyTime, EmployeeTimes, Entry, Span
from models.calls.routes import Candidate, Company
from models.policies.public_holidays import holidays_of
from rules import Policy
from rules.calls.call_route import TransferWish
from tests.rules.support import make_policy

BERLIN = ZoneInfo("Europe/Berlin")
POLICY = make_policy()
GERMANY = CompanyTime(BERLIN, holidays_of("DE"))
NO_HOLIDAYS = CompanyTime(BERLIN, frozenset())
OFFICE = tuple(Span(weekday, 480, 1_020) for weekday in range(1, 6))  # Monday to Friday, 08:00 to 17:00


def local(text: str) -> datetime:
    """An instant by a clock in Berlin, such as "2026-10-18 00:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def entry(
    begin: datetime, end: datetime, text: str = "is away", *, reachable: bool = False, made: int = 0
) -> Entry:
    """An appointment; of two with one start, the one with the larger `made` is newer."""
    return Entry(new_id(), begin, end, datetime(2026, 1, 1, 0, made, tzinfo=UTC), text, reachable)


def times(
    *entries: Entry, hours: Sequence[Span] = (), said: str | None = None, told: Sequence[HoursPiece] = ()
) -> EmployeeTimes:
    """An employee's times; `told` are hours that calendars tell."""
    return EmployeeTimes(entries, hours, said, told)


def company(
    policy: Policy = POLICY,
    holidays: Collection[date] = frozenset(),
    *,
    plan: bool = True,
    confirmed: bool = True,
    zone: ZoneInfo = BERLIN,
) -> Company:
    """A company in Germany."""
    return Company(policy, CompanyTime(zone, holidays), "de", plan, confirmed)


def candidate(
    wish: TransferWish = TransferWish.ALL,
    *entries: Entry,
    extension: str | None = "+493023125101",
    hours: Sequence[Span] = (),
    said: str | None = None,
    employee_id: UUID | None = None,
    told: Sequence[HoursPiece] = (),
) -> Candidate:
    """An employee who may get a call."""
    return Candidate(employee_id or new_id(), wish, extension, EmployeeTimes(entries, hours, said, told))
