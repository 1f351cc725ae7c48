"""File links are signed, valid for one file and ten minutes; templates are deleted when it expires."""

from datetime import timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.public_id import row_id_of
from schema.graphql.ids import write_id
from tests.schema.complaints.delivered import TEMPLATE, Delivered, decide, file_bytes, file_items, item, sheet
from tests.support.viewers import Kind

NODE = "query ($id: ID!) { node(id: $id) { id ... on File { url name } } }"


async def _template(delivered: Delivered, **given: str) -> dict[str, str]:
    payload = (await delivered.owner.ask(TEMPLATE, input=given)).data["complaintTemplateCreate"]
    file: dict[str, str] = payload["file"]
    return file


async def test_a_download_is_an_uncached_attachment(delivered: Delivered) -> None:
    file = await _template(delivered)
    response = await delivered.api.http.get(file["url"])
    headers = response.headers
    assert response.status_code == 200
    assert headers["content-type"] == file["mediaType"]
    assert headers["content-disposition"].startswith(f'attachment; filename="{file["name"]}"')
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


async def test_a_link_is_valid_for_ten_minutes_by_the_servers_clock(delivered: Delivered) -> None:
    payload = await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")])
    url = payload["complaint"]["answerFile"]["url"]
    delivered.api.clock.offset = timedelta(minutes=9, seconds=50)
    assert (await delivered.api.http.get(url)).status_code == 200
    delivered.api.clock.offset = timedelta(minutes=10, seconds=1)
    assert (await delivered.api.http.get(url)).status_code == 410


async def test_a_modified_link_is_not_found(delivered: Delivered) -> None:
    """Another file, a longer lifetime, no signature, or one of another kind: all return the same 404."""
    first, second = await _template(delivered), await _template(delivered, format="CSV")
    path, query = urlsplit(first["url"]).path, parse_qs(urlsplit(first["url"]).query)
    expires, signature = query["expires"][0], query["signature"][0]
    wrong = [
        f"{urlsplit(second['url']).path}?expires={expires}&signature={signature}",
        f"{path}?expires={int(expires) + 1}&signature={signature}",
        f"{path}?expires=0{expires}&signature={signature}",
        f"{path}?expires={expires}&signature={signature[:-1]}",
        f"{path}?expires={expires}&signature=ä",
        f"{path}?expires={expires}",
        f"{path}?expires={expires}&reader=operator&signature={signature}",
        f"{path}?expires={expires}&reader=somebody&signature={signature}",
        path,
        "/files/nothing",
        f"/files/{'0' * 32}?expires={expires}&signature={signature}",
    ]
    answers = [await delivered.api.http.get(url) for url in wrong]
    assert [answer.status_code for answer in answers] == [404] * len(wrong)
    assert len({answer.text for answer in answers}) == 1


async def test_a_template_expires_with_its_link_and_operators_get_no_link(delivered: Delivered) -> None:
    """A template contains contact data, which may be closed later."""
    file = await _template(delivered)
    for name, client in delivered.clients.items():
        if name != "anonymous":
            found = (await client.ask(NODE, id=file["id"])).data["node"]
            assert (found is not None) == (name in {Kind.OWNER, Kind.MEMBER}), name
    await delivered.database.clock.advance(timedelta(minutes=10))
    assert (await delivered.owner.ask(NODE, id=file["id"])).data["node"] is None
    assert (await delivered.api.http.get(file["url"])).status_code == 404
    await _template(delivered)
    rows = await fetch(connection(), "SELECT id FROM stored_file")
    assert len(rows) == 1, "the next one removes it"


async def test_a_template_has_what_is_visible_and_can_be_filed(delivered: Delivered) -> None:
    """It excludes deliveries with a complaint and those past their window."""
    await file_items(delivered.owner, [item(delivered.club)])
    rows = sheet((await delivered.api.http.get((await _template(delivered))["url"])).content)
    assert {row[0] for row in rows[1:]} == {delivered.record, delivered.second_club}
    await delivered.database.clock.advance(timedelta(days=32))
    rows = sheet((await delivered.api.http.get((await _template(delivered))["url"])).content)
    assert rows[1:] == []


async def test_an_operators_access_to_an_upload_is_logged(delivered: Delivered) -> None:
    """An upload can contain the contact data of its leads."""
    content = (
        f"Delivery ID;Reason;Explanation\r\n{delivered.record};WRONG_ADDRESS;Nobody lives there.\r\n"
    ).encode()
    payload = (await file_bytes(delivered.owner, content, "filled.csv")).data["complaintFile"]
    assert payload["rowErrors"] == payload["userErrors"] == []
    rows = await fetch(connection(), "SELECT file_id FROM complaint")
    file = write_id("File", rows[0]["file_id"])
    for name, looks in ((Kind.OWNER, 0), (Kind.OPERATOR, 1)):
        assert (await delivered.clients[name].ask(NODE, id=file)).data["node"]["url"].startswith("/files/")
        assert len(await fetch(connection(), "SELECT id FROM contact_access")) == looks


