"""The worker's loop: what goes wrong in one round or with one calendar does not stop the others."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from jobs import calendars
from jobs.calendars import LOOK_SECONDS, CalendarRounds
from models.base.unavailable import Unavailable
from models.calls.calendars.reading import CalendarProblem
from models.calls.calendars.refresh import CalendarReader, DueCalendar, claim_due
from tests.models.calls.calendars.conftest import Office
from tests.support.calendars import ics, make_calendar, meeting, publishes, rounds, row_of

LUNCH = ics(meeting("20260302T120000", "20260302T130000"))


class _Enough(Exception):  # noqa: N818 - ends a loop
    pass


def pausing(running: CalendarRounds, times: int) -> tuple[Callable[[float], Awaitable[None]], list[float]]:
    """Return a pause that waits for what is under way, and ends the loop after so many; and the pauses."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        await running.settle()
        pauses.append(seconds)
        if len(pauses) == times:
            raise _Enough

    return pause, pauses


async def test_each_round_reads_what_is_due_and_then_waits(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    running = rounds(office.server)
    pause, pauses = pausing(running, 2)
    with pytest.raises(_Enough):
        await running.run(pause=pause)
    assert pauses == [LOOK_SECONDS] * 2
    assert len(office.server.received) == 1
    assert (await row_of(calendar))["fetched_at"] is not None


async def test_a_database_that_is_away_ends_a_round_and_not_the_loop(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, tried = claim_due, 0

    async def away_once(most: int) -> list[DueCalendar]:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise Unavailable
        return await usual(most)

    monkeypatch.setattr(calendars, "claim_due", away_once)
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    running = rounds(office.server)
    pause, _ = pausing(running, 2)
    with pytest.raises(_Enough):
        await running.run(pause=pause)
    assert (await row_of(calendar))["fetched_at"] is not None


async def test_a_fault_with_one_calendar_does_not_stop_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.server.script = publishes(LUNCH)
    broken = await make_calendar(office.owner, office.agnes, office.server, "/broken.ics")
    fine = await make_calendar(office.owner, office.agnes, office.server, "/fine.ics")
    usual = CalendarReader.refresh

    async def refresh(self: CalendarReader, due: DueCalendar, share: float) -> CalendarProblem | None:
        if due.id == broken:
            raise LookupError("a fault of ours")
        return await usual(self, due, share)

    monkeypatch.setattr(CalendarReader, "refresh", refresh)
    running = rounds(office.server)
    assert await running.read_due() == 2
    await running.settle()
    await running.close()
    assert (await row_of(broken))["fetched_at"] is None
    assert (await row_of(fine))["fetched_at"] is not None


async def test_the_loop_ends_although_a_server_hangs(office: Office) -> None:
    never = asyncio.Event()

    async def hangs(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await never.wait()

    office.server.script = hangs
    await make_calendar(office.owner, office.agnes, office.server)
    running = rounds(office.server)
    task = asyncio.create_task(running.run())
    async with office.server.news:
        await office.server.news.wait_for(lambda: office.server.received)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    never.set()
