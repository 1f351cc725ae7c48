"""Coverage of a company, against asking for the routes of each employee minute by minute."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from bench.companies import UNKNOWN, owner_of
from bench.figures import Figure, Options, median
from bench.recognition import presented
from models.base.database import connection
from models.calls.coverage import Coverage, Window, expected_windows
from models.calls.facts import all_candidates, company_of, policy_now
from models.calls.hours import SpanDraft, read_spans
from models.calls.list import find_secretariat
from models.calls.preview import coverage_of
from models.calls.routes import Candidate, Company, find_routes
from rules.calls.call_route import CallerStanding, CallRoute

DAYS = 28
DAYTIME = [SpanDraft(weekday, "07:00", "19:00") for weekday in range(1, 8)]


async def measure_coverage(number: int, employees: int, monday: datetime, options: Options) -> list[Figure]:
    """Compute the gaps of the company with this number, and ask for the routes at a sample of the minutes."""
    conn, owner = connection(), owner_of(number)
    begin = monday.replace(hour=0)
    period = (begin, begin + timedelta(days=DAYS))
    secretariat = await find_secretariat(conn, owner)
    if secretariat is None:
        raise RuntimeError("the company has no secretariat")
    ours = []
    for _ in range(options.pick(5, 3)):
        began = time.perf_counter()
        _, found = await coverage_of(
            conn,
            owner,
            secretariat_id=None,
            period=period,
            expected=DAYTIME,
            standing=CallerStanding.ORDINARY,
            employee_ids=None,
        )
        ours.append(time.perf_counter() - began)
    company = company_of(secretariat, await policy_now(conn, secretariat.market_id))
    candidates = await all_candidates(conn, secretariat, period, None, employees)
    windows = await expected_windows(company, candidates, period, read_spans(DAYTIME))
    took, minutes = _minute_by_minute(company, candidates, windows, found, options.pick(211, 1_009))
    whole = sum((end - begin).total_seconds() for begin, end in windows) / 60
    naive = took / minutes * whole
    return [
        Figure(
            f"coverage of {employees} employees in {DAYS} days, relative to asking minute by minute",
            naive / median(ours),
            "times as fast",
            least=100,
            note=f"{len(found.gaps)} gaps; every minute scaled from {minutes} of {whole:,.0f}",
        ),
        Figure("coverage, with reading the data", median(ours) * 1_000, "ms"),
        Figure("asking for the routes minute by minute, scaled", naive, "s"),
    ]


def _minute_by_minute(
    company: Company, candidates: Sequence[Candidate], windows: Sequence[Window], found: Coverage, step: int
) -> tuple[float, int]:
    """Ask at one minute of `step`, and around the ends of gaps; return the seconds and number of the former.

    Raises `RuntimeError` if a minute is in a gap and somebody would get the call, or the other way round.
    """
    stranger = presented(UNKNOWN)

    def covered(moment: datetime) -> bool:
        return any(
            find_routes(company, stranger, [one], (), moment).routes[0].action is CallRoute.TRANSFER
            for one in candidates
        )

    def check(moment: datetime) -> None:
        in_gap = any(gap.begin <= moment < gap.end for gap in found.gaps)
        if covered(moment) is in_gap:
            raise RuntimeError(f"{moment}: is in a gap: {in_gap}")

    minute = timedelta(minutes=1)
    expected = [
        begin + number * minute for begin, end in windows for number in range(int((end - begin) / minute))
    ]
    sample = expected[::step]
    began = time.perf_counter()
    for moment in sample:
        check(moment)
    took = time.perf_counter() - began
    known = set(expected)
    for gap in found.gaps[:8]:
        for moment in (gap.begin - minute, gap.begin, gap.end - minute, gap.end):
            if moment in known:
                check(moment)
    return took, len(sample)
