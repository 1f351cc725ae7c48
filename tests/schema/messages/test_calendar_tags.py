"""Tags of published calendars: a change is always sent, and nothing is sent again without one."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import pytest_asyncio

from models.applications.answer import accept, decline, review
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.complaints import calendar_entries
from models.deadlines.sweep import sweep
from models.messages.calendar_feeds import create_feed
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.complaints import NO_CONSENT, QUIET, REJECTED, deliver, filed, say, verdict
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, MadeLead, apply, buy_points, make_lead
from tests.support.query_recorder import recorded_statements
from tests.support.reading import row

MEETING = START + timedelta(days=5)
MINUTE = timedelta(minutes=1)
MOVED, CANCELLED, TOOK_PLACE = (
    MeetingEvidenceKind.RESCHEDULED,
    MeetingEvidenceKind.CANCELLED,
    MeetingEvidenceKind.TOOK_PLACE,
)


@dataclass(slots=True)
class Copy:
    """A calendar as a client has it, and whether its last read looked at entries."""

    path: str
    tag: str = ""
    document: bytes = b""
    looked: bool = True

    async def read(self, api: Api) -> bool:
        """Read it again, and return whether it was sent. It is, if and only if it has changed."""
        with recorded_statements() as statements:
            response = await api.http.get(self.path, headers={"If-None-Match": self.tag} if self.tag else {})
        self.looked = any("entry AS" in statement.sql for statement in statements)
        whole = response if response.status_code == 200 else await api.http.get(self.path)
        assert (response.status_code == 304) is (whole.content == self.document)
        self.tag, self.document = whole.headers["ETag"], whole.content
        return response.status_code == 200


async def _copy(api: Api, viewer: Viewer) -> Copy:
    feed = await create_feed(viewer, api.services.sending)
    copy = Copy(urlsplit(feed.url or "").path)
    await copy.read(api)
    return copy


class Readers:
    """The calendars of a vendor, a second one, the prospect of both, and an operator."""

    def __init__(self, api: Api, database: Database, copies: Mapping[str, Copy]) -> None:
        """Take what the copies are read from."""
        self._api, self._database, self._copies = api, database, copies

    async def expect(self, changed: set[str], step: Awaitable[object]) -> None:
        """Do something a minute later; it changes these calendars, and no other."""
        await self._database.clock.advance(MINUTE)
        await step
        assert {name for name, copy in self._copies.items() if await copy.read(self._api)} == changed


@pytest_asyncio.fixture(loop_scope="session")
async def readers(api: Api, applied: Applied, database: Database) -> Readers:
    """Everybody has read their calendar."""
    place = applied.place
    viewers = {
        "vendor": place.vendor.owner,
        "rival": place.other_vendor.owner,
        "prospect": place.prospect.viewer,
        "operator": place.operator,
    }
    copies = {name: await _copy(api, viewer) for name, viewer in viewers.items()}
    return Readers(api, database, copies)


async def _records(viewer: Viewer, made: UUID, kind: MeetingEvidenceKind, at: datetime | None = None) -> None:
    await record_meeting(viewer, QUIET, application_id=made, kind=kind, idempotency_key=new_id().hex, at=at)


async def _delivery(lead: MadeLead) -> UUID:
    delivery: UUID = (await row("delivery", lead_id=lead.id))["id"]
    return delivery


async def test_each_step_of_an_application_is_sent_to_both_sides(readers: Readers, applied: Applied) -> None:
    """Also to the side that took it, which is not notified; what no calendar shows is not sent."""
    place, made = applied.place, applied.application_id
    vendor, prospect = place.vendor.owner, place.prospect.viewer
    both, at = {"vendor", "prospect"}, MEETING
    await readers.expect(set(), buy_points(place.vendor.id, 10))
    await readers.expect(set(), review(prospect, QUIET, made))
    await readers.expect(both, _records(place.operator, made, MOVED, at))
    await readers.expect(both, _records(prospect, made, MOVED, at + HOUR))  # a proposal is the last change
    await readers.expect(both, _records(vendor, made, MOVED, at + HOUR))
    await readers.expect(both, _records(place.operator, made, TOOK_PLACE))
    await readers.expect(both, _records(prospect, made, TOOK_PLACE))  # notifies nobody
    await readers.expect(both, _records(vendor, made, CANCELLED))
    await readers.expect(both, accept(prospect, QUIET, made))
    await readers.expect(both, apply(place.vendor, applied.free, meeting_at=at))
    declined = (await row("application", lead_id=applied.free.id))["id"]
    await readers.expect(both, decline(prospect, QUIET, declined))


async def test_what_ends_or_reopens_a_complaint_window_is_sent(readers: Readers, applied: Applied) -> None:
    """And, to operators, what they have to decide; and to everybody, the end of a stopped person's cases."""
    place = applied.place
    leads = [await make_lead(place.market, place.prospect) for _ in range(3)]
    await readers.expect({"rival", "prospect"}, apply(place.other_vendor, applied.free))
    for lead in leads:
        await readers.expect({"vendor"}, deliver(place, place.vendor, lead))
    first, second, third = [await _delivery(lead) for lead in leads]
    await readers.expect({"vendor", "operator"}, filed(place.vendor, [first, second]))
    rejected, accepted = [await row("complaint_item", delivery_id=one) for one in (first, second)]
    await readers.expect({"vendor"}, say(place.operator, verdict(rejected, REJECTED)))  # notifies nobody
    await readers.expect({"operator"}, say(place.operator, verdict(accepted)))
    await readers.expect({"vendor", "operator"}, filed(place.vendor, [third], reason=NO_CONSENT))
    upheld = await row("complaint_item", delivery_id=third)
    everybody = {"vendor", "rival", "prospect", "operator"}  # the vendor's own application ends as well
    await readers.expect(everybody, say(place.operator, verdict(upheld)))