async def test_an_upload_is_withheld_once_its_contact_is_closed(delivered: Delivered) -> None:
    """Older links return it neither; the operator still gets it, and the access is logged."""
    content = (
        f"Delivery ID;Reason;Explanation\r\n{delivered.club};NO_CONSENT;Anna, +49 30 1234: never agreed.\r\n"
    ).encode()
    complaint = (await file_bytes(delivered.owner, content, "filled.csv")).data["complaintFile"]["complaint"]
    rows = await fetch(connection(), "SELECT file_id FROM complaint")
    file = write_id("File", rows[0]["file_id"])
    before = (await delivered.owner.ask(NODE, id=file)).data["node"]["url"]
    assert (await delivered.api.http.get(before)).content == content
    (one,) = complaint["items"]["nodes"]
    decided = await decide(
        delivered.operator, {"itemId": one["id"], "verdict": "ACCEPTED", "comment": "Upheld."}
    )
    assert decided["userErrors"] == []
    after = (await delivered.owner.ask(NODE, id=file)).data["node"]["url"]
    for url in (before, after):
        answer = await delivered.api.http.get(url)
        assert (answer.status_code, "closed to your account" in answer.text) == (410, True)
    operators = (await delivered.operator.ask(NODE, id=file)).data["node"]["url"]
    assert (await delivered.api.http.get(operators)).content == content
    assert len(await fetch(connection(), "SELECT id FROM contact_access")) == 1


async def test_an_upload_stays_available_while_its_contacts_are_open(delivered: Delivered) -> None:
    """Another contact of the vendor was closed, one that is not in the file."""
    content = f"Delivery ID;Reason;Explanation\r\n{delivered.record};WRONG_ADDRESS;Empty.\r\n".encode()
    await file_bytes(delivered.owner, content, "filled.csv")
    closed = (await file_items(delivered.owner, [item(delivered.club, "NO_CONSENT")], "another"))["complaint"]
    (one,) = closed["items"]["nodes"]
    await decide(delivered.operator, {"itemId": one["id"], "verdict": "ACCEPTED", "comment": "Upheld."})
    rows = await fetch(connection(), "SELECT file_id FROM complaint WHERE file_id IS NOT NULL")
    url = (await delivered.owner.ask(NODE, id=write_id("File", rows[0]["file_id"]))).data["node"]["url"]
    assert (await delivered.api.http.get(url)).status_code == 200


ERASE = """UPDATE prospect SET erased_at = leadgate_clock() WHERE id IN (
    SELECT prospect_id FROM lead JOIN delivery ON delivery.lead_id = lead.id WHERE delivery.id = $1)"""
TWO_ROWS = "Delivery ID;Reason;Explanation\r\n{};WRONG_ADDRESS;Nobody lives there.\r\n{};;\r\n"


def _id(delivery: str) -> UUID:
    found = row_id_of(delivery, "Delivery")
    assert found is not None
    return found


async def _close(delivered: Delivered, delivery: str, how: str) -> None:
    """Close a contact by an upheld "no consent" complaint, or by erasing the person."""
    if how == "erased":
        await fetch(connection(), ERASE, _id(delivery))
        return
    payload = await file_items(delivered.owner, [item(delivery, "NO_CONSENT")], f"closes {delivery}")
    (one,) = payload["complaint"]["items"]["nodes"]
    decided = await decide(
        delivered.operator, {"itemId": one["id"], "verdict": "ACCEPTED", "comment": "Upheld."}
    )
    assert decided["userErrors"] == []


async def _file_of_complaint(delivered: Delivered) -> str:
    (row,) = await fetch(connection(), "SELECT file_id FROM complaint WHERE file_id IS NOT NULL")
    return write_id("File", row["file_id"])


async def _answers(delivered: Delivered, *urls: str) -> list[tuple[int, bool]]:
    """Return the status of each download, and whether it reports a closed contact or an erased person."""
    answers = [await delivered.api.http.get(url) for url in urls]
    return [
        (answer.status_code, "closed to your account" in answer.text or "was erased" in answer.text)
        for answer in answers
    ]


@pytest.mark.parametrize("how", ["no consent", "erased"])
async def test_a_template_is_withheld_once_a_contact_in_it_is_closed(delivered: Delivered, how: str) -> None:
    """Older links do not return it either; a new template does not contain the contact."""
    file = await _template(delivered, format="CSV")
    before = await delivered.api.http.get(file["url"])
    assert delivered.club in before.text
    await _close(delivered, delivered.club, how)
    again = (await delivered.owner.ask(NODE, id=file["id"])).data["node"]["url"]
    assert await _answers(delivered, file["url"], again) == [(410, True), (410, True)]
    anew = await delivered.api.http.get((await _template(delivered, format="CSV"))["url"])
    assert (anew.status_code, delivered.record in anew.text, delivered.club in anew.text) == (
        200,
        True,
        False,
    )


