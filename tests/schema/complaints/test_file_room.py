"""An account's files share a quota, and templates use little of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.functions import forget_nightly
from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.files.store import MOST_SHORT_LIVED, NewFile, store_upload
from models.files.tables import FileKind
from server import create_app
from tests.schema.complaints.delivered import TEMPLATE, Delivered, file_bytes
from tests.support.api import Api, Client
from tests.support.concurrency import at_once, codes
from tests.support.invariants import snapshot
from tests.support.mutation_calls import refusals
from tests.support.viewers import Kind

ROOM = 1_000_000
HEADER = "Delivery ID;Reason;Explanation;Notes\r\n"


def _upload(delivery: str, size: int, mark: str = "x") -> bytes:
    """Return a file with one claim, padded with notes to this size."""
    begin = f"{HEADER}{delivery};VOICEMAIL;It answers.;\r\n"
    lines = (size - len(begin)) // 1_002
    return (begin + f";;;{mark * 997}\r\n" * lines).encode()


def _narrow(delivered: Delivered) -> Client:
    """The owner, on a server with a small quota per account."""
    services = replace(
        delivered.api.services,
        settings=delivered.api.services.settings.model_copy(update={"stored_bytes_per_account": ROOM}),
    )
    api = Api(create_app(services.settings, services), services, delivered.api.clock)
    return Client(api.http, delivered.owner.token)


async def test_an_upload_that_does_not_fit_is_refused_by_its_field(delivered: Delivered) -> None:
    """Nothing is filed from it; an upload that fits is filed."""
    owner = _narrow(delivered)
    stored = (await file_bytes(owner, _upload(delivered.record, 700_000), "a.csv", "a")).data["complaintFile"]
    assert stored["userErrors"] == []
    before = await snapshot(connection())
    payload = (await file_bytes(owner, _upload(delivered.club, 400_000), "b.csv", "b")).data["complaintFile"]
    assert refusals(payload) == [("LIMIT_EXCEEDED", "file")]
    message = payload["userErrors"][0]["message"]
    assert message.startswith("file: not enough storage for 0.4 MB: your account's files use 0.7 of 1.0 MB.")
    assert await snapshot(connection()) == before
    again = (await file_bytes(owner, _upload(delivered.record, 700_000), "a.csv", "a")).data["complaintFile"]
    assert again["complaint"]["id"] == stored["complaint"]["id"], "the same bytes take no more room"
    small = (await file_bytes(owner, _upload(delivered.club, 100_000), "c.csv", "c")).data["complaintFile"]
    assert small["userErrors"] == []


async def test_a_template_that_does_not_fit_is_refused(delivered: Delivered) -> None:
    owner = _narrow(delivered)
    await file_bytes(owner, _upload(delivered.record, 999_000), "a.csv")
    before = await snapshot(connection())
    payload = (await owner.ask(TEMPLATE, input={})).data["complaintTemplateCreate"]
    assert (payload["file"], [code for code, _ in refusals(payload)]) == (None, ["LIMIT_EXCEEDED"])
    assert await snapshot(connection()) == before


FILES_OF_ACCOUNT = "SELECT pg_advisory_xact_lock(hashtextextended('stored_file:' || $1, 0))"


async def test_concurrent_uploads_cannot_exceed_the_quota_together(delivered: Delivered) -> None:
    """Each alone would fit; the remaining quota is checked for one after the other."""
    account_id = delivered.market.vendor.id

    async def store(mark: bytes) -> None:
        file = NewFile(account_id, FileKind.COMPLAINT_UPLOAD, "a.csv", "text/csv", mark * 400_000)
        async with transaction() as conn:
            await store_upload(conn, file, await database_now(conn), ROOM)

    calls = [store(bytes([mark])) for mark in range(65, 69)]
    outcomes = await at_once(delivered.database.url, FILES_OF_ACCOUNT, account_id.hex, calls)
    assert sorted(codes(outcomes)) == ["LIMIT_EXCEEDED", "LIMIT_EXCEEDED", "done", "done"]
    (row,) = await fetch(connection(), "SELECT sum(size) AS stored FROM stored_file")
    assert row["stored"] == 800_000


async def test_each_account_has_its_own_quota(delivered: Delivered) -> None:
    owner = _narrow(delivered)
    await file_bytes(owner, _upload(delivered.record, 999_000), "a.csv")
    other = Client(owner.http, delivered.clients[Kind.OTHER_VENDOR].token)
    payload = (await other.ask(TEMPLATE, input={})).data["complaintTemplateCreate"]
    assert payload["userErrors"] == []


async def test_a_new_template_replaces_the_oldest(delivered: Delivered) -> None:
    files = []
    for _ in range(MOST_SHORT_LIVED + 2):
        payload = (await delivered.owner.ask(TEMPLATE, input={"format": "CSV"})).data[
            "complaintTemplateCreate"
        ]
        files.append(payload["file"]["url"])
        await delivered.database.clock.advance(timedelta(seconds=1))
    (row,) = await fetch(connection(), "SELECT count(*) AS stored FROM stored_file")
    assert row["stored"] == MOST_SHORT_LIVED
    statuses = [(await delivered.api.http.get(url)).status_code for url in files]
    assert statuses == [404, 404, *[200] * MOST_SHORT_LIVED]


@pytest.mark.parametrize(("minutes", "left"), [(9, 1), (10, 0)])
async def test_a_template_whose_link_has_expired_is_removed_nightly(
    delivered: Delivered, minutes: int, left: int
) -> None:
    """Even if the account never creates another, because it contains contact data."""
    await delivered.owner.ask(TEMPLATE, input={})
    await delivered.database.clock.advance(timedelta(minutes=minutes))
    await forget_nightly({})
    assert len(await fetch(connection(), "SELECT id FROM stored_file")) == left
