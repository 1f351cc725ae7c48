"""Presence of an employee over time (S4.20, S4.21 and their readings): the boundaries, and what is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.local_time import clock_change, day_start
from models.calls.presence import Entry, Span, availability, entries_over, entry_at, presence_at
from rules.calls.presence import Presence
from tests.models.calls.support import BERLIN, GERMANY, NO_HOLIDAYS, OFFICE, POLICY, entry, local, times

MICROSECOND = timedelta(microseconds=1)
# The source's own case: away from 1 to 17 October means back on the 18th.
HOLIDAY = entry(day_start(date(2026, 10, 1), BERLIN), day_start(date(2026, 10, 18), BERLIN), "im Urlaub")


def test_away_until_the_17th_means_back_on_the_18th() -> None:
    """S4.21, at the microsecond."""
    away = times(HOLIDAY, said="Sie erreichen mich am besten per E-Mail.")
    last, first = local("2026-10-17 23:59:59.999999"), local("2026-10-18 00:00")
    assert last + MICROSECOND == first
    gone = availability(away, NO_HOLIDAYS, POLICY, last)
    assert (gone.state, gone.said, gone.until) == (Presence.AWAY, "im Urlaub", first)
    assert gone.back_on == date(2026, 10, 18)
    back = availability(away, NO_HOLIDAYS, POLICY, first)
    assert (back.state, back.said) == (Presence.PRESENT, "Sie erreichen mich am besten per E-Mail.")
    assert (back.until, back.back_on) == (None, None)


def test_an_absence_text_has_no_end_and_stops_no_call() -> None:
    """S4.20: it is what callers are told whenever there is no appointment, even years later."""
    standing = times(said="Ich bin nur vormittags da.")
    for at in (local("2026-10-05 10:00"), local("2036-10-05 10:00")):
        there = availability(standing, NO_HOLIDAYS, POLICY, at)
        assert (there.state, there.said) == (Presence.PRESENT, "Ich bin nur vormittags da.")
        assert (there.until, there.back_on) == (None, None)


def test_who_is_back_on_a_weekend_is_back_on_monday() -> None:
    """18 October 2026 is a Sunday: the absence ends, and presence begins with the next hours."""
    gone = availability(times(HOLIDAY, hours=OFFICE), GERMANY, POLICY, local("2026-10-12 10:00"))
    assert gone.until == local("2026-10-18 00:00")
    assert gone.back_on == date(2026, 10, 19)


def test_the_last_instant_before_an_appointment_is_present() -> None:
    free = times(HOLIDAY)
    begin = day_start(date(2026, 10, 1), BERLIN)
    before = availability(free, NO_HOLIDAYS, POLICY, begin - MICROSECOND)
    assert (before.state, before.until, before.back_on) == (Presence.PRESENT, begin, None)
    assert availability(free, NO_HOLIDAYS, POLICY, begin).state is Presence.AWAY


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 10, 26), 24)]
)
def test_a_whole_day_is_as_long_as_its_clocks_say(day: date, hours: int) -> None:
    length = day_start(day + timedelta(days=1), BERLIN) - day_start(day, BERLIN)
    assert length == timedelta(hours=hours)
    assert (clock_change(day, BERLIN) is None) == (hours == 24)


def test_clocks_change_at_one_utc() -> None:
    assert clock_change(date(2026, 3, 29), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert clock_change(date(2026, 10, 25), BERLIN) == datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_hours_in_a_skipped_hour_begin_after_it_and_in_a_doubled_hour_come_twice() -> None:
    night = times(hours=[Span(7, 150, 240)])  # Sunday, 02:30 to 04:00
    spring = datetime(2026, 3, 29, 1, tzinfo=UTC)  # 02:00, which is 03:00
    before = availability(night, NO_HOLIDAYS, POLICY, spring - MICROSECOND)
    assert (before.state, before.until) == (Presence.OUTSIDE_HOURS, spring)
    autumn = [
        presence_at(night, NO_HOLIDAYS, POLICY, datetime(2026, 10, 25, 0, minute, tzinfo=UTC) + shift)
        for shift in (timedelta(0), timedelta(hours=1))
        for minute in (29, 30, 59)
    ]
    assert autumn == [Presence.OUTSIDE_HOURS, Presence.PRESENT, Presence.PRESENT] * 2


def test_hours_end_at_their_last_minute_and_holidays_close_the_day() -> None:
    office = times(hours=OFFICE)
    friday = local("2026-10-02 16:59:59.999999")
    assert availability(office, GERMANY, POLICY, friday).until == local("2026-10-02 17:00")
    # 3 October 2026 is a Saturday; 25 December is a Friday.
    christmas = availability(office, GERMANY, POLICY, local("2026-12-25 10:00"))
    assert (christmas.state, christmas.until) == (Presence.HOLIDAY, local("2026-12-27 00:00"))


def test_without_hours_a_holiday_ends_at_midnight() -> None:
    unity = availability(times(), GERMANY, POLICY, local("2026-10-03 12:00"))
    assert (unity.state, unity.until) == (Presence.HOLIDAY, local("2026-10-04 00:00"))


def test_of_two_appointments_the_later_start_wins_then_the_newer() -> None:
    begin, noon, end = local("2026-10-05 08:00"), local("2026-10-05 12:00"), local("2026-10-05 18:00")
    day, lunch = entry(begin, end, "day"), entry(noon, end, "lunch", reachable=True)
    newer = entry(noon, end, "newer", made=5)
    assert entry_at([lunch, day], noon) is lunch
    assert entry_at([newer, lunch, day], noon) is newer
    there = availability(times(lunch, day), NO_HOLIDAYS, POLICY, noon)
    assert there.state is Presence.REACHABLE_APPOINTMENT


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10), st.integers(0, 3)), max_size=8),
)
def test_a_sweep_finds_the_entry_that_holds_at_each_moment(drawn: list[tuple[int, int, int]]) -> None:
    hour, start = timedelta(hours=1), local("2026-10-19 00:00")
    entries = [
        entry(start + begin * hour, start + (begin + long) * hour, made=made) for begin, long, made in drawn
    ]
    moments = [start + at * hour for at in range(32)]
    assert list(entries_over(entries, moments)) == [entry_at(entries, at) for at in moments]


def test_until_is_when_the_words_change_even_if_the_verdict_does_not() -> None:
    begin, noon, end = local("2026-10-05 08:00"), local("2026-10-05 12:00"), local("2026-10-06 18:00")
    gone = availability(
        times(entry(begin, noon, "in a meeting"), entry(noon, end, "travelling")), NO_HOLIDAYS, POLICY, begin
    )
    assert (gone.said, gone.until) == ("in a meeting", noon)
    assert gone.back_on == date(2026, 10, 6)


QUARTERS = st.integers(0, 14 * 96).map(lambda n: local("2026-10-19 00:00") + n * timedelta(minutes=15))
ENTRIES = st.lists(
    st.builds(
        lambda begin, quarters, reachable, made: entry(
            begin, begin + quarters * timedelta(minutes=15), str(made), reachable=reachable, made=made
        ),
        QUARTERS,
        st.integers(1, 200),
        st.booleans(),
        st.integers(0, 59),
    ),
    max_size=6,
)
HOURS = st.lists(
    st.builds(lambda day, at, long: Span(day, at * 15, min(1_440, (at + long) * 15)), st.integers(1, 7),
              st.integers(0, 95), st.integers(1, 96)),
    max_size=6,
)  # fmt: skip


def naive(entries: list[Entry], hours: list[Span], at: datetime) -> tuple[Presence, str | None]:
    """Read appointments, holidays and hours one after another, as a person reads a calendar."""
    holding: Entry | None = None
    for one in entries:
        if one.starts_at <= at < one.ends_at and (
            holding is None
            or one.starts_at > holding.starts_at
            or (one.starts_at == holding.starts_at and (one.made_at, one.id) > (holding.made_at, holding.id))
        ):
            holding = one
    if holding is not None:
        return Presence.REACHABLE_APPOINTMENT if holding.reachable else Presence.AWAY, holding.text
    clock = at.astimezone(BERLIN)
    if clock.date() in GERMANY.holidays:
        return Presence.HOLIDAY, None
    for span in hours:
        begin, until = divmod(span.from_minute, 60), divmod(span.until_minute, 60)
        if span.weekday == clock.isoweekday() and begin <= (clock.hour, clock.minute) < until:
            return Presence.PRESENT, None
    return Presence.OUTSIDE_HOURS if hours else Presence.PRESENT, None


@given(entries=ENTRIES, hours=HOURS, at=QUARTERS)
def test_until_is_the_first_change_that_asking_every_quarter_finds(
    entries: list[Entry], hours: list[Span], at: datetime
) -> None:
    """Overlaps, over the end of summer time; everything here changes on quarters of an hour."""
    found = availability(times(*entries, hours=hours), GERMANY, POLICY, at)

    def told(moment: datetime) -> tuple[Presence, str | None]:
        return naive(entries, hours, moment)

    assert told(at) == (found.state, found.said)
    later = [at + n * timedelta(minutes=15) for n in range(1, 20 * 96)]
    first = next((moment for moment in later if told(moment) != told(at)), None)
    if first is None:
        assert found.until is None or found.until > later[-1]
    else:
        assert found.until == first


def test_a_calendar_without_end_is_asked_a_bounded_number_of_times() -> None:
    """An employee with an appointment each minute has no end within the boundaries that are asked."""
    begin = local("2026-10-05 08:00")
    minute = timedelta(minutes=1)
    busy = times(*(entry(begin + n * minute, begin + (n + 1) * minute) for n in range(1_000)))
    assert availability(busy, NO_HOLIDAYS, POLICY, begin).until is None