async def test_the_end_of_contact_data_is_sent_to_both_sides(readers: Readers, applied: Applied) -> None:
    place, made = applied.place, applied.application_id
    both = {"vendor", "prospect"}
    await readers.expect(both, _records(place.operator, made, MOVED, MEETING))
    await readers.expect(both, accept(place.prospect.viewer, QUIET, made))
    delivery = await _delivery(place.lead)
    await readers.expect(set(), filed(place.vendor, [delivery], reason=NO_CONSENT))  # rejected by the rules
    item = await row("complaint_item", delivery_id=delivery)
    await readers.expect(both, say(place.operator, verdict(item, override="They never asked.")))


async def test_what_the_clock_or_another_language_changes_is_sent_although_no_row_is_written(
    readers: Readers, applied: Applied, database: Database
) -> None:
    clock, vendor = database.clock, applied.place.vendor.owner
    both, opens = {"vendor", "prospect"}, START + 48 * HOUR
    await readers.expect(both, _records(applied.place.operator, applied.application_id, MOVED, MEETING))
    await readers.expect(set(), clock.set(opens - timedelta(microseconds=1)))
    await readers.expect(both, clock.set(opens))
    await readers.expect(both, sweep(QUIET))  # the proposed meeting is settled, and the vendor may complain
    await readers.expect(set(), clock.set(MEETING))
    until = (await row("delivery", lead_id=applied.place.lead.id))["complaint_until"]
    await readers.expect({"vendor"}, clock.set(until))
    await readers.expect(both, clock.set(MEETING + timedelta(days=31, microseconds=1)))
    change = "UPDATE users SET locale = 'de' WHERE id = $1"
    await readers.expect({"vendor"}, fetch(connection(), change, vendor.user_id))
    await readers.expect(set(), fetch(connection(), "UPDATE users SET time_zone = 'Asia/Tokyo'"))


async def test_an_unchanged_calendar_of_a_vendor_or_a_prospect_is_recognised_without_its_entries(
    api: Api, applied: Applied
) -> None:
    """Until the recipient has an event: then its entries are compared, once."""
    place = applied.place
    owner = await _copy(api, place.vendor.owner)
    prospect = await _copy(api, place.prospect.viewer)
    for copy in (owner, prospect):
        assert not await copy.read(api)
        assert not copy.looked
    with recorded_statements() as statements:
        await api.http.get(owner.path, headers={"If-None-Match": owner.tag})
    assert len(statements) == 1
    await buy_points(place.vendor.id, 10)
    for looked in (True, False):
        assert not await owner.read(api)
        assert owner.looked is looked


async def test_a_calendar_with_more_entries_than_it_shows_is_sent_when_the_first_one_leaves(
    api: Api, applied: Applied, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_entries, "MOST_ENTRIES", 1)
    later = await make_lead(applied.place.market, applied.place.prospect)
    await database.clock.advance(HOUR)
    await apply(applied.place.vendor, later)
    owner = await _copy(api, applied.place.vendor.owner)
    for now, sent in ((START + 48 * HOUR - MINUTE, False), (START + 48 * HOUR, True)):
        await database.clock.set(now)
        assert await owner.read(api) is sent
        assert owner.looked is sent
    assert owner.document.count(b"BEGIN:VEVENT") == 1
