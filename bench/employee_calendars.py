"""Benchmark of employees' calendars: reading a feed against the library alone, and many feeds due at once
of which one hangs.
"""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import icalendar
import recurring_ical_events

from bench import companies, environment
from bench.companies import load_company, next_monday
from bench.data import load_marketplace, loading, row_id
from bench.figures import Benchmark, Figure, Options, median
from bench.sending import CONTEXT
from jobs.calendars import CalendarRounds
from models.base.database import connection, fetch
from models.calls.calendars.address import Address, seal_address
from models.calls.calendars.fetching import BOUNDS, CalendarClient
from models.calls.calendars.reading import Reading, read_calendar
from models.calls.calendars.refresh import CalendarReader
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport
from models.process.wake import Silence

EVENTS = 1_000
HORIZON = timedelta(days=180)
ROUNDS = 5
_SEED = 7


def _feed(now: datetime) -> bytes:
    """Return a calendar of two years, like those that calendar programs publish."""
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//"]
    for number in range(EVENTS):
        begin = now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
            days=chance.randrange(-365, 365), minutes=15 * chance.randrange(36)
        )
        lines += [
            *("BEGIN:VEVENT", f"UID:{number}@bench.example", "DTSTAMP:20260101T000000Z"),
            f"DTSTART;TZID=Europe/Berlin:{begin:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{begin + timedelta(hours=1):%Y%m%dT%H%M%S}",
            *(f"SUMMARY:Meeting {number}", f"DESCRIPTION:{'Bring the plans. ' * 6}", "LOCATION:Room 4"),
            "ORGANIZER;CN=Jo Fake:mailto:jo@bench.example",
            "ATTENDEE;CN=Bo Fake;PARTSTAT=ACCEPTED:mailto:bo@bench.example",
            *("STATUS:CONFIRMED", "TRANSP:OPAQUE"),
            *(["RRULE:FREQ=WEEKLY"] if number % 20 == 0 else []),
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


async def measure(options: Options) -> list[Figure]:
    """Measure both parts."""
    figures = await _expanding(options)
    feeds = options.pick(1_000, 200)
    with environment.services() as pair:
        url = await environment.make_database(pair, "employee_calendars")
        async with loading(url, leads=1) as loaded:
            now = datetime.now(UTC)
            await load_marketplace(loaded, leads=1, vendors=2, now=now)
            await load_company(loaded, 1, employees=feeds, monday=next_monday(now))
        async with environment.models_on(url):
            figures += await _refreshing(feeds, options.pick(ROUNDS, 1))
    return figures


async def _expanding(options: Options) -> list[Figure]:
    """Read a feed in a process of its own, and with the library in this one."""
    now = datetime.now(UTC)
    content = _feed(now)
    how = Reading(companies.ZONE, now, HORIZON, tentative=False, titles=False)
    ours: list[float] = []
    alone: list[float] = []
    for _ in range(options.pick(ROUNDS, 2)):
        began = time.perf_counter()
        found = await read_calendar(content, how)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        query = recurring_ical_events.of(icalendar.Calendar.from_ical(content))
        expected = query.between(how.begin, how.end)
        alone.append(time.perf_counter() - began)
        if len(found.away) != len(expected):
            raise RuntimeError(f"{len(found.away)} absences, not {len(expected)}")
    name = f"reading a feed of {EVENTS:,} events to 180 days"
    ratio = median([one / other for one, other in zip(ours, alone, strict=True)])
    return [
        Figure(f"{name}, relative to recurring-ical-events alone", ratio, "times", most=1.5),
        Figure(f"{name}, in a process of its own", median(ours) * 1_000, "ms"),
        Figure("the same with recurring-ical-events in the measuring process", median(alone) * 1_000, "ms"),
    ]


@asynccontextmanager
async def _publisher(content: bytes) -> AsyncIterator[int]:
    """Serve a calendar, after 20 ms, and never at `/hangs.ics`; yield the port."""
    never = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if b"/hangs.ics" in head.partition(b"\r\n")[0]:
                    await never.wait()
                await asyncio.sleep(0.02)
                fields = f"Content-Type: text/calendar\r\nContent-Length: {len(content)}"
                writer.write(f"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n".encode() + content)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        never.set()
        server.close()


async def _refreshing(feeds: int, rounds: int) -> list[Figure]:
    """Read feeds that are all due, without one that hangs and with it, in turns."""
    now = datetime.now(UTC)
    content = _feed(now)[: 20 * 1_000]
    rates: dict[bool, list[float]] = {False: [], True: []}
    async with _publisher(content) as port:
        for number in range(feeds):
            await _add(row_id(companies.EMPLOYEE, 1_000_000 + number + 1), port, content, "/feed.ics")
        hanging = await _add(row_id(companies.EMPLOYEE, 1_000_001), port, content, "/hangs.ics")
        guard = Guard(None, private=[("127.0.0.1", port)])
        for number in range(2 * rounds):
            hangs = number % 2 == 1
            transport = OutsideTransport(guard, BOUNDS, tls=httpx.create_ssl_context(), for_sites=True)
            reader = CalendarRounds(CalendarReader(CalendarClient(transport), CONTEXT.sealer, Silence()))
            await fetch(
                connection(),
                """UPDATE employee_calendar SET next_at = leadgate_clock() + CASE
                       WHEN id = $1 AND NOT $2::boolean THEN interval '1 day' ELSE interval '-1 minute' END
                   WHERE url IS NOT NULL""",
                hanging,
                hangs,
            )
            began = time.perf_counter()
            found = await reader.read_due()
            rates[hangs].append((found - hangs) / (time.perf_counter() - began))
            await reader.close()
            if found != feeds + hangs:
                raise RuntimeError(f"{found} feeds were read")
    name = f"{feeds:,} feeds due at once"
    return [
        Figure(
            f"{name}, one more hangs: the rate of the others relative to without it",
            median(rates[True]) / median(rates[False]),
            "",
            least=0.95,
        ),
        Figure(f"{name}, whose content has not changed", median(rates[False]), "feeds a second"),
    ]


async def _add(employee: UUID, port: int, content: bytes, path: str) -> UUID:
    """Add a feed whose content was read before."""
    rows = await fetch(
        connection(),
        """INSERT INTO employee_calendar (id, employee_id, version, url, host, use_titles, tentative_counts,
               digest, read_at, next_at, failures, warnings, made_at)
           VALUES (gen_random_uuid(), $1, 1, ''::bytea, '127.0.0.1', false, false, $2, leadgate_clock(),
                   leadgate_clock(), 0, '{}', leadgate_clock()) RETURNING id""",
        employee,
        hashlib.sha256(content).digest(),
    )
    calendar_id: UUID = rows[0]["id"]
    address = Address(f"http://127.0.0.1:{port}{path}", "127.0.0.1")
    await fetch(
        connection(),
        "UPDATE employee_calendar SET url = $2 WHERE id = $1",
        calendar_id,
        seal_address(CONTEXT.sealer, calendar_id, address),
    )
    return calendar_id


BENCHMARK = Benchmark(
    "employee_calendars",
    "Calendars of employees",
    "A feed is read in a process of its own, which is started for it; the library reads and expands the same "
    "bytes in the measuring process. Feeds that are due at once are served by this process after 20 ms each; "
    "their content was read before, as most of the time.",
    measure,
)
