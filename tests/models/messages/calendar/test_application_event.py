"""The event of an application in each of its states, for each side."""

from dataclasses import replace
from datetime import date

import pytest

from models.messages.calendar.application_event import (
    Audience,
    EventFacts,
    Recipient,
    RevealedContact,
    event_of,
)
from models.messages.calendar.document import CalendarState, Method
from models.messages.calendar.words import WORDS
from tests.models.messages.calendar.judges import Seen, read
from tests.support.calendar_events import (
    AT,
    CONFIRMED,
    CONTACT,
    MEETING,
    SECRETS,
    STATES,
    TENTATIVE,
    document,
    every,
    recipient,
)


def seen(facts: EventFacts, to: Recipient) -> Seen:
    """What readers find in it."""
    (found,) = read(document(facts, to))
    return found


def test_each_state_is_read_by_other_programs_with_its_method_status_and_one_attendee() -> None:
    methods = {"TENTATIVE": "REQUEST", "CONFIRMED": "REQUEST", "CANCELLED": "CANCEL"}
    for facts, to in every():
        found = seen(facts, to)
        assert found.uid == f"application-{facts.application_id}@mail.leadgate.example"
        assert (found.status, found.method) == (facts.state, methods[facts.state])
        assert found.attendees == ("mailto:vera@demo.example",)
        assert facts.lead in found.summary
        assert len(set(found.names)) == len(found.names)


def test_no_copy_has_contact_data_unless_the_contact_is_revealed_to_its_vendor() -> None:
    for facts, to in every():
        plain = document(facts, to).replace(b"\r\n ", b"").decode()
        reveals = facts.state is CalendarState.CONFIRMED and to.audience is Audience.VENDOR
        assert all((secret in plain) is reveals for secret in SECRETS)


@pytest.mark.parametrize("state", [CalendarState.TENTATIVE, CalendarState.CANCELLED])
def test_contact_data_of_an_event_that_is_not_confirmed_is_refused(state: CalendarState) -> None:
    with pytest.raises(ValueError, match="contact data"):
        replace(CONFIRMED, state=state)


def test_nothing_shows_contact_data_in_logs() -> None:
    to = recipient(Audience.VENDOR)
    event = event_of(CONFIRMED, to, sequence=0, stamp=AT, organizer=to.party, domain="x.example")
    for value in (CONTACT, CONFIRMED, to, to.party, event):
        assert not any(secret in f"{value!r} {value}" for secret in (*SECRETS, "Vera", "vera@"))


def test_a_meeting_has_its_time_and_blocks_it() -> None:
    found = seen(replace(TENTATIVE, meeting=MEETING), recipient(Audience.VENDOR))
    assert (found.starts, found.ends) == (MEETING.starts, MEETING.ends)
    assert b"TRANSP:OPAQUE" in document(replace(TENTATIVE, meeting=MEETING), recipient(Audience.VENDOR))


@pytest.mark.parametrize(("zone", "day"), [("UTC", 1), ("Europe/Berlin", 2), ("America/New_York", 1)])
def test_without_a_meeting_it_is_a_note_on_the_readers_day_of_the_answer(zone: str, day: int) -> None:
    to = recipient(Audience.VENDOR, zone=zone)
    found = seen(TENTATIVE, to)
    assert (found.starts, found.ends) == (date(2026, 12, day), date(2026, 12, day + 1))
    assert b"TRANSP:TRANSPARENT" in document(TENTATIVE, to)


def test_the_vendor_reads_when_the_contact_data_is_revealed_and_then_the_contact_data() -> None:
    to = recipient(Audience.VENDOR)
    assert "revealed automatically on 2 December 2026, 00:30 CET" in seen(TENTATIVE, to).description
    found = seen(CONFIRMED, to)
    assert found.summary == "Contact Kettle GmbH: “Office kitchen; new, for ten”"
    assert found.description.splitlines() == [
        "Name: Petra Nowak",
        "Organisation: Kettle GmbH",
        "Phone: +493012345678, ext. 42",
        "Email: petra@kettle.example",
        "Meeting link: https://meet.example/kettle",
        "",
        "https://leadgate.example/applications/beef",
    ]


def test_what_is_unknown_about_a_contact_is_left_out() -> None:
    contact = RevealedContact(name="Petra Nowak", phone="+493012345678")
    found = seen(replace(CONFIRMED, contact=contact, meeting=MEETING), recipient(Audience.VENDOR, "de"))
    assert found.summary == "Treffen mit Petra Nowak: „Office kitchen; new, for ten“"
    assert found.description.splitlines()[:3] == ["Name: Petra Nowak", "Telefon: +493012345678", ""]
    assert "LOCATION" not in found.names


def test_the_prospect_reads_whom_they_answer_and_until_when() -> None:
    found = seen(TENTATIVE, recipient(Audience.PROSPECT, "pl", "Europe/Warsaw"))
    assert found.summary == "Odpowiedź dla Demo Agency: „Office kitchen; new, for ten”"
    assert "przed 2\u00a0grudnia 2026" in found.description


def test_every_word_differs_from_english_or_is_the_same_by_its_nature() -> None:
    same = {"Name", "Organisation", "Telefon", "E-Mail", "E-mail", "Email"}
    for language in ("de", "pl", "ro"):
        for field in WORDS["en"].__slots__:
            translated, english = getattr(WORDS[language], field), getattr(WORDS["en"], field)
            assert translated != english or translated in same
            for placeholder in ("{lead}", "{due}", "{phone}", "{extension}"):
                assert (placeholder in translated) is (placeholder in english)


def test_the_method_follows_from_the_state() -> None:
    assert [facts.method for facts in STATES] == [Method.REQUEST, Method.REQUEST, Method.CANCEL]
