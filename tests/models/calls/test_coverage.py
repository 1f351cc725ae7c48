"""Times in which nobody would get a call: gaps, reasons, and agreement with asking minute by minute."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.calls.calendar_hours import HoursSpan, SpanKind, pieces_of
from models.calls.caller_id import CallerIdForm, read_caller_id
from models.calls.coverage import Coverage, expected_windows, find_gaps
from models.calls.presence import Span, presence_at
from models.calls.routes import Candidate, find_routes
from rules.calls.call_route import CallerStanding, CallRoute, TransferWish
from rules.calls.presence import Presence
from tests.models.calls.support import BERLIN, OFFICE, candidate, company, entry, local

WEEK = (local("2026-10-19 00:00"), local("2026-10-26 00:00"))  # its Sunday has 25 hours
HOUR = timedelta(hours=1)


async def gaps(
    *employees: Candidate,
    expected: list[Span] | None = None,
    standing: CallerStanding = CallerStanding.ORDINARY,
    holidays: frozenset[date] = frozenset(),
    period: tuple[datetime, datetime] = WEEK,
) -> Coverage:
    return await find_gaps(company(holidays=holidays), employees, standing, period, expected)


async def test_whole_days_in_a_row_are_one_gap_with_its_reason() -> None:
    away = candidate(TransferWish.ALL, entry(local("2026-10-20 00:00"), local("2026-10-23 00:00")))
    found = await gaps(away)
    [gap] = found.gaps
    assert (gap.begin, gap.end) == (local("2026-10-20 00:00"), local("2026-10-23 00:00"))
    assert [(reason.rule_id, reason.employees) for reason in gap.reasons] == [("appointment", 1)]
    assert found.expected_seconds == 169 * 3_600
    assert found.reachable_seconds == (169 - 72) * 3_600


async def test_off_hours_are_no_gap_unless_they_are_expected() -> None:
    office = candidate(hours=OFFICE)
    ordinary = await gaps(office)
    assert ordinary.gaps == []
    assert sum((end - begin for begin, end in ordinary.expected), timedelta()) == timedelta(
        seconds=ordinary.expected_seconds
    )
    saturday = await gaps(office, expected=[Span(6, 600, 720)])
    [gap] = saturday.gaps
    assert saturday.expected == [(gap.begin, gap.end)]
    assert (gap.begin, gap.end) == (local("2026-10-24 10:00"), local("2026-10-24 12:00"))
    assert gap.reasons[0].rule_id == "outside_hours"


async def test_a_closing_holiday_is_not_expected() -> None:
    office = candidate(hours=OFFICE)
    wednesday = frozenset({date(2026, 10, 21)})
    assert (await gaps(office, holidays=wednesday)).gaps == []
    asked = await gaps(office, holidays=wednesday, expected=list(OFFICE))
    assert [(gap.begin, gap.reasons[0].rule_id) for gap in asked.gaps] == [
        (local("2026-10-21 08:00"), "holiday")
    ]


async def test_reasons_count_each_employee_whom_a_rule_held_back() -> None:
    vips, silent, gone = (
        candidate(TransferWish.VIP_ONLY),
        candidate(TransferWish.NONE),
        candidate(TransferWish.ALL, entry(local("2026-10-19 12:00"), local("2026-10-26 00:00"))),
    )
    found = await gaps(vips, silent, silent, gone, period=(WEEK[0], WEEK[0] + 24 * HOUR))
    [gap] = found.gaps
    assert gap.begin == local("2026-10-19 12:00")
    assert {reason.rule_id: reason.employees for reason in gap.reasons} == {
        "vips_only": 1,
        "no_tick": 1,  # the same employee twice is one
        "appointment": 1,
    }
    of_vips = await gaps(vips, gone, standing=CallerStanding.VIP_OF_COMPANY)
    assert of_vips.gaps == []


async def test_too_many_gaps_are_cut_and_said() -> None:
    blinking = candidate(
        TransferWish.ALL,
        *(
            entry(
                WEEK[0] + minute * timedelta(minutes=2), WEEK[0] + minute * timedelta(minutes=2) + HOUR / 60
            )
            for minute in range(1_001)
        ),
    )
    found = await gaps(blinking, period=(WEEK[0], WEEK[0] + 48 * HOUR))
    assert (len(found.gaps), found.truncated) == (1_000, True)


async def test_hours_that_a_calendar_tells_are_expected_instead_of_weekly_ones() -> None:
    tuesday = [
        HoursSpan(SpanKind.SPAN, local("2026-10-20 00:00"), local("2026-10-21 00:00"), 0),
        HoursSpan(SpanKind.WITHIN, local("2026-10-20 12:00"), local("2026-10-20 20:00"), 0),
    ]
    one = candidate(hours=OFFICE, told=pieces_of(tuesday))
    windows = await expected_windows(company(), [one], WEEK, None)
    assert windows[:3] == [
        (local("2026-10-19 08:00"), local("2026-10-19 17:00")),
        (local("2026-10-20 12:00"), local("2026-10-20 20:00")),
        (local("2026-10-21 08:00"), local("2026-10-21 17:00")),
    ]
    on_a_holiday = company(holidays=frozenset({date(2026, 10, 20)}))
    assert len(await expected_windows(on_a_holiday, [one], WEEK, None)) == 4
    assert (await gaps(one)).gaps == []


async def test_a_doubled_hour_is_expected_twice() -> None:
    windows = await expected_windows(company(), [], WEEK, [Span(7, 120, 180)])
    assert [end - begin for begin, end in windows] == [2 * HOUR]
    windows = await expected_windows(company(), [], WEEK, [Span(7, 150, 180)])
    assert [end - begin for begin, end in windows] == [HOUR / 2, HOUR / 2]


QUARTER = timedelta(minutes=15)
SPANS = st.builds(
    lambda kind, at, long, priority: HoursSpan(
        kind, WEEK[0] + at * QUARTER, WEEK[0] + (at + long) * QUARTER, priority
    ),
    st.sampled_from(SpanKind),
    st.integers(0, 600),
    st.integers(1, 200),
    st.integers(0, 2),
)
EMPLOYEES = st.lists(
    st.builds(
        lambda begins, hours, spans: candidate(
            TransferWish.ALL,
            *(entry(WEEK[0] + begin * QUARTER, WEEK[0] + (begin + long) * QUARTER) for begin, long in begins),
            hours=[Span(day, at * 15, min(1_440, (at + long) * 15)) for day, at, long in hours],
            told=pieces_of(spans),
        ),
        st.lists(st.tuples(st.integers(0, 700), st.integers(1, 200)), max_size=3),
        st.lists(st.tuples(st.integers(1, 7), st.integers(0, 95), st.integers(1, 60)), max_size=4),
        st.one_of(st.just([]), st.lists(SPANS, max_size=4)),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25)
@given(employees=EMPLOYEES, whole=st.booleans())
async def test_the_gaps_are_those_that_asking_every_quarter_finds(
    employees: list[Candidate], whole: bool
) -> None:
    """Everything here changes on quarters of an hour."""
    holidays = frozenset({date(2026, 10, 22)})
    asked = [Span(day, 0, 1_440) for day in range(1, 8)] if whole else None
    found = await gaps(*employees, expected=asked, holidays=holidays)
    there = company(holidays=holidays)
    windows = await expected_windows(there, employees, WEEK, asked)

    def uncovered(moment: datetime) -> bool:
        return any(begin <= moment < end for begin, end in windows) and not any(
            presence_at(one.times, there.time, there.policy, moment)
            in {Presence.PRESENT, Presence.REACHABLE_APPOINTMENT}
            for one in employees
        )

    quarters = [WEEK[0] + n * QUARTER for n in range(169 * 4)]
    naive = [moment for moment in quarters if uncovered(moment)]
    within = [moment for moment in quarters if any(gap.begin <= moment < gap.end for gap in found.gaps)]
    assert within == naive
    assert sum((gap.end - gap.begin).total_seconds() for gap in found.gaps) == len(naive) * 900


async def test_the_gaps_are_those_of_the_routes_minute_by_minute_while_the_clocks_change() -> None:
    """25 October 2026 has six hours until five; wishes, extensions and standing count as in a call."""
    midnight = local("2026-10-25 00:00")
    minute = timedelta(minutes=1)
    night = [Span(7, 61, 133), Span(7, 171, 203)]
    employees = [
        candidate(TransferWish.ALL, entry(midnight + 100 * minute, midnight + 117 * minute), hours=night),
        candidate(TransferWish.ALL, hours=[Span(7, 127, 140)]),
        candidate(TransferWish.VIP_ONLY),
        candidate(TransferWish.ALL, extension=None),
    ]
    period = (midnight, local("2026-10-25 05:00"))
    found = await gaps(*employees, expected=[Span(7, 3, 290)], period=period)
    there = company()
    stranger = read_caller_id("+493023125666", CallerIdForm.E164, "DE")

    def uncovered(moment: datetime) -> bool:
        clock = moment.astimezone(BERLIN)
        return 3 <= clock.hour * 60 + clock.minute < 290 and not any(
            find_routes(there, stranger, [one], (), moment).routes[0].action is CallRoute.TRANSFER
            for one in employees
        )

    minutes = [midnight + number * minute for number in range(360)]
    within = [moment for moment in minutes if any(gap.begin <= moment < gap.end for gap in found.gaps)]
    assert within == [moment for moment in minutes if uncovered(moment)]
    assert len(found.gaps) == 5  # 02:20 to 02:51 twice
