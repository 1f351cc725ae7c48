"""What readers would have to search again is stored each night, together with what continues it (S1.8)."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from asyncpg import Record

from jobs.functions import search_nightly
from models.applications.list import applications_by_id
from models.base.database import Connection, connection, fetch
from models.chat import search_again, store_searches
from models.contact_data.masking import MaskedSpan
from models.contact_data.stored_spans import SEARCH, read_spans
from tests.models.chat.reading import messages
from tests.models.chat.writing import send
from tests.support.concurrency import APPLICATION, holding
from tests.support.database import Database
from tests.support.marketplace import FULL_NAME, Marketplace, apply, make_lead
from tests.support.reading import rows_of

EARLIER = (None, '{"search": 0, "spans": []}')


async def _forget(stored: str | None) -> None:
    await fetch(connection(), "UPDATE chat_message SET spans = $1::jsonb", stored)
    await fetch(connection(), "UPDATE application SET introduction_spans = $1::jsonb", stored)


async def _stored() -> dict[UUID, list[MaskedSpan] | None]:
    return {
        row["id"]: read_spans(row[column])
        for table, column in (("application", "introduction_spans"), ("chat_message", "spans"))
        for row in await rows_of(table)
    }


@pytest.mark.parametrize("stored", EARLIER)
async def test_what_a_reader_would_search_is_stored(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    """Of several chats, in batches; afterwards nothing is left to search, and all is shown as before."""
    second = await make_lead(place.market, place.prospect)
    for lead in (place.lead, second):
        made = await apply(place.vendor, lead, introduction="We are at 0151 23")
        await send(place.vendor.owner, made, "45 67 89")
        await send(place.prospect.viewer, made, "0170 123")
        await send(place.prospect.viewer, made, f"45 678, {FULL_NAME}")
    before = await _stored()
    await _forget(stored)
    monkeypatch.setattr(store_searches, "_BATCH", 3)
    assert await search_nightly({}) == len(before) == 8
    assert await _stored() == before
    assert await search_nightly({}) == 0
    shown = [one.text for one in await messages(place.prospect.viewer, made)]
    assert shown[:2] == ["We are at [phone]", "[phone]"]


async def test_a_night_has_a_limit_and_a_newer_search_is_left_alone(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    for text in ("Hello", "Call 0170 1234567"):
        await send(place.vendor.owner, made, text)
    newer = f'{{"search": {SEARCH + 1}, "spans": []}}'
    await _forget(newer)
    assert await store_searches.store_searches() == 0
    await _forget(None)
    assert [await store_searches.store_searches(2), await store_searches.store_searches(2)] == [2, 1]


@pytest.mark.parametrize("stored", EARLIER)
async def test_what_is_written_meanwhile_is_not_overlooked(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    """A message that continues one of the batch is sent between the search and the lock."""
    made = await apply(place.vendor, place.lead)
    first = await send(place.prospect.viewer, made, "0151 23")
    await _forget(stored)
    writing = ["45 67 89"]

    async def overtaken(conn: Connection, lines: Sequence[Record]) -> Mapping[UUID, Sequence[MaskedSpan]]:
        found = await search_again.search_again(conn, lines)
        if writing:
            await send(place.prospect.viewer, made, writing.pop())
        return found

    monkeypatch.setattr(store_searches, "search_again", overtaken)
    assert await store_searches.store_searches() == 0
    assert (await _stored())[first] is None
    assert await store_searches.store_searches() == 2
    assert (await _stored())[first] != []
    shown = [one.text for one in await messages(place.vendor.owner, made)]
    assert shown[1:] == ["[phone]", "[phone]"]


async def test_a_locked_application_is_left_for_later_and_delays_no_other(
    place: Marketplace, database: Database
) -> None:
    """Whoever waited for it while holding others would delay declines of those, which may be due."""
    second = await make_lead(place.market, place.prospect)
    made = sorted([await apply(place.vendor, lead) for lead in (place.lead, second)])
    await _forget(None)
    async with holding(database.url, APPLICATION, made[1]), asyncio.timeout(30):
        assert await store_searches.store_searches() == 1
    assert {one for one, spans in (await _stored()).items() if spans is None} == {made[1]}
    assert await store_searches.store_searches() == 1


@pytest.mark.parametrize("stored", EARLIER)
async def test_an_introduction_without_a_current_search_is_searched_with_what_continues_it(
    place: Marketplace, stored: str | None
) -> None:
    """Where an application is shown as in its chat, whether or not the night has come."""
    made = await apply(place.vendor, place.lead, introduction="We are at 0151 23")
    await send(place.prospect.viewer, made, "Pardon?")
    await send(place.vendor.owner, made, "45 67 89")
    await _forget(stored)
    prospect = place.prospect.viewer
    for _ in range(2):
        application = (await applications_by_id(connection(), prospect, [made]))[made]
        assert application.introduction == "We are at [phone]"
        assert (await messages(prospect, made))[0].text == application.introduction
        await search_nightly({})
