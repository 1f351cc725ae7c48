"""Good moments for calls and email in the person's local time (S3.5 to S3.7)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contacting.moments import (
    HORIZON,
    Stretch,
    best_for_call,
    best_for_email,
    best_for_voicemail,
    call_moment,
    mail_moment,
)
from models.contacting.windows import windows
from models.contacting.zones import Whereabouts, ZoneSource
from rules import Policy
from rules.contacting.call_time import Moment
from tests.rules.support import MICROSECOND, make_policy

POLICY = make_policy()
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def place(*zones: str, country: str | None = "DE") -> Whereabouts:
    return Whereabouts(zones, ZoneSource.PERSON, country, None, False)


IN_BERLIN = place("Europe/Berlin")


def berlin(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Return an instant of 2026; 23 November is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def of(stretch: Stretch | None) -> tuple[datetime, datetime] | None:
    return None if stretch is None else (stretch.start, stretch.end)


@pytest.mark.parametrize(
    ("at", "start", "end"),
    [
        (berlin(24, 10), berlin(24, 13), berlin(24, 17, 30)),  # a Tuesday morning
        (berlin(24, 15), berlin(24, 15), berlin(24, 17, 30)),  # it is good now
        (berlin(24, 17, 30), berlin(25, 13), berlin(25, 17, 30)),
        (berlin(27, 18), berlin(30, 13), berlin(30, 17, 30)),  # over the weekend
        (berlin(23, 10), berlin(25, 13), berlin(25, 17, 30)),  # a Monday morning: two days on
        (berlin(23, 8), berlin(23, 13), berlin(23, 17, 30)),  # before work, it is not yet that morning
        (berlin(23, 14), berlin(23, 14), berlin(23, 17, 30)),
        (berlin(24, 18, month=12), berlin(28, 13, month=12), berlin(28, 17, 30, month=12)),  # holidays
    ],
)
def test_s3_5_the_best_time_for_a_call_is_the_next_afternoon(
    at: datetime, start: datetime, end: datetime
) -> None:
    assert of(best_for_call(IN_BERLIN, at, POLICY)) == (start, end)


def test_s3_5_the_policy_says_to_how_many_days_later_a_monday_morning_moves() -> None:
    same_day = make_policy("same-day", advice={"monday_days": 0})
    at = berlin(23, 10)
    assert of(best_for_call(IN_BERLIN, at, same_day)) == (berlin(23, 13), berlin(23, 17, 30))


def test_the_calling_hours_cut_the_best_time() -> None:
    early = make_policy("early", contact={"house_hours_until": 15 * 60})
    assert of(best_for_call(IN_BERLIN, berlin(24, 10), early)) == (berlin(24, 13), berlin(24, 15))
    assert of(best_for_call(IN_BERLIN, berlin(24, 15), early)) == (berlin(25, 13), berlin(25, 15))
    never = make_policy("never", contact={"house_hours_until": 12 * 60})
    assert best_for_call(IN_BERLIN, berlin(24, 10), never) is None


def test_in_several_zones_the_best_time_is_good_in_all_of_them() -> None:
    both = place("America/New_York", "America/Los_Angeles", country="US")
    at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    found = best_for_call(both, at, POLICY)
    assert of(found) == (
        datetime(2026, 11, 24, 21, 0, tzinfo=UTC),  # 13:00 in Los Angeles
        datetime(2026, 11, 24, 22, 30, tzinfo=UTC),  # 17:30 in New York
    )
    apart = place("Europe/Berlin", "America/Los_Angeles", country=None)
    assert best_for_call(apart, at, POLICY) is None


def test_s3_6_a_voicemail_is_best_left_in_the_evening_of_a_working_day() -> None:
    assert of(best_for_voicemail(IN_BERLIN, berlin(24, 10), POLICY)) == (berlin(24, 17, 30), berlin(24, 20))
    assert of(best_for_voicemail(IN_BERLIN, berlin(24, 19), POLICY)) == (berlin(24, 19), berlin(24, 20))
    assert of(best_for_voicemail(IN_BERLIN, berlin(27, 20), POLICY)) == (berlin(30, 17, 30), berlin(30, 20))


@pytest.mark.parametrize(
    ("zone", "minutes_past"),
    [("Europe/Berlin", 0), ("Asia/Kolkata", 30), ("Asia/Kathmandu", 45), ("Australia/Adelaide", 30)],
)
def test_s3_7_email_is_best_around_the_recipients_full_hour(zone: str, minutes_past: int) -> None:
    where, local = place(zone, country=None), ZoneInfo(zone)
    at = datetime(2026, 11, 24, 10, 31, tzinfo=local)
    hour = datetime(2026, 11, 24, 11, 0, tzinfo=local).astimezone(UTC)
    assert hour.minute == (60 - minutes_past) % 60
    edge = timedelta(seconds=POLICY.advice.hour_edge)
    assert of(best_for_email(where, at, POLICY)) == (hour - edge, hour + edge)
    assert mail_moment(where, hour - edge - MICROSECOND, POLICY).verdict is Moment.FAIR
    assert mail_moment(where, hour - edge, POLICY).verdict is Moment.GOOD
    assert mail_moment(where, hour + edge - MICROSECOND, POLICY).verdict is Moment.GOOD
    assert mail_moment(where, hour + edge, POLICY).verdict is Moment.FAIR
    inside = hour + timedelta(minutes=5)
    assert of(best_for_email(where, inside, POLICY)) == (inside, hour + edge)


def test_zones_whose_hours_do_not_meet_have_no_best_time_for_email() -> None:
    assert best_for_email(place("Asia/Kolkata", "Europe/Berlin"), berlin(24, 10), POLICY) is None


ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"]
INSTANTS = st.integers(0, 365 * 1_440).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + minute * MINUTE)
POLICIES = [
    POLICY,
    make_policy("odd", advice={"lunch_over": 811, "business_until": 1_001, "monday_days": 5}),
    make_policy("night", advice={"business_from": 0, "lunch_over": 61, "business_until": 1_439}),
]


def _good(where: Whereabouts, at: datetime, policy: Policy) -> bool:
    open_now = any(one.opens_at <= at < one.closes_at for one in windows(where, at, policy))
    return open_now and call_moment(where, at, policy).verdict is Moment.GOOD


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True), INSTANTS, st.sampled_from(POLICIES)
)
def test_the_best_time_is_the_first_good_minute(zones: list[str], at: datetime, policy: Policy) -> None:
    """Compared with stepping through minutes, from an instant on that is no Monday morning."""
    where = place(*zones, country=None)
    if call_moment(where, at, policy).rule_id == "monday_morning":
        at += timedelta(days=1)
    found = best_for_call(where, at, policy)
    if found is None:
        assert not any(_good(where, at + hour * timedelta(hours=1), policy) for hour in range(14 * 24))
        return
    assert at <= found.start < at + HORIZON
    assert _good(where, found.start, policy)
    assert _good(where, found.end - MICROSECOND, policy)
    assert not _good(where, found.end, policy)
    for step in range(1, min(3_000, int((found.start - at) / MINUTE)) + 1):
        assert not _good(where, found.start - step * MINUTE, policy)
