"""The demo's calendar: a feed that the demo's server publishes, and the employee who has it."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.calls.calendars.address import Address, seal_address

PATH = "/demo/calendar.ics"  # only of a server that is not reachable from other machines
_ZONE = ZoneInfo("Europe/Berlin")
_FIND = """SELECT employee.id, employee_calendar.id AS calendar_id
    FROM secretariat JOIN employee ON employee.id = secretariat.fallback_employee_id
        LEFT JOIN employee_calendar ON employee_calendar.employee_id = employee.id AND url IS NOT NULL
    WHERE secretariat.account_id = $1 ORDER BY employee_calendar.id LIMIT 1"""
_ADD = """INSERT INTO employee_calendar (id, employee_id, version, url, host, use_titles, tentative_counts,
        next_at, failures, warnings, made_at)
    VALUES ($1, $2, 1, $3, $4, false, false, leadgate_clock(), 0, '{}', leadgate_clock())"""
_MOVE = """UPDATE employee_calendar SET url = $2, host = $3, next_at = leadgate_clock(), failures = 0,
        problem = NULL, failing_since = NULL, stale_since = NULL
    WHERE id = $1"""


def demo_calendar(today: date) -> str:
    """Return a calendar with lunch on working days, a private visit tomorrow, and a free day next week."""
    monday = today - timedelta(days=today.weekday())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leadgate//Demo//EN"]
    lines += _event("lunch", "Lunch", monday, time(12), time(13), "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    tomorrow = today + timedelta(days=1)
    lines += _event("visit", "Visit to the dentist", tomorrow, time(16), time(17), "CLASS:PRIVATE")
    lines += _event(
        "ideas", "Time for ideas", monday + timedelta(days=8), time(9), time(12), "TRANSP:TRANSPARENT"
    )
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _event(name: str, title: str, day: date, begin: time, end: time, more: str) -> list[str]:
    def moment(at: time) -> str:
        return f"{datetime.combine(day, at):%Y%m%dT%H%M%S}"

    return [
        *("BEGIN:VEVENT", f"UID:{name}@demo.example", f"DTSTAMP:{day:%Y%m%d}T000000Z", f"SUMMARY:{title}"),
        *(f"DTSTART;TZID={_ZONE}:{moment(begin)}", f"DTEND;TZID={_ZONE}:{moment(end)}", more, "END:VEVENT"),
    ]


async def add_calendar(sealer: Sealer, account_id: UUID, host: str, port: int) -> None:
    """Give the company's first employee the calendar, at the address that the demo's server has now."""
    row = await fetch_one(connection(), _FIND, account_id)
    if row is None:
        return
    shown = f"[{host}]" if ":" in host else host
    address = Address(f"http://{shown}:{port}{PATH}", host)
    calendar_id = row["calendar_id"] or new_id()
    sealed = seal_address(sealer, calendar_id, address)
    if row["calendar_id"] is None:
        await fetch(connection(), _ADD, calendar_id, row["id"], sealed, host)
    else:
        await fetch(connection(), _MOVE, calendar_id, sealed, host)
