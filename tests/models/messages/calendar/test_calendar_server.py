"""Each version of an event, stored in a CalDAV server (radicale) as a calendar program does: the last one
stays, in whatever order they arrive.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import radicale.app
import radicale.config
from icalendar import Calendar, Event

from models.messages.calendar.application_event import Audience, EventFacts
from models.messages.calendar.revision import Revision, revise
from tests.support.calendar_events import (
    CANCELLED,
    CONFIRMED,
    MEETING,
    SECRETS,
    TENTATIVE,
    document,
    recipient,
)

MOVED = replace(MEETING, starts=MEETING.starts + timedelta(days=1), ends=MEETING.ends + timedelta(days=1))
# What a vendor gets, from the introduction on.
STEPS = (
    TENTATIVE,
    replace(TENTATIVE, meeting=MEETING),
    replace(CONFIRMED, meeting=MEETING),
    replace(CONFIRMED, meeting=MOVED),
    replace(CANCELLED, meeting=MOVED),
)
CALENDAR, EVENT = "/vera/work/", "/vera/work/event.ics"
QUERY = """<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:prop><D:getetag/></D:prop>
  <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A calendar server in this process, with one calendar."""
    folder: Path = tmp_path_factory.mktemp("radicale")
    configuration = radicale.config.load()
    configuration.update(
        {
            "storage": {"filesystem_folder": str(folder)},
            "auth": {"type": "none"},
            "rights": {"type": "authenticated"},
        },
        "tests",
    )
    transport = httpx.WSGITransport(radicale.app.Application(configuration))
    with httpx.Client(transport=transport, base_url="http://calendar.test", auth=("vera", "")) as client:
        assert client.request("MKCALENDAR", CALENDAR).status_code == 201
        yield client


def _versions() -> list[tuple[EventFacts, bytes]]:
    sent: Revision | None = None
    versions = []
    for facts in STEPS:
        sent = revise(sent, facts, b"a key of these tests")
        assert sent is not None
        versions.append((facts, document(facts, recipient(Audience.VENDOR), sent.sequence)))
    return versions


def _stored(server: httpx.Client) -> Event | None:
    response = server.get(EVENT)
    if response.status_code == 404:
        return None
    (event,) = Calendar.from_ical(response.content).events
    return event


def _receive(server: httpx.Client, version: bytes) -> None:
    """Store a version as a program does that reads a mail: without METHOD, unless it has a later one."""
    calendar = Calendar.from_ical(version)
    stored = _stored(server)
    if stored is not None and stored.sequence >= calendar.events[0].sequence:
        return
    del calendar["METHOD"]
    put = server.put(EVENT, content=calendar.to_ical(), headers={"Content-Type": "text/calendar"})
    assert put.status_code in {201, 204}, put.text


def test_each_step_replaces_the_one_before(server: httpx.Client) -> None:
    server.delete(EVENT)
    for facts, version in _versions():
        _receive(server, version)
        event = _stored(server)
        assert event is not None
        assert str(event["STATUS"]) == facts.state
        assert (event.start == facts.meeting.starts) if facts.meeting else (event["TRANSP"] == "TRANSPARENT")
        assert all((secret in str(event["DESCRIPTION"])) is (facts.contact is not None) for secret in SECRETS)


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 0, 4, 1, 3), (0, 4, 0, 2, 4)], ids=str)
def test_in_any_order_and_repeated_the_last_step_stays(server: httpx.Client, order: tuple[int, ...]) -> None:
    server.delete(EVENT)
    versions = _versions()
    for number in order:
        _receive(server, versions[number][1])
    event = _stored(server)
    assert event is not None
    assert (str(event["STATUS"]), event.sequence) == ("CANCELLED", 4)
    assert not any(secret in str(event["DESCRIPTION"]) for secret in SECRETS)


def test_the_server_accepts_a_version_as_it_was_sent(server: httpx.Client) -> None:
    """Programs that store a file unchanged leave its METHOD in."""
    server.delete(EVENT)
    for _, version in _versions():
        assert server.put(EVENT, content=version, headers={"Content-Type": "text/calendar"}).status_code < 300
    found = server.request(
        "REPORT",
        CALENDAR,
        content=QUERY,
    )
    assert found.status_code == 207
    assert EVENT in found.text
