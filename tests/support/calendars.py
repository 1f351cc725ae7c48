"""Calendars of employees that a server on this machine publishes, and workers that read them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import httpx

from jobs.calendars import CalendarRounds
from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.calendars.change import CalendarChanges, create_calendar
from models.calls.calendars.fetching import BOUNDS, CalendarClient
from models.calls.calendars.refresh import CalendarReader
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport
from models.process.wake import Silence
from tests.support.messages import SEALER
from tests.support.webhook_receiver import Receiver, Script, answer

CALENDAR_TYPE = "Content-Type: text/calendar; charset=utf-8"


def ics(*events: Sequence[str]) -> bytes:
    """Return a calendar of events, each given as lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//"]
    for number, event in enumerate(events):
        uid = [] if any(line.startswith("UID") for line in event) else [f"UID:{number}@example.com"]
        lines += ["BEGIN:VEVENT", *uid, "DTSTAMP:20260101T000000Z", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def meeting(begin: str, end: str, *lines: str) -> list[str]:
    """Return the lines of an event in UTC, such as from `20260302T120000`."""
    return [f"DTSTART:{begin}Z", f"DTEND:{end}Z", *lines]


def publishes(content: bytes, *headers: str) -> Script:
    """Return a script that answers with a calendar."""
    return answer("200 OK", CALENDAR_TYPE, *headers, body=content)


def outside(*allowed: Receiver) -> OutsideTransport:
    """Return the transport of calendars, with these servers as private hosts."""
    guard = Guard(None, private=[("127.0.0.1", one.port) for one in allowed])
    return OutsideTransport(guard, BOUNDS, tls=httpx.create_ssl_context(), for_sites=True)


def address(place: Receiver, path: str = "/secret-token/basic.ics") -> str:
    """Return the address of a calendar."""
    return f"http://127.0.0.1:{place.port}{path}"


async def make_calendar(
    viewer: Viewer,
    employee: UUID,
    place: Receiver,
    path: str = "/secret-token/basic.ics",
    *,
    titles: bool = False,
    tentative: bool = False,
) -> UUID:
    """Add a calendar to an employee."""
    return await create_calendar(
        viewer,
        SEALER,
        outside(place),
        employee_id=employee,
        changes=CalendarChanges(address(place, path), titles, tentative),
        idempotency_key=new_id().hex,
        given={},
    )


def rounds(*allowed: Receiver, at_once: int = 16, sealer: Sealer = SEALER) -> CalendarRounds:
    """Return a worker's reader, which adds no jitter."""
    reader = CalendarReader(CalendarClient(outside(*allowed)), sealer, Silence())
    return CalendarRounds(reader, at_once=at_once, share=lambda: 0.5)


async def read_due(*allowed: Receiver, sealer: Sealer = SEALER) -> int:
    """Read what is due now; return how many calendars that were."""
    running = rounds(*allowed, sealer=sealer)
    found = await running.read_due()
    await running.settle()
    await running.close()
    return found


async def row_of(calendar_id: UUID) -> dict[str, object]:
    """Return the row of a calendar."""
    row = await fetch_one(connection(), "SELECT * FROM employee_calendar WHERE id = $1", calendar_id)
    assert row is not None
    return dict(row)


async def told(employee: UUID) -> list[tuple[datetime, datetime, str]]:
    """Return the times and texts of the appointments of an employee's calendars."""
    rows = await fetch(
        connection(),
        """SELECT starts_at, ends_at, text FROM appointment WHERE employee_id = $1 AND source = 'CALENDAR'
           ORDER BY starts_at, ends_at""",
        employee,
    )
    return [(row["starts_at"], row["ends_at"], row["text"]) for row in rows]
