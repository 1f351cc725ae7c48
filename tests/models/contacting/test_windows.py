"""Legal windows as instants, against an oracle that looks at the clock on the wall every minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.contacting import windows as module
from models.contacting.place_laws import applying, holidays_at, house_week
from models.contacting.windows import Window, hours_law, is_holiday, next_window, window_at, windows
from models.contacting.zones import Whereabouts, ZoneSource, whereabouts
from tests.models.contacting.support import BERLIN_PHONE, MIAMI_PHONE, POLICY, TOLL_FREE, somebody, utc
from tests.rules.support import make_policy

MINUTE, MICROSECOND = timedelta(minutes=1), timedelta(microseconds=1)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
    "Africa/Casablanca",
    "UTC",
)
# On and around clock changes of these zones, holidays and the turn of the year.
DAYS = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 9, 27),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2026, 7, 14),
    date(2026, 6, 10),
)
LAWS: tuple[tuple[str | None, str | None], ...] = (
    (None, None),
    ("DE", None),
    ("DE", "DE-BY"),
    ("ES", None),
    ("FR", None),
    ("IT", None),
    ("US", None),
    ("US", "US-AL"),
    ("US", "US-FL"),
    ("US", "US-TX"),
)
NIGHT = make_policy("night", contact={"house_hours_from": 0, "house_hours_until": 1439})
DAWN = make_policy("dawn", contact={"house_hours_from": 61, "house_hours_until": 187})


def _place(zones: tuple[str, ...], country: str | None, part: str | None = None) -> Whereabouts:
    return Whereabouts(zones, ZoneSource.PERSON, country, part, part is None)


def _open_by_the_clock(where: Whereabouts, at: datetime, policy: object = POLICY) -> bool:
    """Whether calls are allowed at an instant, by what clocks on the wall show."""
    contact = policy.contact  # type: ignore[attr-defined]
    for one in applying(where, contact.hours_table):
        for zone in one.zones:
            local = at.astimezone(ZoneInfo(zone))
            free = holidays_at(one.place) if one.row.holidays_closed else ()
            day = local.date()
            if day in free:
                return False
            week = one.row.week or house_week(contact.house_hours_from, contact.house_hours_until)
            spans = week[day.weekday()]
            if one.row.eves is not None and day.weekday() < 6 and day + timedelta(days=1) in free:
                spans = one.row.eves
            minute = local.hour * 60 + local.minute
            if not any(begin <= minute < end for begin, end in spans):
                return False
    return True


@settings(max_examples=120, deadline=None)
@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=4, unique=True).map(tuple),
    law=st.sampled_from(LAWS),
    day=st.sampled_from(DAYS),
    policy=st.sampled_from([POLICY, NIGHT, DAWN]),
)
@example(zones=("Australia/Lord_Howe",), law=(None, None), day=date(2026, 4, 5), policy=DAWN)
@example(zones=("Europe/Berlin",), law=("DE", None), day=date(2026, 10, 24), policy=DAWN)
def test_a_window_is_what_clocks_on_the_wall_show_minute_by_minute(
    zones: tuple[str, ...], law: tuple[str | None, str | None], day: date, policy: object
) -> None:
    """Over two days around clock changes and holidays, also in zones of a quarter of an hour."""
    where = _place(zones, *law)
    start = datetime.combine(day, time(), UTC) - timedelta(hours=20)
    found = list(windows(where, start, policy))  # type: ignore[arg-type]
    index = 0
    for step in range(2 * 24 * 60):
        at = start + step * MINUTE
        while index < len(found) and found[index].closes_at <= at:
            index += 1
        is_open = index < len(found) and found[index].opens_at <= at
        assert is_open == _open_by_the_clock(where, at, policy), at


@settings(max_examples=60, deadline=None)
@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=6, unique=True).map(tuple),
    law=st.sampled_from(LAWS),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_windows_are_in_order_apart_and_not_over(
    zones: tuple[str, ...], law: tuple[str | None, str | None], at: datetime
) -> None:
    found = list(windows(_place(zones, *law), at, POLICY))
    for window in found:
        assert at < window.closes_at
        assert window.opens_at < window.closes_at
        assert window.opens_at <= at + timedelta(days=14)
    for one, following in pairwise(found):
        assert one.closes_at < following.opens_at
    assert window_at(_place(zones, *law), at, POLICY) == next(iter(found), None)


@pytest.mark.parametrize(
    ("zone", "country", "part", "day", "hours"),
    [
        # Summer time in both directions: nine o'clock stays nine o'clock.
        ("Europe/Berlin", "DE", None, "2026-03-28", ("08:00", "19:00")),
        ("Europe/Berlin", "DE", None, "2026-03-30", ("07:00", "18:00")),
        ("Europe/Berlin", "DE", None, "2026-10-24", ("07:00", "18:00")),
        ("Europe/Berlin", "DE", None, "2026-10-26", ("08:00", "19:00")),
        ("America/New_York", "US", "US-FL", "2026-03-07", ("13:00", "01:00")),
        ("America/New_York", "US", "US-FL", "2026-03-08", ("12:00", "00:00")),
        ("America/New_York", "US", "US-FL", "2026-11-01", ("13:00", "01:00")),
        # Offsets of a quarter and of half an hour.
        ("Asia/Kathmandu", None, None, "2026-12-02", ("03:15", "14:15")),
        ("Pacific/Chatham", None, None, "2026-07-01", ("20:15", "07:15")),
        ("Asia/Kolkata", None, None, "2026-12-02", ("03:30", "14:30")),
        # The laws of the table.
        ("America/New_York", "US", "US-KY", "2026-12-06", ("15:00", "02:00")),
        ("America/New_York", "US", "US-CT", "2026-12-02", ("14:00", "01:00")),
        ("America/New_York", "US", "US-MA", "2026-12-02", ("13:00", "01:00")),
        ("America/Chicago", "US", "US-AL", "2026-12-02", ("14:00", "02:00")),
        ("America/Chicago", "US", "US-LA", "2026-12-02", ("14:00", "02:00")),
        ("America/Chicago", "US", "US-TX", "2026-12-02", ("15:00", "02:00")),
        ("Europe/Madrid", "ES", None, "2026-12-02", ("08:00", "20:00")),
        ("Europe/Rome", "IT", None, "2026-12-02", ("08:00", "19:00")),
        ("Europe/Rome", "IT", None, "2026-12-05", ("09:00", "18:00")),  # a Saturday
        ("Europe/Rome", "IT", None, "2026-12-24", ("09:00", "18:00")),  # the eve of a holiday
        ("Europe/London", "GB", None, "2026-12-02", ("09:00", "20:00")),
        ("Europe/Bucharest", "RO", None, "2026-12-02", ("07:00", "18:00")),
    ],
)
def test_each_law_opens_and_closes_by_its_own_clock(
    zone: str, country: str | None, part: str | None, day: str, hours: tuple[str, str]
) -> None:
    local_noon = datetime.combine(date.fromisoformat(day), time(12), ZoneInfo(zone))
    window = window_at(_place((zone,), country, part), local_noon, POLICY)
    assert window is not None
    assert (f"{window.opens_at:%H:%M}", f"{window.closes_at:%H:%M}") == hours
    assert window.opens_at <= local_noon < window.closes_at


@pytest.mark.parametrize(
    ("zone", "country", "part", "day"),
    [
        ("Europe/Berlin", "DE", None, "2026-12-06"),  # a Sunday
        ("Europe/Berlin", "DE", None, "2026-12-25"),
        ("Europe/Berlin", "DE", "DE-BY", "2027-01-06"),  # Epiphany, a holiday of Bavaria
        ("Europe/Paris", "FR", None, "2026-12-05"),
        ("Europe/Paris", "FR", None, "2026-07-14"),
        ("Europe/Madrid", "ES", None, "2026-12-05"),
        ("Europe/Rome", "IT", None, "2026-12-06"),
        ("America/Chicago", "US", "US-AL", "2026-12-06"),
        ("America/Chicago", "US", "US-AL", "2026-07-03"),  # Independence Day, observed
        ("America/Chicago", "US", "US-LA", "2026-12-25"),
        ("America/Chicago", "US", "US-TX", "2026-12-06"),
        ("Asia/Tokyo", "JP", None, "2026-11-03"),
    ],
)
def test_closed_days_have_no_hours(zone: str, country: str, part: str | None, day: str) -> None:
    where, here = _place((zone,), country, part), ZoneInfo(zone)
    noon = datetime.combine(date.fromisoformat(day), time(12), here)
    window = window_at(where, noon, POLICY)
    assert window is not None
    assert window.opens_at.astimezone(here).date() > noon.date()


def test_epiphany_is_a_holiday_in_bavaria_only() -> None:
    epiphany = utc("2027-01-06 11:00")
    for part, is_open in (("DE-BY", False), ("DE-BE", True), (None, True)):
        where = _place(("Europe/Berlin",), "DE", part)
        assert _open_by_the_clock(where, epiphany) == is_open
        assert is_holiday(where, epiphany.date()) != is_open


def test_lunch_closes_the_window_in_france() -> None:
    where = _place(("Europe/Paris",), "FR")
    found = windows(where, utc("2026-12-02 00:00"), POLICY)
    assert next(found) == Window(utc("2026-12-02 09:00"), utc("2026-12-02 12:00"))
    assert next(found) == Window(utc("2026-12-02 13:00"), utc("2026-12-02 19:00"))


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Pacific/Chatham"])
def test_a_window_ends_before_its_closing_instant(zone: str) -> None:
    """21:00 exactly is too late: the window is from 08:00 to before 21:00 of the recipient."""
    where = Whereabouts((zone,), ZoneSource.PHONE, "US", None, False)  # federal law alone
    close = datetime.combine(date(2026, 12, 2), time(21), ZoneInfo(zone)).astimezone(UTC)
    window = window_at(where, close - MICROSECOND, POLICY)
    assert window is not None
    assert window.closes_at == close
    later = window_at(where, close, POLICY)
    assert later is not None
    assert later.opens_at == window.opens_at + timedelta(days=1)


def test_a_toll_free_number_is_called_when_all_its_zones_are_awake() -> None:
    winter = next_window(somebody(phone=TOLL_FREE), utc("2026-12-02 12:00"), POLICY)
    assert winter == Window(utc("2026-12-02 22:00"), utc("2026-12-03 00:30"))
    summer = next_window(somebody(phone=TOLL_FREE), utc("2026-07-01 12:00"), POLICY)
    assert summer == Window(utc("2026-07-01 22:00"), utc("2026-07-01 23:30"))


def test_a_number_that_may_be_anywhere_follows_the_narrowest_laws() -> None:
    """Honolulu opens last, Florida, Connecticut and the states without a row close first."""
    window = next_window(somebody(phone=MIAMI_PHONE), utc("2026-12-02 12:00"), POLICY)
    assert window == Window(utc("2026-12-02 19:00"), utc("2026-12-03 01:00"))
    sunday = next_window(somebody(phone=MIAMI_PHONE), utc("2026-12-06 12:00"), POLICY)
    assert sunday == Window(utc("2026-12-07 19:00"), utc("2026-12-08 01:00"))


def test_zones_of_opposite_sides_share_no_hours() -> None:
    where = _place(("Europe/Berlin", "Pacific/Auckland"), None)
    assert window_at(where, utc("2026-12-02 12:00"), POLICY) is None
    assert list(windows(where, utc("2026-12-02 12:00"), POLICY)) == []


def test_the_house_has_its_own_hours_where_the_law_names_none() -> None:
    policy = make_policy("short", contact={"house_hours_from": 600, "house_hours_until": 601})
    window = next_window(somebody(phone=BERLIN_PHONE), utc("2026-12-02 00:00"), policy)
    assert window == Window(utc("2026-12-02 09:00"), utc("2026-12-02 09:01"))
    assert next_window(somebody(phone="+33142345678"), utc("2026-12-02 00:00"), policy) == Window(
        utc("2026-12-02 09:00"), utc("2026-12-02 12:00")
    )


def test_the_law_behind_the_hours_is_named() -> None:
    german = hours_law(whereabouts(somebody(phone=BERLIN_PHONE), POLICY), POLICY)
    assert (german.law, german.house) == ("§ 7 UWG", True)
    toll_free = hours_law(whereabouts(somebody(phone=TOLL_FREE), POLICY), POLICY)
    assert (toll_free.law, toll_free.house) == ("47 CFR § 64.1200(c)(1)", False)
    anywhere = hours_law(whereabouts(somebody(phone=MIAMI_PHONE), POLICY), POLICY)
    assert "501.616" in anywhere.law
    assert "KRS 367" in anywhere.law
    unknown = hours_law(_place(("Asia/Tokyo",), "JP"), POLICY)
    assert (unknown.law, unknown.house) == ("", True)
    assert unknown.checked_on == german.checked_on


def test_a_part_outside_the_zones_has_no_say() -> None:
    """Nobody in Los Angeles' time is in Florida; nobody in Chicago's is in Connecticut."""
    pacific = hours_law(_place(("America/Los_Angeles",), "US"), POLICY).law
    assert "501.616" not in pacific
    central = hours_law(_place(("America/Chicago",), "US"), POLICY).law
    assert "501.616" in central
    assert "42-288a" not in central


def test_a_day_is_computed_once_for_each_place() -> None:
    where = _place(("Asia/Kolkata", "Asia/Kathmandu"), None)
    window_at(where, utc("2029-05-02 12:00"), POLICY)
    before = module._opening_on.cache_info().misses
    for minute in range(60):
        window_at(where, utc("2029-05-02 12:00") + minute * MINUTE, POLICY)
    assert module._opening_on.cache_info().misses == before
