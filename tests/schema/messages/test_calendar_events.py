"""`Application.calendarEvent` and its file: who sees which copy, and how long a link works."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.process.wake import Silence
from tests.models.messages.calendar.judges import read
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.marketplace import EMAIL, HOUR, PHONE, START, apply
from tests.support.messages import send_all
from tests.support.viewers import EVERYBODY, Kind

QUERY = """query ($id: ID!) { node(id: $id) { ... on Application {
    calendarEvent { state startsAt endsAt allDay sequence file } } } }"""
SEEN_BY = {Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR}


async def _event(api: Api, applied: Applied, kind: Kind) -> Any:
    answer = await (await applied.client(api, kind)).ask(QUERY, id=applied.application)
    node = (answer.body.get("data") or {}).get("node")
    return node and node["calendarEvent"]


def _path(file: str) -> str:
    address = urlsplit(file)
    return f"{address.path}?{address.query}"


async def _file(api: Api, applied: Applied, kind: Kind) -> Event:
    response = await api.http.get(_path((await _event(api, applied, kind))["file"]))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert response.headers["Cache-Control"] == "no-store"
    read(response.content)
    calendar = Calendar.from_ical(response.content)
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.events
    assert "ATTENDEE" not in event
    return event


async def test_both_sides_and_operators_see_the_event_and_nobody_else(api: Api, applied: Applied) -> None:
    for kind in EVERYBODY:
        event = await _event(api, applied, kind)
        assert (event is not None) is (kind in SEEN_BY), kind
        if event:
            assert (event["state"], event["allDay"], event["sequence"]) == ("TENTATIVE", True, 0)
            assert datetime.fromisoformat(event["startsAt"]) == (START + 48 * HOUR).replace(hour=0)
            starts, ends = (datetime.fromisoformat(event[name]) for name in ("startsAt", "endsAt"))
            assert ends - starts == timedelta(days=1)


async def test_the_file_has_contact_data_for_the_vendor_only_after_the_reveal(
    api: Api, applied: Applied
) -> None:
    """It has the UID and the sequence of the event that was sent by email, or of the next one."""
    for kind in SEEN_BY:
        event = await _file(api, applied, kind)
        assert not any(value in event.to_ical().decode() for value in (EMAIL, PHONE, "Petra"))
    channel = await send_all()
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    for sent in (False, True):
        if sent:
            channel = await send_all()
        for kind in SEEN_BY:
            event = await _file(api, applied, kind)
            assert (str(event["STATUS"]), event.sequence) == ("CONFIRMED", 1)
            assert str(event["UID"]) == f"application-{applied.application_id}@mail.leads.test"
            said = str(event["DESCRIPTION"])
            assert all((value in said) is (kind in {Kind.OWNER, Kind.MEMBER}) for value in (EMAIL, PHONE))
    (stamp,) = {one.invitation.stamp for one in channel.events if one.invitation}
    assert event.stamp == stamp.replace(microsecond=0)


async def test_a_meeting_has_its_time_and_a_decline_cancels_it_without_contact_data(
    api: Api, applied: Applied
) -> None:
    at = START + timedelta(days=3)
    made = await apply(applied.place.vendor, applied.free, meeting_at=at)
    await accept(applied.place.prospect.viewer, Silence(), made)
    await send_all()
    applied = Applied(applied.place, made, applied.free)
    event = await _event(api, applied, Kind.OWNER)
    assert (event["state"], event["allDay"]) == ("CONFIRMED", False)
    starts, ends = (datetime.fromisoformat(event[name]) for name in ("startsAt", "endsAt"))
    assert (starts, ends) == (at, at + HOUR)
    await decline(applied.place.prospect.viewer, Silence(), made)
    cancelled = await _file(api, applied, Kind.OWNER)
    assert (str(cancelled["STATUS"]), cancelled.sequence) == ("CANCELLED", 1)
    assert not any(value in cancelled.to_ical().decode() for value in (EMAIL, PHONE, "Petra"))


async def test_an_event_that_was_cancelled_before_it_was_sent_is_none(api: Api, applied: Applied) -> None:
    await decline(applied.place.prospect.viewer, Silence(), applied.application_id)
    assert await _event(api, applied, Kind.OWNER) is None


async def test_a_link_works_for_ten_minutes_while_its_user_is_enabled(api: Api, applied: Applied) -> None:
    """A changed link is unknown: the signature covers the application, the reader and the time."""
    path = _path((await _event(api, applied, Kind.OWNER))["file"])
    owner, member = applied.place.vendor.owner.user_id, applied.place.vendor.member.user_id
    assert owner is not None
    assert member is not None
    head = await api.http.head(path)
    assert (head.status_code, head.content) == (200, b"")
    expires = path.partition("expires=")[2].partition("&")[0]
    for old, new in (
        (owner.hex, member.hex),
        (applied.application_id.hex, applied.place.lead.id.hex),
        (expires, str(int(expires) + 1)),
        ("signature=", "signature=é"),
        ("reader=", "other="),
    ):
        assert old in path
        assert (await api.http.get(path.replace(old, new))).status_code == 404
    await fetch(connection(), "UPDATE users SET disabled_at = now() WHERE id = $1", owner)
    assert (await api.http.get(path)).status_code == 404
    await fetch(connection(), "UPDATE users SET disabled_at = NULL WHERE id = $1", owner)
    api.clock.offset = timedelta(minutes=10)
    gone = await api.http.get(path)
    assert (gone.status_code, gone.text) == (410, "The link has expired. Request a new one.")
    for _ in range(10):
        last = await api.http.get(path)
    assert last.status_code == 429
