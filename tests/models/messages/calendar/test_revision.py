"""SEQUENCE in any order of changes, repeats and sends."""

from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.messages.calendar.application_event import EventFacts
from models.messages.calendar.revision import Revision
from models.messages.calendar.revision import fingerprint_of as keyed_fingerprint
from models.messages.calendar.revision import revise as revise_with
from tests.support.calendar_events import (
    CANCELLED,
    CONFIRMED,
    CONTACT,
    MEETING,
    TENTATIVE,
)

LATER = replace(MEETING, starts=MEETING.starts + timedelta(days=1), ends=MEETING.ends + timedelta(days=1))
CHANGES = (
    TENTATIVE,
    replace(TENTATIVE, meeting=MEETING),
    replace(TENTATIVE, meeting=LATER),
    CONFIRMED,
    replace(CONFIRMED, meeting=LATER),
    replace(CONFIRMED, contact=replace(CONTACT, phone="+493087654321")),
    CANCELLED,
)
states = st.sampled_from(CHANGES)
KEY = b"a key that only these tests know"


def revise(sent: Revision | None, facts: EventFacts) -> Revision | None:
    """The revision under the tests' key."""
    return revise_with(sent, facts, KEY)


def fingerprint_of(facts: EventFacts) -> str:
    """The fingerprint under the tests' key."""
    return keyed_fingerprint(facts, KEY)


@given(st.lists(st.tuples(states, st.booleans()), max_size=40))
def test_what_recipients_get_rises_exactly_with_what_they_see(history: list[tuple[EventFacts, bool]]) -> None:
    """Each step changes the case, and may send it, also twice."""
    sent: Revision | None = None
    received: list[tuple[int, str]] = []
    for facts, sends in history:
        revision = revise(sent, facts)
        if not sends or revision is None:
            continue
        received.append((revision.sequence, revision.fingerprint))
        assert revise(revision, facts) == revision  # a repeat
        sent = revision
    for (sequence, seen), (next_sequence, next_seen) in pairwise(received):
        assert next_sequence == sequence + (next_seen != seen)
    if received:
        assert received[0][0] == 0
        last = next(facts for facts, sends in reversed(history) if sends)
        assert sent is not None
        assert sent.fingerprint == fingerprint_of(last)


def test_versions_that_were_never_sent_raise_nothing() -> None:
    sent = revise(None, TENTATIVE)
    assert sent is not None
    moved = [
        replace(
            TENTATIVE,
            meeting=replace(LATER, starts=LATER.starts - timedelta(minutes=minute)),
        )
        for minute in range(50)
    ]
    assert {revise(sent, facts).sequence for facts in moved if revise(sent, facts)} == {1}  # type: ignore[union-attr]


def test_an_event_that_nobody_received_is_not_cancelled() -> None:
    assert revise(None, CANCELLED) is None


def test_a_cancelled_event_can_be_requested_again() -> None:
    sent = revise(Revision(3, fingerprint_of(CONFIRMED)), CANCELLED)
    assert sent is not None
    again = revise(sent, CONFIRMED)
    assert again == Revision(5, fingerprint_of(CONFIRMED))


def test_changes_of_what_nobody_sees_are_no_revision() -> None:
    """The deadline of an event with a meeting, the zone of an instant, and the past of a cancelled event."""
    with_meeting = replace(TENTATIVE, meeting=MEETING)
    moved_deadline = replace(with_meeting, answer_due=TENTATIVE.answer_due + timedelta(days=1))
    assert fingerprint_of(with_meeting) == fingerprint_of(moved_deadline)
    zone = timezone(timedelta(hours=5))
    elsewhere = replace(
        with_meeting,
        meeting=replace(MEETING, starts=MEETING.starts.astimezone(zone), ends=MEETING.ends.astimezone(zone)),
    )
    assert fingerprint_of(with_meeting) == fingerprint_of(elsewhere)
    assert fingerprint_of(CANCELLED) == fingerprint_of(replace(CANCELLED, lead="erased", meeting=LATER))


def test_every_visible_change_has_another_fingerprint() -> None:
    seen = {fingerprint_of(facts) for facts in CHANGES}
    seen |= {fingerprint_of(replace(CONFIRMED, contact=replace(CONTACT, phone_extension="1")))}
    seen |= {
        fingerprint_of(replace(TENTATIVE, lead="another")),
        fingerprint_of(replace(TENTATIVE, vendor="X")),
    }
    assert len(seen) == len(CHANGES) + 3


def test_a_fingerprint_cannot_be_made_without_the_key() -> None:
    assert keyed_fingerprint(CONFIRMED, KEY) != keyed_fingerprint(CONFIRMED, b"another key")
