"""A telephone system that was busy and fell silent is counted for `/metrics`; a quiet time is no silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest_asyncio
from prometheus_client import REGISTRY

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.calls.phone.delete_system import delete_system
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.forget_events import forget_events
from models.calls.phone.silence import SilenceMetric, silent_systems
from tests.support.calls import NUMBER, make_secretariat
from tests.support.database import Database
from tests.support.marketplace import Marketplace
from tests.support.phone_systems import Line, make_line

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = date(2026, 3, 2)
OPENS, CLOSES = time(9), time(17)
SILENT = {PhoneDriver.GENERIC: 1}


def local(day: date, at: time = OPENS) -> datetime:
    """Return an instant of Berlin."""
    return datetime.combine(day, at, BERLIN)


@dataclass(frozen=True)
class Office:
    """A telephone system, added four weeks before MONDAY, and what it sends."""

    place: Marketplace
    database: Database
    line: Line
    call_id: UUID

    async def busy(
        self,
        days: Iterable[date],
        *,
        opens: time = OPENS,
        closes: time = CLOSES,
        every: timedelta = 3 * MINUTE,
    ) -> None:
        """Store an event every few minutes of office hours; days come in order."""
        events: list[datetime] = []
        for day in days:
            at = local(day, opens)
            while at < local(day, closes):
                events.append(at)
                at += every
        await fetch(
            connection(),
            """INSERT INTO phone_event (id, system_id, event_key, kind, at, received_at, call_id, result)
               SELECT new.id, $1, new.id::text, 'RINGING', new.at, new.at, $4, 'APPLIED'
               FROM unnest($2::uuid[], $3::timestamptz[]) AS new (id, at)""",
            self.line.system.id,
            [new_id() for _ in events],
            events,
            self.call_id,
        )

    async def silent(self, at: datetime) -> bool:
        """Return whether the system counts as silent at an instant."""
        await self.database.clock.set(at)
        found = await silent_systems(connection())
        assert found in ({}, SILENT)
        return found == SILENT


def office_days(first: date, weeks: int) -> list[date]:
    """Return the days from Monday to Friday of whole weeks."""
    return [first + day * DAY for day in range(7 * weeks) if day % 7 < 5]


@pytest_asyncio.fixture
async def office(place: Marketplace, database: Database) -> Office:
    """A telephone system of a company in Berlin, with one call."""
    await database.clock.set(local(MONDAY - 28 * DAY, time(0)))
    await make_secretariat(place)
    line = await make_line(place.operator)
    taken = await line.tell("ringing", call="c1", to=NUMBER)
    assert taken.call_id is not None
    return Office(place, database, line, taken.call_id)


async def test_an_hour_of_usual_traffic_without_an_event_is_silence_until_the_next_event(
    office: Office,
) -> None:
    await office.busy(office_days(MONDAY - 21 * DAY, 3))
    await office.busy([MONDAY], closes=time(10))
    assert not await office.silent(local(MONDAY, time(10, 56)))
    assert await office.silent(local(MONDAY, time(10, 57)))  # the last event came at 9:57
    assert await office.silent(local(MONDAY + DAY, time(3)))
    await office.line.tell("ringing", call="c2", to=NUMBER)
    assert not await office.silent(local(MONDAY + DAY, time(3, 59)))


async def test_nights_and_weekends_are_no_silence(office: Office) -> None:
    await office.busy(office_days(MONDAY - 28 * DAY, 4))
    saturday = MONDAY - 2 * DAY
    for hour in range(0, 57, 2):
        assert not await office.silent(local(saturday, time(0)) + hour * 60 * MINUTE)
    assert not await office.silent(local(MONDAY, time(10, 56)))
    assert await office.silent(local(MONDAY, time(10, 57)))  # hours are counted from the last event on


async def test_the_end_of_office_hours_is_no_hour_of_usual_traffic(office: Office) -> None:
    await office.busy(office_days(MONDAY - 28 * DAY, 3))
    await office.busy(office_days(MONDAY - 7 * DAY, 1)[:4])
    friday = MONDAY - 3 * DAY
    await office.busy([friday], closes=time(16, 30))
    assert not await office.silent(local(friday, time(23)))
    assert not await office.silent(local(MONDAY, time(10, 26)))
    assert await office.silent(local(MONDAY, time(10, 27)))


async def test_clocks_that_change_do_not_make_a_closing_time_silent(office: Office) -> None:
    await office.busy(office_days(MONDAY, 4))
    sunday = date(2026, 3, 29)  # on which the clocks of Berlin are put forward
    monday = sunday + DAY
    await office.busy([monday])
    assert not await office.silent(local(monday, time(19)))


async def test_a_system_that_seldom_rings_is_never_silent(office: Office) -> None:
    await office.busy(office_days(MONDAY - 28 * DAY, 4), every=4 * MINUTE)  # less than five in a quarter
    assert not await office.silent(local(MONDAY + 3 * DAY))


async def test_one_busy_week_is_not_usual_and_one_quiet_week_does_not_end_it(office: Office) -> None:
    await office.busy(office_days(MONDAY - 14 * DAY, 1))
    assert not await office.silent(local(MONDAY - DAY))
    await office.busy(office_days(MONDAY, 1))
    assert await office.silent(local(MONDAY + 8 * DAY))


async def test_a_new_system_is_silent_from_its_second_week_on(place: Marketplace, office: Office) -> None:
    await office.database.clock.set(local(MONDAY - 7 * DAY, time(8)))
    line = await make_line(place.operator)
    newer = Office(place, office.database, line, office.call_id)
    await newer.busy([MONDAY - 7 * DAY], closes=time(12))
    assert not await newer.silent(local(MONDAY - 3 * DAY))
    await newer.busy(office_days(MONDAY - 6 * DAY, 1)[:4])
    assert await newer.silent(local(MONDAY, time(11)))


async def test_silence_is_told_for_weeks_and_ends_with_the_events_that_are_kept(office: Office) -> None:
    await office.busy(office_days(MONDAY - 28 * DAY, 4))
    for days in (7, 14, 20):
        at = local(MONDAY + days * DAY)
        await forget_events(at)
        assert await office.silent(at)
    at = local(MONDAY + 28 * DAY)
    await forget_events(at)
    assert not await office.silent(at)


async def test_a_deleted_system_is_not_silent(place: Marketplace, office: Office) -> None:
    await office.busy(office_days(MONDAY - 28 * DAY, 4))
    assert await office.silent(local(MONDAY, time(11)))
    await delete_system(place.operator, system_id=office.line.system.id, expected_version=1)
    assert not await office.silent(local(MONDAY, time(11)))


async def test_the_metric_counts_by_driver_and_goes_back_to_zero(place: Marketplace, office: Office) -> None:
    await make_line(place.operator, PhoneDriver.TWILIO)  # which never sent anything
    await office.busy(office_days(MONDAY - 28 * DAY, 4))
    await office.database.clock.set(local(MONDAY, time(11)))

    async def shown() -> dict[str, float | None]:
        await SilenceMetric().refresh(connection())
        name = "leadgate_phone_systems_silent"
        return {driver: REGISTRY.get_sample_value(name, {"driver": driver}) for driver in PhoneDriver}

    assert await shown() == {"GENERIC": 1, "SIPGATE": 0, "TWILIO": 0, "PLACETEL": 0}
    await office.line.tell("ringing", call="c3", to=NUMBER)
    assert set((await shown()).values()) == {0}
