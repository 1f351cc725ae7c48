"""The link from a call to a lead: only while the company sees the contact data (S1), never for agents."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

import pytest_asyncio

from models.applications.answer import accept, decline
from models.base.database import Connection, connection, fetch
from models.base.viewer import Viewer
from models.calls.leads import leads_of_callers
from models.process.wake import Silence
from models.tables import Contact
from tests.support.complaints import deliver
from tests.support.concurrency import APPLICATION, holding
from tests.support.database import Database
from tests.support.feed import CountingConnection
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply, make_lead

QUIET = Silence()


@dataclass(frozen=True)
class Linked:
    """A vendor who has applied for a lead, and the number of its prospect."""

    place: Marketplace
    application: UUID
    number: str

    async def lead(self, viewer: Viewer, account: UUID | None = None) -> UUID | None:
        """The lead that a viewer sees with a call of the prospect to the vendor."""
        asked = (account or self.place.vendor.id, self.number)
        return (await leads_of_callers(connection(), viewer, [asked])).get(asked)


@pytest_asyncio.fixture(loop_scope="session")
async def linked(place: Marketplace) -> Linked:
    phone = (await Contact.get(lead_id=place.lead.id)).phone
    assert phone is not None
    return Linked(place, await apply(place.vendor, place.lead), phone)


async def test_the_link_appears_with_the_reveal_at_its_instant(linked: Linked, database: Database) -> None:
    """S1.2, for owners, members and operators, whether a worker has been there or not."""
    place = linked.place
    viewers = [place.vendor.owner, place.vendor.member, place.operator]
    await database.clock.set(START + 48 * HOUR - SECOND)
    assert [await linked.lead(viewer) for viewer in viewers] == [None, None, None]
    await database.clock.set(START + 48 * HOUR)
    assert [await linked.lead(viewer) for viewer in viewers] == [place.lead.id] * 3


async def test_the_link_waits_for_an_answer_that_is_being_given(linked: Linked, database: Database) -> None:
    """It is decided by the one reading that is in order with answering (decision 0002)."""
    await database.clock.set(START + 48 * HOUR)
    async with holding(database.url, APPLICATION, linked.application):
        assert await linked.lead(linked.place.vendor.owner) is None
        assert await linked.lead(linked.place.operator) is None
    assert await linked.lead(linked.place.vendor.owner) == linked.place.lead.id


async def test_a_decline_in_time_never_links(linked: Linked, database: Database) -> None:
    """S1.3."""
    await decline(linked.place.prospect.viewer, QUIET, linked.application)
    await database.clock.set(START + 100 * HOUR)
    assert await linked.lead(linked.place.vendor.owner) is None
    assert await linked.lead(linked.place.operator) is None


async def test_the_link_goes_when_the_contact_data_is_closed(linked: Linked) -> None:
    """After an upheld complaint that there was no consent (S5)."""
    place = linked.place
    await accept(place.prospect.viewer, QUIET, linked.application)
    for closed, lead in (("NO_CONSENT", None), ("NO", place.lead.id)):
        await fetch(connection(), "UPDATE delivery SET closed = $1", closed)
        assert await linked.lead(place.vendor.owner) == lead
        assert await linked.lead(place.operator) == lead


async def test_nobody_else_gets_a_link(linked: Linked) -> None:
    """Not an agent, an employee, a prospect or another vendor, nor the vendor for another company's calls."""
    place = linked.place
    await accept(place.prospect.viewer, QUIET, linked.application)
    assert await linked.lead(place.vendor.owner) == place.lead.id
    others = [
        place.agent,
        place.vendor.employee,
        place.prospect.viewer,
        place.other_vendor.owner,
        Viewer(),
    ]
    assert [await linked.lead(viewer) for viewer in others] == [None] * 5
    for viewer in (place.vendor.owner, place.other_vendor.owner, place.operator):
        assert await linked.lead(viewer, place.other_vendor.id) is None


async def test_of_several_leads_the_newest_visible_one_is_linked(linked: Linked, database: Database) -> None:
    """A delivery links as an application does; a newer lead that is hidden does not take the link away."""
    place = linked.place
    await accept(place.prospect.viewer, QUIET, linked.application)
    bought, hidden = [await make_lead(place.market, place.prospect, verbatim=True) for _ in range(2)]
    await database.clock.set(START + HOUR)
    await deliver(place, place.vendor, bought)
    assert await linked.lead(place.vendor.owner) == bought.id
    await database.clock.set(START + 2 * HOUR)
    await apply(place.vendor, hidden)
    assert await linked.lead(place.vendor.owner) == bought.id


async def test_the_number_of_statements_does_not_depend_on_the_calls(linked: Linked) -> None:
    """Also for an operator, who reads calls of many companies."""
    place = linked.place
    counts = []
    for callers in (1, 40):
        conn = CountingConnection()
        asked = [(place.vendor.id, linked.number)]
        asked += [(place.other_vendor.id, f"+4930231250{n:02}") for n in range(callers)]
        await leads_of_callers(cast("Connection", conn), place.operator, asked)
        counts.append(conn.statements)
    assert counts[0] == counts[1] <= 2
