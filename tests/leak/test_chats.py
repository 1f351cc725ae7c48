"""Chats are masked in order with answers: open or closed together with the contact data, in one answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest_asyncio

from models.applications.answer import decline
from models.base.viewer import Viewer
from models.chat.send import send_message
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from schema.graphql.ids import write_id
from tests.support.api import Api, Client
from tests.support.concurrency import APPLICATION, BALANCE, freely, holding
from tests.support.database import Database
from tests.support.marketplace import (
    CONTACT_VALUES,
    EMAIL,
    FULL_NAME,
    HOUR,
    PHONE,
    SECOND,
    START,
    Marketplace,
    apply,
    make_lead,
    make_marketplace,
)
from tests.support.reading import rows_of
from tests.support.viewers import Kind, clients_of

QUIET = Silence()
DUE = START + 48 * HOUR
TICK = timedelta(microseconds=1)
CONTACTS = f"{FULL_NAME}\nPlease write to {EMAIL}\nor call {PHONE}"
BOTH = """query ($id: ID!) { node(id: $id) { ... on Application { visibility { outcome changesAt }
  lead { contact { fullName email phone } }
  messages { nodes { side text author decision { outcome changesAt } } } } } }"""


class _Chat:
    """An application with a message that carries contact data, due at DUE."""

    def __init__(self, database: Database, market: Marketplace, application: UUID, owner: Client) -> None:
        self.database, self.market, self.application, self.owner = database, market, application, owner

    @property
    def prospect(self) -> Viewer:
        return self.market.prospect.viewer

    async def open(self) -> bool:
        """Return whether the chat is open; contact data, name and text must agree in the answer."""
        answer = await self.owner.ask(BOTH, id=write_id("Application", self.application))
        found = answer.data["node"]
        lines = found["messages"]["nodes"]
        message = [line for line in lines if line["side"] != "SYSTEM"][1]
        told = [line for line in lines if line["side"] == "SYSTEM"]
        assert told
        assert {line["decision"]["outcome"] for line in told} == {"SHOW"}
        assert not any(value in str(told) for value in CONTACT_VALUES), "also while it is open"
        contact = found["lead"]["contact"]
        says = [contact is not None, message["text"] == CONTACTS, message["author"] == FULL_NAME]
        says += [message["decision"]["outcome"] == "SHOW", found["visibility"]["outcome"] == "VISIBLE"]
        assert len(set(says)) == 1, says
        if not says[0]:
            assert not any(value in str(answer.body) for value in CONTACT_VALUES)
            assert message["decision"]["changesAt"] == found["visibility"]["changesAt"]
        return bool(says[0])


@pytest_asyncio.fixture(loop_scope="session")
async def chat(database: Database, api: Api) -> _Chat:
    """The application was received at START."""
    await database.clock.set(START)
    market = await make_marketplace()
    application = await apply(market.vendor, market.lead)
    await send_message(market.prospect.viewer, QUIET, application, CONTACTS, "contacts")
    return _Chat(database, market, application, (await clients_of(api, market))[Kind.OWNER])


@asynccontextmanager
async def _declining(chat: _Chat) -> AsyncIterator[None]:
    """A decline in time that cannot commit while the clock passes the deadline."""
    await chat.database.clock.set(DUE - SECOND)
    async with holding(chat.database.url, BALANCE, chat.market.vendor.id) as meeting:
        await meeting.join(decline(chat.prospect, QUIET, chat.application))
        await chat.database.clock.set(DUE + SECOND)
        yield
    assert await meeting.outcomes() == [None]


async def test_a_chat_opens_with_the_contact_data_at_the_very_instant(chat: _Chat) -> None:
    await chat.database.clock.set(DUE - TICK)
    assert not await chat.open()
    await chat.database.clock.set(DUE)
    assert await chat.open()
    await sweep(QUIET)
    assert await chat.open(), "the worker changes nothing"


async def test_a_chat_stays_masked_while_a_decline_in_time_is_under_way(chat: _Chat) -> None:
    async with _declining(chat):
        assert not await chat.open()
    assert not await chat.open()


async def test_a_message_under_way_keeps_nobody_from_what_is_revealed(chat: _Chat) -> None:
    """Its lock is not that of an answer."""
    await chat.database.clock.set(DUE)
    lock = "SELECT FROM application WHERE id = $1 FOR NO KEY UPDATE"
    async with holding(chat.database.url, lock, chat.application) as meeting:
        await meeting.join(send_message(chat.market.vendor.owner, QUIET, chat.application, "Hello", "hello"))
        assert await chat.open()
    (sent,) = await meeting.outcomes()
    assert isinstance(sent, UUID)


async def test_a_message_comes_before_or_after_a_decline(chat: _Chat) -> None:
    """Whoever is first at the lock: the message is refused after it, and read by both if before it."""
    async with holding(chat.database.url, APPLICATION, chat.application) as meeting:
        await meeting.join(decline(chat.prospect, QUIET, chat.application))
        await meeting.join(
            send_message(chat.market.vendor.owner, QUIET, chat.application, "Too late", "late")
        )
    declined, refused = await meeting.outcomes()
    assert declined is None
    assert getattr(refused, "code", None) == "REFUSED_BY_RULE"
    assert len(await rows_of("chat_message", application_id=chat.application)) == 1


async def test_readers_never_see_one_open_and_the_other_closed(chat: _Chat) -> None:
    """Declines, acceptances and messages run freely, around the deadline, while the vendor reads."""
    for offset in (-SECOND, timedelta()):
        await chat.database.clock.set(START)
        lead = await make_lead(chat.market.market, chat.market.prospect, verbatim=True)
        chat.application = await apply(chat.market.vendor, lead)
        await send_message(chat.prospect, QUIET, chat.application, CONTACTS, f"contacts {offset}")
        await chat.database.clock.set(DUE + offset)
        opened: list[bool] = []

        async def read(opened: list[bool] = opened) -> None:
            opened.extend([await chat.open() for _ in range(6)])

        await freely(
            decline(chat.prospect, QUIET, chat.application),
            send_message(chat.market.vendor.owner, QUIET, chat.application, "Hello", f"hello {offset}"),
            read(),
            read(),
        )
        if offset < timedelta():
            assert not any(opened)
        else:
            assert await chat.open()
