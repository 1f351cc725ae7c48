"""The lines of a calendar, before anything is parsed: what does not matter here is dropped.

Most of a calendar is history, descriptions and attendees, and parsing is most of the work. What is dropped
changes nothing about the rest; what is beyond the limits is counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.calls.calendars.reader.wanted import (
    MOST_DATES,
    MOST_EVENTS,
    MOST_RULES_OF_HOURS,
    MOST_ZONES,
    Wanted,
)

_LINE = re.compile(r"([A-Za-z0-9-]+)(?:[;:])")
_UNTIL = re.compile(r"[:;]UNTIL=(\d{8})", re.IGNORECASE)
_DAY = re.compile(r"\d{8}")
_KEPT = frozenset(
    {
        *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE"),
        *("STATUS", "TRANSP", "CLASS", "SUMMARY", "X-MICROSOFT-CDO-BUSYSTATUS", "PRIORITY", "FREEBUSY"),
    }
)
_SEVERAL = frozenset({"RRULE", "RDATE", "EXDATE", "FREEBUSY"})  # of others the first counts
_OF_CALENDAR = frozenset({"VERSION", "PRODID", "X-WR-TIMEZONE"})
_COMPONENTS = frozenset({"VCALENDAR", "VEVENT", "VFREEBUSY", "VAVAILABILITY", "AVAILABLE", "VTIMEZONE"})
_OF_ZONES = frozenset({"STANDARD", "DAYLIGHT"})


class NotACalendar(Exception):  # noqa: N818 - named for what it is
    """The bytes are something else."""


def text_of(content: bytes) -> str:
    """Return the text of a calendar, which should be UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


@dataclass(slots=True)
class Part:
    """A component as lines that were joined, with its parts."""

    name: str
    lines: list[str] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of the properties

    def value(self, name: str) -> str | None:
        """Return the value of a property, without its parameters."""
        if name not in self.names:
            return None
        line = next(line for line in self.lines if _name(line) == name)
        return line.partition(":")[2] if name == "UID" else line.rpartition(":")[2]

    def has(self, *names: str) -> bool:
        """Return whether it has one of these properties."""
        return not self.names.isdisjoint(names)

    def written(self) -> Iterator[str]:
        """Yield its lines."""
        yield f"BEGIN:{self.name}"
        yield from self.lines
        for part in self.parts:
            yield from part.written()
        yield f"END:{self.name}"


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a calendar; those that were folded are joined."""
    waiting: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        if line[:1] in {" ", "\t"} and waiting:
            waiting.append(line[1:])
        elif line.strip():
            if waiting:
                yield "".join(waiting)
            waiting = [line.strip()]
    if waiting:
        yield "".join(waiting)


def parts_of(text: str, warnings: Counter[str]) -> list[Part]:
    """Return the outermost components, without what is not read. Raises NotACalendar."""
    outermost: list[Part] = []
    open_parts: list[Part] = []
    skipped: list[str] = []  # components that are not read, the innermost last
    begun = False
    for line in lines_of(text):
        upper = line[:6].upper()
        if upper == "BEGIN:":
            begun, name = True, line[6:].strip().upper()
            if skipped or name not in _COMPONENTS | _OF_ZONES:
                skipped.append(name)
                continue
            part = Part(name)
            (open_parts[-1].parts if open_parts else outermost).append(part)
            open_parts.append(part)
        elif not begun:
            raise NotACalendar
        elif upper.startswith("END:"):
            if skipped:
                skipped.pop()
            elif open_parts:
                open_parts.pop()
        elif open_parts and not skipped:
            _keep(open_parts[-1], line)
    if not outermost:
        raise NotACalendar
    if open_parts:
        warnings["CUT_OFF"] += 1
    return outermost


def _name(line: str) -> str | None:
    found = _LINE.match(line)
    return found[1].upper() if found else None


def _keep(part: Part, line: str) -> None:
    name = _name(line)
    if name is None:
        return
    if part.name == "VTIMEZONE" or part.name in _OF_ZONES:
        part.lines.append(line)
        return
    kept = _OF_CALENDAR if part.name == "VCALENDAR" else _KEPT
    if name in kept and (name in _SEVERAL or name not in part.names):
        part.lines.append(_mended(name, line))
        part.names.add(name)


def _mended(name: str, line: str) -> str:
    """Mend what programs write, and the library refuses: spaces in rules, and weeks after a T."""
    if name == "RRULE":
        return line.replace(" ", "")
    return re.sub(r"PT(\d+W)$", r"P\1", line) if name == "DURATION" else line


def thin(part: Part, wanted: Wanted) -> None:
    """Drop the events of other times, dates of other times, and what is beyond the limits."""
    uids = Counter(one.value("UID") for one in part.parts if one.name == "VEVENT")
    kept: list[Part] = []
    events = dates = zones = 0
    for one in part.parts:
        if one.name == "VEVENT":
            if _of_other_times(one, wanted, alone=uids[one.value("UID")] == 1):
                continue
            events += 1
            if events > MOST_EVENTS:
                wanted.warnings["EVENTS_LEFT_OUT"] += 1
                continue
        elif one.name == "VTIMEZONE":
            zones += 1
            if zones > MOST_ZONES:  # who uses it is warned that it is unknown
                continue
        elif one.name == "VAVAILABILITY" and len(one.parts) > MOST_RULES_OF_HOURS:
            wanted.warnings["HOURS_LEFT_OUT"] += len(one.parts) - MOST_RULES_OF_HOURS
            del one.parts[MOST_RULES_OF_HOURS:]
        dates = _thin_dates(one, wanted, dates)
        for inner in one.parts:
            dates = _thin_dates(inner, wanted, dates)
        kept.append(one)
    part.parts = kept


def _of_other_times(event: Part, wanted: Wanted, *, alone: bool) -> bool:
    if event.has("RDATE", "DURATION"):
        return False
    if event.has("RRULE"):
        return alone and all(
            (found := _UNTIL.search(line)) is not None and found[1] < wanted.first_with_length
            for line in event.lines
            if line[:5].upper() == "RRULE"
        )
    moved = event.has("RECURRENCE-ID")
    if (moved and any("RANGE=" in line.upper() for line in event.lines)) or not (alone or moved):
        return False
    days = [
        found[0] if (found := _DAY.match(value)) else None
        for name in ("DTSTART", "DTEND", "RECURRENCE-ID")
        if (value := event.value(name)) is not None
    ]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return False
    return max(known) < wanted.first or min(known) > wanted.last


def _thin_dates(part: Part, wanted: Wanted, before: int) -> int:
    """Keep the dates of EXDATE and RDATE that may matter; return how many the calendar has up to here."""
    if not part.has("EXDATE", "RDATE"):
        return before
    lines: list[str] = []
    seen = set[str]()
    for line in part.lines:
        name = line[:6].partition(";")[0].partition(":")[0].upper()
        if name not in {"EXDATE", "RDATE"}:
            lines.append(line)
            continue
        head, _, values = line.rpartition(":")
        first = wanted.first if name == "EXDATE" else wanted.first_with_length
        kept: list[str] = []
        for value in values.split(","):
            day = _DAY.match(value)
            if (day and not first <= day[0] <= wanted.last) or (head + value) in seen:
                continue
            seen.add(head + value)
            if before + len(seen) > MOST_DATES:
                wanted.warnings["DATES_LEFT_OUT"] += 1
            else:
                kept.append(value)
        if kept:
            lines.append(f"{head}:{','.join(kept)}")
    part.lines = lines
    return before + len(seen)