@pytest.mark.parametrize("how", ["no consent", "erased"])
async def test_an_upload_is_withheld_for_a_row_without_a_claim_too(delivered: Delivered, how: str) -> None:
    """It contains all contacts of the template; operators still get it, except for an erased person."""
    content = TWO_ROWS.format(delivered.record, delivered.club).encode()
    await file_bytes(delivered.owner, content, "filled.csv")
    file = await _file_of_complaint(delivered)
    before = (await delivered.owner.ask(NODE, id=file)).data["node"]["url"]
    operators = (await delivered.operator.ask(NODE, id=file)).data["node"]["url"]
    assert await _answers(delivered, before, operators) == [(200, False)] * 2
    await _close(delivered, delivered.club, how)
    expected = (200, False) if how == "no consent" else (410, True)
    assert await _answers(delivered, before, operators) == [(410, True), expected]


async def test_an_answer_file_is_withheld_for_a_contact_closed_after_it(delivered: Delivered) -> None:
    """A contact that the answer reports as closed does not withhold it, since the vendor must get it."""
    answers = [
        (await file_items(delivered.owner, [item(delivery, "VOICEMAIL")], delivery))["complaint"][
            "answerFile"
        ]
        for delivery in (delivered.club, delivered.record)
    ]
    await _close(delivered, delivered.club, "no consent")
    assert await _answers(delivered, *(answer["url"] for answer in answers)) == [(410, True), (200, False)]
    (row,) = await fetch(
        connection(),
        """SELECT answer_file_id FROM complaint JOIN complaint_item ON complaint_id = complaint.id
           WHERE reason = 'NO_CONSENT'""",
    )
    url = (await delivered.owner.ask(NODE, id=write_id("File", row["answer_file_id"]))).data["node"]["url"]
    assert await _answers(delivered, url) == [(200, False)]


async def test_an_operators_access_to_an_upload_logs_every_contact_in_it(delivered: Delivered) -> None:
    """Whether or not the row has a claim; unknown ids and other accounts' deliveries are not logged."""
    content = (
        TWO_ROWS.format(delivered.record, delivered.club)
        + "nonsense;;\r\n"
        + f"{write_id('Delivery', UUID(int=7))};;\r\n"
    )
    await file_bytes(delivered.owner, content.encode(), "filled.csv")
    await delivered.operator.ask(NODE, id=await _file_of_complaint(delivered))
    logged = await fetch(connection(), "SELECT lead_id FROM contact_access")
    seen = await fetch(
        connection(),
        "SELECT lead_id FROM delivery WHERE id = ANY($1::uuid[])",
        [_id(delivered.record), _id(delivered.club)],
    )
    assert sorted(row["lead_id"] for row in logged) == sorted(row["lead_id"] for row in seen)


async def test_the_migration_links_old_uploads_to_their_deliveries(delivered: Delivered) -> None:
    """Older templates are removed, because the contacts in them are unknown."""
    content = TWO_ROWS.format(delivered.club, delivered.record).replace("WRONG_ADDRESS", "VOICEMAIL").encode()
    await file_bytes(delivered.owner, content, "filled.csv")
    await _template(delivered)
    await fetch(connection(), "UPDATE stored_file SET delivery_ids = '{}'")
    migration = import_module("migrations.0009_files").Migration
    for statement in migration.operations[-1].sql:
        await fetch(connection(), statement)
    rows = await fetch(connection(), "SELECT kind, delivery_ids FROM stored_file")
    assert {row["kind"]: row["delivery_ids"] for row in rows} == {
        "COMPLAINT_UPLOAD": [_id(delivered.club)],
        "ADDED_BY_ADMINISTRATOR": [_id(delivered.club)],
    }


async def test_the_name_of_a_download_cannot_be_read_backwards(delivered: Delivered) -> None:
    """This includes a name that was stored before names were checked."""
    content = f"Delivery ID;Reason;Explanation\r\n{delivered.record};VOICEMAIL;It answers.\r\n".encode()
    await file_bytes(delivered.owner, content, "vsc\u202etxt.csv")
    (stored,) = await fetch(connection(), "SELECT id, name FROM stored_file WHERE kind = 'COMPLAINT_UPLOAD'")
    assert stored["name"] == "vsc_txt.csv"
    await fetch(
        connection(), "UPDATE stored_file SET name = $2 WHERE id = $1", stored["id"], "a\u202e\u2066b.csv"
    )
    url = (await delivered.owner.ask(NODE, id=write_id("File", stored["id"]))).data["node"]["url"]
    disposition = (await delivered.api.http.get(url)).headers["content-disposition"]
    assert disposition == "attachment; filename=\"a__b.csv\"; filename*=UTF-8''a__b.csv"
