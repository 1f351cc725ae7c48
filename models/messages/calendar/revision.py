"""Revisions of an application's event: SEQUENCE is raised exactly when what others see changes.

A revision is compared with the last one that was sent, so versions that were never sent raise nothing. The
fingerprint is taken from the facts, not from the document: another language or wording is not a change. It is
keyed, because it is stored, and contact data could otherwise be guessed from it.
"""

import hmac
import json
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from models.messages.calendar.application_event import EventFacts
from models.messages.calendar.document import CalendarState


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of the event that others have: its sequence, and the fingerprint of what they see."""

    sequence: int
    fingerprint: str


def revise(sent: Revision | None, facts: EventFacts, key: bytes) -> Revision | None:
    """Return the revision to send: `sent` itself if nothing changed (a repeat), None if there is nothing to
    send, because the event was cancelled before anybody received it.
    """
    fingerprint = fingerprint_of(facts, key)
    if sent is None:
        return None if facts.state is CalendarState.CANCELLED else Revision(0, fingerprint)
    if sent.fingerprint == fingerprint:
        return sent
    return Revision(sent.sequence + 1, fingerprint)


def fingerprint_of(facts: EventFacts, key: bytes) -> str:
    """Return a keyed hash of what recipients see; a cancelled event's says nothing about its past."""
    seen: list[object] = [facts.state]
    if facts.state is not CalendarState.CANCELLED:
        times = [facts.meeting.starts, facts.meeting.ends] if facts.meeting else [facts.answer_due]
        seen += [facts.lead, facts.vendor, *map(_instant, times)]
        seen.append(astuple(facts.contact) if facts.contact else None)
    return hmac.digest(key, json.dumps(seen, ensure_ascii=False).encode(), "sha256").hex()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
