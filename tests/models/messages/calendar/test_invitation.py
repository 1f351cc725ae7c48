"""The mail around an event, as a mail program takes it apart."""

from email import message_from_bytes, policy
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from models.messages.calendar.application_event import Audience, EventFacts
from models.messages.calendar.invitation import with_calendar
from tests.support.calendar_events import STATES, document, recipient


@pytest.mark.parametrize("facts", STATES, ids=lambda facts: facts.state)
def test_the_event_is_the_last_alternative_and_a_file_of_the_same_bytes(facts: EventFacts) -> None:
    event = document(facts, recipient(Audience.VENDOR, "pl"))
    alternatives = MIMEMultipart("alternative")
    alternatives.attach(MIMEText("text"))
    alternatives.attach(MIMEText("<p>text</p>", "html"))
    sent = with_calendar(alternatives, event, facts.method).as_bytes()

    mail = message_from_bytes(sent, policy=policy.default)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    *_, calendar, file = mail.walk()
    for part in (calendar, file):
        assert part.get_param("method") == facts.method
        assert part.get_payload(decode=True) == event
    assert calendar.get_param("charset") == "UTF-8"
    assert file.get_filename() == "invite.ics"
    assert max(map(len, sent.splitlines())) < 998
    assert sent.isascii()
