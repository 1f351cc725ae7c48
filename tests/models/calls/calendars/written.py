"""Builders of calendars, and the reader without a process of its own."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from models.calls.calendars.reader.reading import read_calendar
from models.calls.calendars.reader.wanted import Away, Hours, Wanted

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 10, 1, tzinfo=UTC)


class Said:
    """What a calendar says."""

    def __init__(self, content: bytes, wanted: Wanted) -> None:
        """Read it."""
        found = read_calendar(content, wanted)
        self.away: list[Away] = found["away"]  # type: ignore[assignment]
        self.hours: list[Hours] = found["hours"]  # type: ignore[assignment]
        self.warnings: dict[str, int] = found["warnings"]  # type: ignore[assignment]

    @property
    def times(self) -> list[tuple[str, str]]:
        """The begin and end of each absence, in UTC without the offset."""
        return [(begin.removesuffix("+00:00"), end.removesuffix("+00:00")) for begin, end, _, _ in self.away]


def calendar(*lines: str) -> bytes:
    """Return a calendar of these lines."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//", *lines, "END:VCALENDAR", ""]
    ).encode()


def event(*lines: str, uid: str = "one@example.com") -> list[str]:
    """Return the lines of an event, by default on 14 October from 10:00 to 11:00 in Berlin."""
    times = (
        []
        if any(line.startswith("DTSTART") for line in lines)
        else [
            "DTSTART;TZID=Europe/Berlin:20261014T100000",
            "DTEND;TZID=Europe/Berlin:20261014T110000",
        ]
    )
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *times, *lines, "END:VEVENT"]


def said(
    content: bytes,
    *,
    begin: datetime = BEGIN,
    days: int = 180,
    tentative: bool = False,
    titles: bool = False,
) -> Said:
    """Read a calendar in Berlin."""
    return Said(content, Wanted(BERLIN, begin, begin + timedelta(days=days), tentative, titles))
