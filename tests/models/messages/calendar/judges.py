"""Readers of iCalendar that we did not write: `icalendar` and `vobject`."""

from dataclasses import dataclass

import icalendar
import vobject


@dataclass(frozen=True)
class Seen:
    """What a reader found in an event, as plain values."""

    method: str
    names: tuple[str, ...]  # of the properties, sorted
    uid: str
    sequence: int
    status: str
    summary: str
    description: str
    starts: object
    ends: object
    attendees: tuple[str, ...]


def read(document: bytes) -> tuple[Seen, ...]:
    """Return what both readers agree on; fails if they differ, or if they find another component."""
    one, other = _by_icalendar(document), _by_vobject(document)
    assert one == other
    return one


def _by_icalendar(document: bytes) -> tuple[Seen, ...]:
    calendar = icalendar.Calendar.from_ical(document)
    assert calendar.errors == []
    assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
    found = []
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        attendees = event.get("ATTENDEE", [])
        found.append(
            Seen(
                method=str(calendar["METHOD"]),
                names=tuple(sorted(event.keys())),
                uid=str(event["UID"]),
                sequence=event.decoded("SEQUENCE"),
                status=str(event["STATUS"]),
                summary=str(event["SUMMARY"]),
                description=str(event.get("DESCRIPTION", "")),
                starts=event.decoded("DTSTART"),
                ends=event.decoded("DTEND"),
                attendees=tuple(map(str, attendees if isinstance(attendees, list) else [attendees])),
            )
        )
    return tuple(found)


def _by_vobject(document: bytes) -> tuple[Seen, ...]:
    calendar = vobject.readOne(document.decode())
    assert {part.name for part in calendar.components()} <= {"VEVENT"}
    found = []
    for event in calendar.contents.get("vevent", []):
        assert list(event.components()) == []
        fields = event.contents
        found.append(
            Seen(
                method=calendar.method.value,
                names=tuple(sorted(name.upper() for name, values in fields.items() for _ in values)),
                uid=event.uid.value,
                sequence=int(event.sequence.value),
                status=event.status.value,
                summary=event.summary.value,
                description=fields["description"][0].value if "description" in fields else "",
                starts=event.dtstart.value,
                ends=event.dtend.value,
                attendees=tuple(one.value for one in fields.get("attendee", [])),
            )
        )
    return tuple(found)
