"""The complaint window (S5.8), the day of the decision (S5.9) and other counts of days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import FactError, Policy, PolicyError, complaint_until, demo_parameters
from rules.calendar import days_after, decide_by
from tests.rules.support import NOW, make_policy

BERLIN = ZoneInfo("Europe/Berlin")
POLICY = make_policy()
MOVING = make_policy("moving", complaint={"move_holidays": True})


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (datetime(2026, 1, 1, 0, 0, tzinfo=BERLIN), date(2026, 1, 31)),
        (datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=BERLIN), date(2026, 1, 31)),
        (datetime(2026, 1, 2, 0, 0, tzinfo=BERLIN), date(2026, 2, 1)),
        (datetime(2024, 2, 1, 12, tzinfo=BERLIN), date(2024, 3, 2)),  # leap year
        (datetime(2025, 2, 1, 12, tzinfo=BERLIN), date(2025, 3, 3)),
        (datetime(2026, 3, 10, 12, tzinfo=BERLIN), date(2026, 4, 9)),  # summer time begins in between
        (datetime(2026, 10, 10, 12, tzinfo=BERLIN), date(2026, 11, 9)),  # and ends
        (datetime(2026, 2, 27, 12, tzinfo=BERLIN), date(2026, 3, 29)),  # the last day has 23 hours
    ],
)
def test_the_window_ends_with_the_30th_day_after_the_day_of_receipt(
    received: datetime, last_day: date
) -> None:
    until = complaint_until(received, POLICY)
    assert until.tzinfo is UTC
    assert (until - timedelta(microseconds=1)).astimezone(BERLIN).date() == last_day
    assert until.astimezone(BERLIN).date() == last_day + timedelta(days=1)
    assert (until.astimezone(BERLIN).hour, until.astimezone(BERLIN).minute) == (0, 0)


def test_the_day_of_receipt_is_that_of_the_contracts_zone() -> None:
    late_in_utc = datetime(2026, 1, 1, 23, 30, tzinfo=UTC)  # already 2 January in Berlin
    assert complaint_until(late_in_utc, POLICY) == datetime(2026, 2, 1, 23, tzinfo=UTC)
    in_new_york = make_policy("ny", complaint={"zone": "America/New_York"})
    assert complaint_until(late_in_utc, in_new_york) == datetime(2026, 2, 1, 5, tzinfo=UTC)


def test_a_day_without_midnight_begins_with_its_first_instant() -> None:
    havana = make_policy("havana", complaint={"zone": "America/Havana", "window_days": 1})
    received = datetime(2025, 3, 7, 12, tzinfo=ZoneInfo("America/Havana"))  # there, 9 March begins at 01:00
    until = complaint_until(received, havana).astimezone(ZoneInfo("America/Havana"))
    assert (until.day, until.hour) == (9, 1)


def test_the_demo_counts_elapsed_days_of_its_own_length() -> None:
    demo = Policy.from_parameters(
        version="demo", market="demo", effective_from=NOW, parameters=demo_parameters(2)
    )
    assert complaint_until(NOW, demo) == NOW + timedelta(seconds=30 * 24 * 2)


@pytest.mark.parametrize(
    ("received", "holidays", "last_day"),
    [
        (date(2026, 4, 1), set(), date(2026, 5, 1)),  # a Friday
        (date(2026, 4, 1), {date(2026, 5, 1)}, date(2026, 5, 4)),  # a holiday, then a weekend
        (date(2026, 4, 2), set(), date(2026, 5, 4)),  # a Saturday
        (date(2026, 4, 3), set(), date(2026, 5, 4)),  # a Sunday
        (date(2026, 4, 4), {date(2026, 5, 1)}, date(2026, 5, 4)),  # a holiday before the end moves nothing
    ],
)
def test_the_switch_moves_an_end_on_a_day_off(received: date, holidays: set[date], last_day: date) -> None:
    at = datetime(received.year, received.month, received.day, 12, tzinfo=BERLIN)
    until = complaint_until(at, MOVING, holidays)
    assert until.astimezone(BERLIN).date() == last_day + timedelta(days=1)


def test_without_the_switch_nothing_moves() -> None:
    at = datetime(2026, 4, 2, 12, tzinfo=BERLIN)
    assert complaint_until(at, POLICY, {date(2026, 5, 2)}).astimezone(BERLIN).date() == date(2026, 5, 3)


def test_moving_without_knowing_the_holidays_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"^complaint\.move_holidays"):
        complaint_until(NOW, MOVING)


def test_a_naive_receipt_is_refused() -> None:
    with pytest.raises(FactError):
        complaint_until(datetime(2026, 1, 1), POLICY)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("submitted", "last_day"),
    [
        (datetime(2026, 1, 1, 0, 0, tzinfo=BERLIN), date(2026, 1, 22)),
        (datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=BERLIN), date(2026, 1, 22)),
        (datetime(2026, 1, 2, 0, 0, tzinfo=BERLIN), date(2026, 1, 23)),
        (datetime(2026, 3, 8, 12, tzinfo=BERLIN), date(2026, 3, 29)),  # the last day has 23 hours
        (datetime(2026, 10, 4, 12, tzinfo=BERLIN), date(2026, 10, 25)),  # and here 25
    ],
)
def test_s5_9_a_decision_is_overdue_from_day_22(submitted: datetime, last_day: date) -> None:
    due = decide_by(submitted, POLICY)
    assert (due - timedelta(microseconds=1)).astimezone(BERLIN).date() == last_day
    assert due.astimezone(BERLIN) == datetime.combine(last_day + timedelta(days=1), time(), BERLIN)


@pytest.mark.parametrize(("begun", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)])
def test_days_follow_daylight_saving_changes(begun: date, hours: int) -> None:
    at = datetime(begun.year, begun.month, begun.day, 12, tzinfo=BERLIN)
    ends = [days_after(at, days, POLICY) for days in (0, 1, 2)]
    assert ends[1] - ends[0] == timedelta(hours=hours)
    assert ends[2] - ends[1] == timedelta(hours=24)


def test_a_window_of_no_days_ends_with_its_first_day() -> None:
    at = datetime(2026, 6, 1, 9, tzinfo=BERLIN)
    assert days_after(at, 0, POLICY).astimezone(BERLIN) == datetime(2026, 6, 2, tzinfo=BERLIN)


def test_the_switch_moves_the_decision_too_but_only_over_days_off() -> None:
    at = datetime(2026, 4, 10, 12, tzinfo=BERLIN)  # 21 days later is Friday, 1 May
    moved = decide_by(at, MOVING, {date(2026, 5, 1), date(2026, 5, 4)})
    assert moved.astimezone(BERLIN).date() == date(2026, 5, 6)  # a holiday, a weekend, a holiday, Tuesday
    assert decide_by(at, MOVING, ()).astimezone(BERLIN).date() == date(2026, 5, 2)
    for count in (decide_by, complaint_until):
        with pytest.raises(PolicyError, match="holidays"):
            count(at, MOVING)


@pytest.mark.parametrize(("hour", "days"), [(1, 21), (2, 30), (60, 7), (3600, 1)])
def test_an_elapsed_demo_day_starts_immediately_and_ignores_days_off(hour: int, days: int) -> None:
    demo = Policy.from_parameters(
        version="demo", market="demo", effective_from=NOW, parameters=demo_parameters(hour)
    )
    assert days_after(NOW, days, demo) - NOW == timedelta(seconds=days * 24 * hour)
    assert decide_by(NOW, demo) - NOW == timedelta(seconds=21 * 24 * hour)
    moving = make_policy(
        "elapsed", complaint={"move_holidays": True, "window_elapsed_day_seconds": 24 * hour}
    )
    assert days_after(NOW, days, moving) == days_after(NOW, days, demo)  # it needs no holidays


@given(
    begun=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    days=st.integers(0, 366),
    zone=st.sampled_from(["Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    off=st.frozensets(st.integers(0, 400), max_size=40),
)
@settings(max_examples=300, deadline=None)
def test_an_end_is_the_first_instant_of_the_day_after_a_working_day(
    begun: datetime, days: int, zone: str, off: frozenset[int]
) -> None:
    local, here = begun.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone)
    holidays = {local + timedelta(days=number) for number in off}
    moving = make_policy(f"moving-{zone.replace('/', '.')}", complaint={"move_holidays": True, "zone": zone})
    end = days_after(begun, days, moving, holidays)
    last = (end - timedelta(microseconds=1)).astimezone(here).date()
    assert end > begun
    assert end.astimezone(here).date() == last + timedelta(days=1)
    assert last >= local + timedelta(days=days)
    assert last.weekday() < 5
    assert last not in holidays
    skipped = [local + timedelta(days=number) for number in range(days, (last - local).days)]
    assert all(day.weekday() >= 5 or day in holidays for day in skipped)
