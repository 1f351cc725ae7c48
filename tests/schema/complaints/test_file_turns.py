"""Workbooks are read two at a time, one per account; further uploads are refused immediately."""

import asyncio
from pathlib import Path

import pytest

from models.base.database import connection
from models.tabular import sheet_reading
from tests.models.complaints.file.books import HEADINGS, workbook
from tests.models.complaints.file.slow_sheets import SlowSheets
from tests.schema.complaints.delivered import TEMPLATE, Delivered, file_bytes, file_items, item
from tests.support.api import Answer, Client
from tests.support.invariants import snapshot
from tests.support.marketplace import make_vendor
from tests.support.mutation_calls import refusals
from tests.support.viewers import Kind

CONTENT = workbook([HEADINGS, ("RG1", "1", "x")])
PATIENCE = 60.0


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowSheets:
    """A reader that waits until it is released."""
    sheets = SlowSheets(tmp_path)
    monkeypatch.setattr(sheet_reading, "PROGRAM", sheets.program)
    return sheets


def _upload(client: Client, key: str = "filed") -> asyncio.Task[Answer]:
    return asyncio.create_task(file_bytes(client, CONTENT, "a.xlsx", key))


async def test_a_second_concurrent_upload_of_an_account_is_refused_immediately(
    delivered: Delivered, slow: SlowSheets
) -> None:
    """For other members as well; it can be retried when the first upload has completed."""
    first = _upload(delivered.owner)
    await slow.wait_until_begun(1)
    before = await snapshot(connection())
    for name in (Kind.OWNER, Kind.MEMBER):
        async with asyncio.timeout(PATIENCE):
            payload = (await _upload(delivered.clients[name], "another")).data["complaintFile"]
        assert refusals(payload) == [("LIMIT_EXCEEDED", "file")]
        assert "Wait until it is finished, then retry" in payload["userErrors"][0]["message"]
    assert await snapshot(connection()) == before
    assert len(slow.begun()) == 1
    slow.go_on()
    assert refusals((await first).data["complaintFile"]) == [("INVALID", "file")]
    assert refusals((await _upload(delivered.owner)).data["complaintFile"]) == [("INVALID", "file")]


async def test_a_third_concurrent_upload_is_refused_immediately(
    delivered: Delivered, slow: SlowSheets
) -> None:
    third = await delivered.api.client((await make_vendor(0, name="Third Fake Ltd")).owner.user_id)
    running = [_upload(delivered.owner), _upload(delivered.clients[Kind.OTHER_VENDOR])]
    await slow.wait_until_begun(2)
    async with asyncio.timeout(PATIENCE):
        payload = (await _upload(third)).data["complaintFile"]
    assert refusals(payload) == [("LIMIT_EXCEEDED", "file")]
    assert "Retry in a few seconds" in payload["userErrors"][0]["message"]
    slow.go_on()
    await asyncio.gather(*running)
    assert refusals((await _upload(third)).data["complaintFile"]) == [("INVALID", "file")]


async def test_templates_and_answer_files_do_not_wait_for_uploads(
    delivered: Delivered, slow: SlowSheets
) -> None:
    """For any number of uploads: those being read wait forever in this test."""
    uploads = [
        _upload(client, str(at))
        for at in range(8)
        for client in (delivered.owner, delivered.clients[Kind.OTHER_VENDOR])
    ]
    await slow.wait_until_begun(2)
    async with asyncio.timeout(PATIENCE):
        made = (await delivered.owner.ask(TEMPLATE, input={"format": "XLSX"})).data["complaintTemplateCreate"]
        assert made["userErrors"] == []
        assert (await delivered.api.http.get(made["file"]["url"])).status_code == 200
        payload = await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")], "items")
        assert payload["complaint"]["answerFile"] is not None
    slow.go_on()
    await asyncio.gather(*uploads)


async def test_a_cancelled_request_leaves_no_process_and_returns_its_turn(
    delivered: Delivered, slow: SlowSheets
) -> None:
    upload = _upload(delivered.owner)
    await slow.wait_until_begun(1)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    async with asyncio.timeout(PATIENCE):
        while slow.left():  # noqa: ASYNC110 - other processes
            await asyncio.sleep(0.01)
    slow.go_on()
    assert refusals((await _upload(delivered.owner)).data["complaintFile"]) == [("INVALID", "file")]
