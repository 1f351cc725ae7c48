"""A timely decline closes the contact data for every reader from its instant on, even before it commits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.applications.answer import decline
from models.applications.list import (
    ApplicationFilter,
    applications_by_id,
    applications_of_leads,
    count_applications,
    list_applications,
)
from models.base.database import connection, fetch
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.complaints.create_template import create_template
from models.complaints.file import TemplateFormat
from models.deadlines.sweep import sweep
from models.leads.facts import ApplicationStatus
from models.leads.list import LeadFilter, count_leads, leads_by_id, list_leads
from models.leads.views import LeadView
from models.process.wake import Silence
from rules.visibility import VISIBLE
from schema.graphql.ids import write_id
from tests.support.api import Api, Client
from tests.support.concurrency import BALANCE, holding
from tests.support.database import Database
from tests.support.interleaving import interleaving
from tests.support.leads import ApplicationRow, LeadRow, insert_applications, insert_leads
from tests.support.marketplace import (
    CONTACT_VALUES,
    FULL_NAME,
    HOUR,
    SECOND,
    START,
    Marketplace,
    apply,
    make_marketplace,
)
from tests.support.query_documents import DOCUMENTS
from tests.support.query_recorder import recorded_statements
from tests.support.reading import application as stored_application
from tests.support.viewers import Kind, clients_of

QUIET = Silence()
DUE = START + 48 * HOUR
TICK = timedelta(microseconds=1)
REVEALED, PENDING = (True, "REVEALED"), (False, "PENDING")  # `contactVisible`, and the status with it
FILTERS = """query ($visible: Boolean!, $status: ApplicationStatus!) {
  leads(filter: {contactVisible: $visible}) { nodes { id contact { fullName } } totalCount }
  applications(filter: {status: $status}) { nodes { id } totalCount }
  all: applications { nodes { id status revealedAt visibility { verdict ruleId changesAt } } } }"""


@dataclass(frozen=True)
class PendingApplication:
    """One lead that the vendor has applied for, and every viewer who can query it."""

    database: Database
    market: Marketplace
    application: UUID
    clients: dict[Kind, Client]

    @property
    def owner(self) -> Viewer:
        """The vendor's owner."""
        return self.market.vendor.owner


@pytest_asyncio.fixture(loop_scope="session")
async def pending(database: Database, api: Api) -> PendingApplication:
    """The application was received at START and is due at DUE."""
    await database.clock.set(START)
    market = await make_marketplace()
    application = await apply(market.vendor, market.lead)
    return PendingApplication(database, market, application, await clients_of(api, market))


@asynccontextmanager
async def uncommitted_decline(pending: PendingApplication, at: timedelta = -SECOND) -> AsyncIterator[None]:
    """A decline that has read the clock and cannot commit while the clock passes the deadline."""
    await pending.database.clock.set(DUE + at)
    async with holding(pending.database.url, BALANCE, pending.market.vendor.id) as meeting:
        await meeting.join(decline(pending.market.prospect.viewer, QUIET, pending.application))
        await pending.database.clock.set(DUE + SECOND)
        yield
    assert await meeting.outcomes() == [None]


async def _everything(client: Client, pending: PendingApplication) -> str:
    """Return everything that a client can see, by every query, node and filter."""
    ids = [write_id("Lead", pending.market.lead.id), write_id("Application", pending.application)]
    texts = [
        str((await client.ask(text, **({"ids": ids} if "$ids" in text else {}))).body) for text in DOCUMENTS
    ]
    return "".join(texts)


async def _filtered(client: Client) -> dict[tuple[bool, str], tuple[int, int]]:
    """Return how many leads and applications each filter returns; nodes and counts must agree."""
    found = {}
    for visible, status in (REVEALED, PENDING):
        data = (await client.ask(FILTERS, visible=visible, status=status)).data
        leads, applications = data["leads"], data["applications"]
        assert leads["totalCount"] == len(leads["nodes"])
        assert applications["totalCount"] == len(applications["nodes"])
        found[visible, status] = (leads["totalCount"], applications["totalCount"])
    return found


