"""Calendar events in emails: what each side gets, with which sequence, from application to cancellation."""

import asyncio
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from jobs.sweeping import Sweeper
from models.applications.answer import accept, decline
from models.applications.calendar_event import cancel_events
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.base.viewer import ANONYMOUS
from models.feed.journal import Journal
from models.messages.calendar.document import CalendarState
from models.messages.claim import Claim, claim_due
from models.messages.compose import compose
from models.messages.expand import expand_messages
from models.process.wake import Silence
from models.tables import Prospect
from rules import production_parameters
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.marketplace import (
    HOUR,
    START,
    MadeProspect,
    Marketplace,
    apply,
    make_lead,
    propose_meeting,
    publish_policy,
)
from tests.support.messages import CONTEXT, FORM, FakeChannel, dispatches, failed, send_all

_EVENT = "SELECT FROM calendar_event WHERE application_id = $1 FOR UPDATE"


@pytest.fixture
async def at(place: Marketplace) -> datetime:
    """A time for a meeting, in whole seconds."""
    return (await database_now(connection())).replace(microsecond=0) + timedelta(days=5)


def _read(channel: FakeChannel, side: UUID) -> list[Event]:
    """Return the events that were sent to an account or a prospect, in order."""
    return [event for recipient, event in _all(channel) if recipient == side]


def _all(channel: FakeChannel) -> list[tuple[UUID, Event]]:
    found: list[tuple[UUID, Event]] = []
    for parcel in channel.events:
        assert parcel.first_attempt_at is not None
        calendar = Calendar.from_ical(_document(channel, parcel.id))
        (event,) = calendar.events
        found.append((parcel.message.recipient, event))
    return found


