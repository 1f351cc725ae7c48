"""Two concurrent uploads of the same bytes share one stored file, and neither deletes it from the other."""

from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.files.store import NewFile, forget_upload, store_upload
from models.files.tables import FileKind
from schema.graphql.ids import read_id
from tests.schema.complaints.delivered import Delivered, count, file_bytes
from tests.support.api import Answer
from tests.support.concurrency import holding

ROOM = 1_000_000
DELIVERY = "SELECT FROM delivery WHERE id = $1 FOR UPDATE"
# A complaint like the existing one, from another file.
ANOTHER_COMPLAINT = """INSERT INTO complaint SELECT (jsonb_populate_record(complaint, jsonb_build_object(
    'id', gen_random_uuid(), 'number', 'C-999999', 'file_id', $1::uuid))).* FROM complaint"""


def _upload(delivered: Delivered) -> NewFile:
    content = f"Delivery ID;Reason;Explanation\r\n{delivered.record};VOICEMAIL;It answers.\r\n".encode()
    return NewFile(delivered.market.vendor.id, FileKind.COMPLAINT_UPLOAD, "a.csv", "text/csv", content)


async def test_an_upload_whose_file_was_forgotten_by_another_is_filed(delivered: Delivered) -> None:
    """The other upload stored the same bytes first, filed nothing, and deleted them before this one filed."""
    file = _upload(delivered)
    async with transaction() as conn:
        stored, _ = await store_upload(conn, file, await database_now(conn), ROOM)
    delivery_id = read_id(delivered.record, "Delivery", "id")
    async with holding(delivered.database.url, DELIVERY, delivery_id) as meeting:
        await meeting.join(file_bytes(delivered.owner, file.content, "a.csv"))
        async with transaction() as conn:
            await forget_upload(conn, stored)
    (answer,) = await meeting.outcomes()
    assert isinstance(answer, Answer)
    payload = answer.data["complaintFile"]
    assert (payload["userErrors"], payload["rowErrors"]) == ([], [])
    assert payload["complaint"]["counts"]["total"] == 1
    (stored_file,) = await fetch(
        connection(), "SELECT id, content FROM stored_file WHERE kind = 'COMPLAINT_UPLOAD'"
    )
    assert (stored_file["content"], stored_file["id"] != stored) == (file.content, True)


async def test_a_file_that_another_upload_is_filing_is_not_forgotten(delivered: Delivered) -> None:
    """The upload that filed nothing waits for the other's commit, then keeps the file."""
    other = await file_bytes(delivered.owner, _upload(delivered).content + b"\r\n", "other.csv")
    assert other.data["complaintFile"]["userErrors"] == []
    async with transaction() as conn:
        stored, _ = await store_upload(conn, _upload(delivered), await database_now(conn), ROOM)

    async def forget() -> None:
        async with transaction() as conn:
            await forget_upload(conn, stored)

    async with holding(delivered.database.url, ANOTHER_COMPLAINT, stored) as meeting:
        await meeting.join(forget())
    assert await meeting.outcomes() == [None]
    assert len(await fetch(connection(), "SELECT FROM stored_file WHERE id = $1", stored)) == 1
    assert await count("complaint") == 2