async def test_nobody_reads_what_a_decline_in_time_is_about_to_close(pending: PendingApplication) -> None:
    """Lists, nodes, filters, counts and statuses show all viewers the same as before the deadline."""
    async with uncommitted_decline(pending):
        for name in (Kind.OWNER, Kind.MEMBER):
            text = await _everything(pending.clients[name], pending)
            assert "still_waiting" in text
            assert not any(value in text for value in CONTACT_VALUES), name
            assert await _filtered(pending.clients[name]) == {REVEALED: (0, 0), PENDING: (1, 1)}
        for name in (Kind.PROSPECT, Kind.OPERATOR):
            found = await _filtered(pending.clients[name])
            assert (found[REVEALED][1], found[PENDING][1]) == (0, 1), name
        for name in (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR):
            client = pending.clients[name]
            for one in (await client.ask(FILTERS, visible=True, status="PENDING")).data["all"]["nodes"]:
                assert one["status"] == "PENDING"
                assert one["revealedAt"] is None
                assert one["visibility"]["verdict"] == "HIDDEN"
                assert one["visibility"]["changesAt"] == DUE.isoformat().replace("+00:00", "Z")
    text = await _everything(pending.clients[Kind.OWNER], pending)
    assert "declined_in_time" in text
    assert not any(value in text for value in CONTACT_VALUES)


async def test_no_file_or_feed_shows_what_a_decline_in_time_is_about_to_close(
    pending: PendingApplication,
) -> None:
    """A template has no row for it, and a sweep skips it."""
    async with uncommitted_decline(pending):
        assert (await sweep(QUIET)).deadlines == []
        revealed = await fetch(connection(), "SELECT FROM feed_event WHERE kind = 'CONTACT_REVEALED'")
        assert revealed == []
        template = await create_template(pending.owner, TemplateFormat.CSV, None, most_stored=10**9)
        file = (await fetch(connection(), "SELECT content FROM stored_file WHERE id = $1", template))[0]
        assert not any(value.encode() in file["content"] for value in CONTACT_VALUES)


async def test_a_decline_at_the_deadline_closes_nothing_once_it_is_given(pending: PendingApplication) -> None:
    """A reader may have to wait while it is in progress; afterwards it is known to be late."""
    async with uncommitted_decline(pending, timedelta()):
        assert "still_waiting" in await _everything(pending.clients[Kind.OWNER], pending)
    text = await _everything(pending.clients[Kind.OWNER], pending)
    assert "declined_late" in text
    assert FULL_NAME in text


@pytest.mark.parametrize("lock", ["NO KEY UPDATE", "SHARE", "KEY SHARE"])
async def test_a_hanging_worker_does_not_delay_a_reveal(pending: PendingApplication, lock: str) -> None:
    """The lock of a sweep or a reader does not block readers."""
    await pending.database.clock.set(DUE)
    async with holding(
        pending.database.url, f"SELECT FROM application WHERE id = $1 FOR {lock}", pending.application
    ):
        assert FULL_NAME in await _everything(pending.clients[Kind.OWNER], pending)
        assert await _filtered(pending.clients[Kind.OWNER]) == {REVEALED: (1, 1), PENDING: (0, 0)}


async def test_readers_do_not_delay_sweeps(pending: PendingApplication) -> None:
    """A sweep settles an application that a reader is checking."""
    await pending.database.clock.set(DUE)
    lock = "SELECT FROM application WHERE id = $1 FOR KEY SHARE"
    async with holding(pending.database.url, lock, pending.application):
        await sweep(QUIET)
    assert (await stored_application(pending.application))["revealed_at"] == DUE


async def test_only_rows_that_are_due_and_unsettled_cost_a_statement(pending: PendingApplication) -> None:
    """One more for a page with such rows, none once they are settled, none before they are due."""
    place = pending.market
    leads = [LeadRow(place.market.id, place.prospect.id) for _ in range(100)]
    await insert_leads(leads)
    policy_id = place.market.policy_id
    await insert_applications([ApplicationRow(lead.id, place.vendor.id, policy_id, START) for lead in leads])

    async def cost(size: int) -> int:
        await list_leads(connection(), pending.owner, Slice(size))
        with recorded_statements() as statements:
            await list_leads(connection(), pending.owner, Slice(size))
        return len(statements)

    await pending.database.clock.set(DUE - TICK)
    assert [await cost(size) for size in (2, 100)] == [1, 1]
    await pending.database.clock.set(DUE)
    assert [await cost(size) for size in (2, 100)] == [2, 2]
    await fetch(connection(), "UPDATE application SET revealed_at = $1", DUE)
    assert [await cost(size) for size in (2, 100)] == [1, 1]