def _document(channel: FakeChannel, dispatch_id: UUID) -> bytes:
    (parcel,) = (one for one in channel.events if one.id == dispatch_id)
    assert parcel.first_attempt_at is not None
    mail = message_from_bytes(FORM.mail(parcel, parcel.first_attempt_at).content, policy=policy.default)
    (part,) = (one for one in mail.walk() if one.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == content
    assert part["Content-Type"].params["method"] == Calendar.from_ical(content)["METHOD"]
    return content


def _said(events: list[Event]) -> list[tuple[str, int]]:
    return [(str(event["STATUS"]), event.sequence) for event in events]


async def test_both_sides_get_the_proposed_meeting_without_contact_data(
    place: Marketplace, at: datetime
) -> None:
    """S1.6: owners, members and the prospect, each with themselves as the only attendee."""
    application = await apply(place.vendor, place.lead, meeting_at=at)
    channel = await send_all()
    events = [event for _, event in _all(channel)]
    assert _said(events) == [("TENTATIVE", 0)] * 3
    assert {str(event["UID"]) for event in events} == {f"application-{application}@mail.leads.test"}
    assert {event.start for event in events} == {at}
    attendees = [str(event["ATTENDEE"]).removeprefix("mailto:") for event in events]
    assert sorted(attendees) == sorted(parcel.recipient.address or "" for parcel in channel.events)
    assert len(set(attendees)) == 3
    assert not any(b"Petra" in event.to_ical() for event in events)


async def test_without_a_time_the_event_is_a_note_on_the_day_the_answer_is_due(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    (event,) = _read(await send_all(), place.prospect.id)
    assert not isinstance(event.start, datetime)
    assert str(event["TRANSP"]) == "TRANSPARENT"


async def test_acceptance_updates_the_vendors_event_with_the_contact_data(
    place: Marketplace, at: datetime
) -> None:
    """S1.6: phone number and email, for the vendor only, and in the event only."""
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await send_all()
    await accept(place.prospect.viewer, Silence(), application)
    channel = await send_all()
    row = (await fetch(connection(), "SELECT * FROM contact WHERE lead_id = $1", place.lead.id))[0]
    theirs, own = _read(channel, place.vendor.id), _read(channel, place.prospect.id)
    assert _said(theirs + own) == [("CONFIRMED", 1)] * 3
    for event in theirs:
        assert row["email"] in str(event["DESCRIPTION"])
        assert row["phone"] in str(event["DESCRIPTION"])
    assert row["phone"] not in str(own[0]["DESCRIPTION"])
    for parcel in channel.events:
        content = compose(parcel, CONTEXT)
        said = f"{content.subject} {content.text}"
        assert not any(row[name] in said for name in ("full_name", "email", "phone"))


async def test_a_reveal_without_an_answer_updates_the_event(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    await send_all()
    await database.clock.advance(48 * HOUR)
    assert _all(await send_all()) == []
    await Sweeper(Silence(), 10).settle_due()
    assert _said(_read(await send_all(), place.vendor.id)) == [("CONFIRMED", 1)] * 2


async def test_a_decline_cancels_the_event_and_leaves_no_contact_data_in_it(
    place: Marketplace, at: datetime
) -> None:
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await accept(place.prospect.viewer, Silence(), application)
    await send_all()
    await decline(place.prospect.viewer, Silence(), application)
    channel = await send_all()
    row = (await fetch(connection(), "SELECT * FROM contact WHERE lead_id = $1", place.lead.id))[0]
    events = [event for _, event in _all(channel)]
    assert _said(events) == [("CANCELLED", 1)] * 3
    for event in _read(channel, place.vendor.id):
        assert not any(row[name].encode() in event.to_ical() for name in ("full_name", "email", "phone"))


async def test_an_event_that_nobody_received_is_not_cancelled(place: Marketplace) -> None:
    application = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, Silence(), application)
    assert (await send_all()).events == []
    states = {row["template"]: row["rule_id"] for row in await dispatches()}
    assert states["calendar_cancelled"] == "moot"


async def test_an_acceptance_replaces_what_was_not_sent(place: Marketplace, at: datetime) -> None:
    """One email per recipient, with the newest state."""
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await accept(place.prospect.viewer, Silence(), application)
    channel = await send_all()
    assert _said([event for _, event in _all(channel)]) == [("CONFIRMED", 0)] * 3
    assert {row["state"] for row in await dispatches("calendar_created")} == {"CANCELLED"}


async def test_fifty_unsent_moves_are_one_email_and_raise_the_sequence_once(
    place: Marketplace, at: datetime
) -> None:
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await send_all()
    for hours in range(1, 51):
        await propose_meeting(place.operator, application, at + timedelta(hours=hours))
    events = _read(await send_all(), place.prospect.id)
    assert _said(events) == [("TENTATIVE", 1)]
    assert events[0].start == at + timedelta(hours=50)


async def test_an_acceptance_and_a_decline_in_one_second_are_sent_in_their_order(
    place: Marketplace, at: datetime
) -> None:
    """Whether the acceptance was sent in between or not, the last one that is sent cancels."""
    for sends in (True, False):
        lead = await make_lead(place.market, place.prospect)
        application = await apply(place.vendor, lead, meeting_at=at)
        await send_all()
        await accept(place.prospect.viewer, Silence(), application)
        sent = _read(await send_all(), place.prospect.id) if sends else []
        await decline(place.prospect.viewer, Silence(), application)
        sent += _read(await send_all(), place.prospect.id)
        confirmed = [("CONFIRMED", 1)] if sends else []
        assert _said(sent) == [*confirmed, ("CANCELLED", 1 + len(confirmed))]


async def test_a_cancelled_meeting_cancels_the_event_and_a_new_time_revives_it(
    place: Marketplace, at: datetime, database: Database
) -> None:
    """A later reveal brings the event back as well: the contact data belongs in it."""
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await send_all()
    await record_meeting(
        place.operator,
        Silence(),
        application_id=application,
        kind=MeetingEvidenceKind.CANCELLED,
        idempotency_key=new_id().hex,
    )
    assert _said(_read(await send_all(), place.prospect.id)) == [("CANCELLED", 1)]
    await propose_meeting(place.operator, application, at)
    assert _said(_read(await send_all(), place.prospect.id)) == [("TENTATIVE", 2)]
    await record_meeting(
        place.operator,
        Silence(),
        application_id=application,
        kind=MeetingEvidenceKind.CANCELLED,
        idempotency_key=new_id().hex,
    )
    await database.clock.advance(HOUR)
    await accept(place.prospect.viewer, Silence(), application)
    assert _said(_read(await send_all(), place.vendor.id)) == [("CONFIRMED", 3)] * 2


async def test_a_repeat_keeps_its_sequence(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    await send_all(FakeChannel(answer=failed()))
    await fetch(connection(), "UPDATE dispatch SET due_at = leadgate_clock() WHERE state = 'WAITING'")
    channel = await send_all()
    assert _said([event for _, event in _all(channel)]) == [("TENTATIVE", 0)] * 3
    (stamp,) = {event.stamp for _, event in _all(channel)}
    (row,) = await fetch(connection(), "SELECT changed_at FROM calendar_event")
    assert stamp == row["changed_at"].replace(microsecond=0)


async def test_an_update_waits_while_the_earlier_version_is_on_its_way(place: Marketplace) -> None:
    application = await apply(place.vendor, place.lead)
    await expand_messages()
    first = await claim_due(CONTEXT, FakeChannel(), 10)
    assert len(first.claimed) == 4
    await accept(place.prospect.viewer, Silence(), application)
    await expand_messages()
    later = await claim_due(CONTEXT, FakeChannel(), 10)
    assert {one.parcel.message.template for one in later.claimed} == {"contact_available"}


async def test_claims_at_the_same_time_give_one_version_one_sequence(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    await expand_messages()
    claims = await asyncio.gather(*(claim_due(CONTEXT, FakeChannel(), 2) for _ in range(4)))
    versions = [
        one.parcel.invitation.sequence for claim in claims for one in claim.claimed if one.parcel.invitation
    ]
    assert versions == [0, 0, 0]


async def test_a_prospect_without_a_user_gets_the_event_at_the_leads_address(place: Marketplace) -> None:
    prospect = MadeProspect((await Prospect.create()).id, ANONYMOUS)
    lead = await make_lead(place.market, prospect)
    await apply(place.vendor, lead)
    channel = await send_all()
    (event,) = _read(channel, prospect.id)
    assert "CN" not in event["ATTENDEE"].params


async def test_a_preview_has_no_event(place: Marketplace) -> None:
    application = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application)
    channel = await send_all()
    for parcel in channel.events:
        preview = FORM.preview(parcel)
        assert "BEGIN:VCALENDAR" not in preview.text + (preview.html or "")
        assert not any("calendar" in header.lower() for header in preview.headers)


async def test_contact_data_that_is_closed_leaves_the_event(place: Marketplace) -> None:
    """As after an upheld complaint that the person gave no consent."""
    application = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application)
    await send_all()
    (delivery,) = await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT' RETURNING id")
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        await cancel_events(conn, journal, [delivery["id"]])
        await journal.write(conn)
    events = _read(await send_all(), place.vendor.id)
    assert _said(events) == [("CANCELLED", 1)] * 2
    (row,) = await fetch(connection(), "SELECT * FROM contact WHERE lead_id = $1", place.lead.id)
    for event in events:
        assert not any(row[name].encode() in event.to_ical() for name in ("full_name", "email", "phone"))


async def test_an_erasure_after_the_acceptance_cancels_the_vendors_event_without_contact_data(
    place: Marketplace,
) -> None:
    """The person, who is gone, gets no email."""
    application = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application)
    await send_all()
    await fetch(
        connection(), "UPDATE prospect SET erased_at = leadgate_clock() WHERE id = $1", place.prospect.id
    )
    (delivery,) = await fetch(connection(), "SELECT id FROM delivery")
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        await cancel_events(conn, journal, [delivery["id"]])
        await journal.write(conn)
    sent = _all(await send_all())
    assert [recipient for recipient, _ in sent] == [place.vendor.id] * 2
    assert _said([event for _, event in sent]) == [("CANCELLED", 1)] * 2
    assert not any(b"Petra" in event.to_ical() for _, event in sent)


async def test_a_policy_can_leave_events_as_they_are_after_a_silent_reveal(
    place: Marketplace, database: Database
) -> None:
    parameters = production_parameters()
    parameters["messages"]["calendar_on_silence"] = False
    await publish_policy(place.market.id, "main", parameters, START)
    await apply(place.vendor, place.lead)
    await send_all()
    await database.clock.advance(48 * HOUR)
    await Sweeper(Silence(), 10).settle_due()
    assert (await send_all()).events == []


async def test_what_an_event_shows_is_read_under_its_lock(
    place: Marketplace, database: Database, at: datetime
) -> None:
    """A worker that waited for another one does not send older facts with a later sequence."""
    application = await apply(place.vendor, place.lead, meeting_at=at)
    await send_all()
    await propose_meeting(place.operator, application, at + timedelta(hours=1))
    await expand_messages()
    async with holding(database.url, _EVENT, application) as meeting:
        await meeting.join(claim_due(CONTEXT, FakeChannel(), 10))
        await accept(place.prospect.viewer, Silence(), application)
    (claim,) = await meeting.outcomes()
    assert isinstance(claim, Claim)
    assert not claim.claimed  # the acceptance wrote a newer one
    shown = [one.invitation for one in (await send_all()).events if one.invitation]
    assert [(one.event.facts.state, one.sequence) for one in shown] == [(CalendarState.CONFIRMED, 1)] * 3
