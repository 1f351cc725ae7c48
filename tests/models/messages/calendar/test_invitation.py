"""The mail around an event, as a mail program takes it apart."""

from email import message_from_bytes, policy

import pytest

from models.messages.calendar.application_event import Audience, EventFacts
from models.messages.calendar.invitation import with_calendar
from models.messages.mime import text_part
from tests.support.calendar_events import STATES, document, recipient


@pytest.mark.parametrize("facts", STATES, ids=lambda facts: facts.state)
def test_the_event_is_the_last_alternative_and_a_file_of_the_same_bytes(facts: EventFacts) -> None:
    event = document(facts, recipient(Audience.VENDOR, "pl"))
    texts = [text_part("text", "plain"), text_part("<p>text</p>", "html")]
    sent = b"MIME-Version: 1.0\r\n" + with_calendar(texts, event, facts.method, "=_boundary")

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