def _opened(lead: LeadView | None) -> bool:
    return lead is not None and (lead.contact is not None or lead.visibility.verdict is VISIBLE)


async def _by_id(pending: PendingApplication) -> bool:
    return _opened(
        (await leads_by_id(connection(), pending.owner, [pending.market.lead.id]))[pending.market.lead.id]
    )


async def _application(pending: PendingApplication) -> bool:
    found = await applications_by_id(connection(), pending.owner, [pending.application])
    one = found[pending.application]
    return one.status is ApplicationStatus.REVEALED or one.visibility.verdict is VISIBLE or _opened(one.lead)


async def _listed(pending: PendingApplication) -> bool:
    page = await list_leads(connection(), pending.owner, Slice(10))
    return any(map(_opened, page.items))


async def _visible(pending: PendingApplication) -> bool:
    page = await list_leads(connection(), pending.owner, Slice(10), criteria=LeadFilter(contact_visible=True))
    return bool(page.items)


async def _counted(pending: PendingApplication) -> bool:
    counted = await count_leads(connection(), pending.owner, LeadFilter(contact_visible=True))
    return counted.total > 0


async def _of_status(pending: PendingApplication) -> bool:
    criteria = ApplicationFilter(status=ApplicationStatus.REVEALED)
    page = await list_applications(connection(), pending.owner, Slice(10), criteria)
    counted = await count_applications(connection(), pending.owner, criteria)
    return bool(page.items) or counted.total > 0


async def _of_lead(pending: PendingApplication) -> bool:
    found = await applications_of_leads(connection(), pending.owner, [pending.market.lead.id], 5)
    return any(one.status is ApplicationStatus.REVEALED for one in found[pending.market.lead.id].items)


READERS = (_by_id, _application, _listed, _visible, _counted, _of_status, _of_lead)
ANSWER, READER, OTHER_READER, SWEEP, CLOCK = range(5)
TURNS = [*[ANSWER] * 9, *[READER] * 3, *[OTHER_READER] * 3, *[SWEEP] * 3, *[CLOCK] * 3]
STATEMENTS = 2  # of each turn


@given(
    readers=st.tuples(st.sampled_from(READERS), st.sampled_from(READERS)),
    early=st.sampled_from([TICK, 2 * TICK]),
    order=st.permutations(TURNS),
)
@settings(
    max_examples=60, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck)
)
def test_what_was_shown_is_never_declined_in_time(
    database: Database,
    loop: asyncio.AbstractEventLoop,
    readers: tuple[Callable[[PendingApplication], Awaitable[bool]], ...],
    early: timedelta,
    order: list[int],
) -> None:
    """In any order of the statements of a decline, two readers, a sweep and the clock."""
    loop.run_until_complete(_interleaved(database, readers, early, order))


async def _interleaved(
    database: Database,
    readers: tuple[Callable[[PendingApplication], Awaitable[bool]], ...],
    early: timedelta,
    order: list[int],
) -> None:
    await database.empty()
    await database.clock.set(START)
    market = await make_marketplace()
    pending = PendingApplication(database, market, await apply(market.vendor, market.lead), {})
    await database.clock.set(DUE - early)
    async with interleaving(database.url) as steps:
        calls = [
            await steps.start(decline(market.prospect.viewer, QUIET, pending.application)),
            *[await steps.start(reader(pending)) for reader in readers],  # type: ignore[arg-type]
            await steps.start(sweep(QUIET)),
        ]
        for who in order:
            if who == CLOCK:
                await database.clock.advance(TICK)
            for _ in range(STATEMENTS if who != CLOCK else 0):
                await steps.step(calls[who])
        ended = await steps.finish()
    assert not [one for one in ended if isinstance(one, BaseException)]
    shown = any(one is True for one in ended)
    lead = (await leads_by_id(connection(), pending.owner, [market.lead.id]))[market.lead.id]
    in_time = lead.visibility.rule_id == "declined_in_time"
    assert not (shown and in_time), "it was shown, and then declined in time"
    assert (lead.contact is None) == in_time
