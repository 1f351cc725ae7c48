"""Only viewers entitled to every contact in a file can download it, and nobody else once a contact is closed.

Every existing file is requested as every viewer, by new and old links.
"""

import csv
import io
import zipfile
from typing import Any

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.complaints.upload import Upload, file_upload
from models.files.list import read_part
from tests.leak.planting import QUIET, entitled
from tests.leak.search import Search

LINKS = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on File { id url } } }"
Links = list[tuple[str, str]]  # the viewer who received it, and the link


@pytest_asyncio.fixture(loop_scope="session")
async def filled(search: Search) -> Search:
    """The marketplace, after the vendor has uploaded its template with one row filled in."""
    (row,) = await fetch(connection(), "SELECT id FROM stored_file WHERE kind = 'COMPLAINT_TEMPLATE'")
    template = await read_part(connection(), row["id"], 0, 10**6, operator=False)
    rows = list(csv.reader(io.StringIO(template.decode("utf-8-sig"))))
    rows[1][-2:] = ["1", "Nobody has this number."]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    upload = Upload("filled.csv", io.BytesIO(text.getvalue().encode()))
    vendor = search.made.vendor.owner
    filed = await file_upload(vendor, QUIET, (), upload, "filled", most_stored=10**9)
    assert filed.complaint_id is not None
    return search


async def _links(search: Search) -> Links:
    found = []
    ids = (await search.ids())["File"]
    for name, viewer in search.made.viewers.items():
        token = await search.token(viewer)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await search.api.http.post(
            "/graphql", json={"query": LINKS, "variables": {"ids": ids}}, headers=headers
        )
        nodes: list[Any] = answer.json()["data"]["nodes"] or []
        found += [(name, node["url"]) for node in nodes if node is not None]
    return found


async def _download(search: Search, links: Links) -> None:
    for name, link in links:
        answer = await search.api.http.get(link)
        allowed = await entitled(search.made, search.made.viewers[name])
        search.judge(name, link.partition("?")[0], _text(answer.content), allowed)


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


async def test_files_reach_the_entitled_and_nobody_else(filled: Search) -> None:
    """The vendor's owner and member get the template and the upload; operators get the upload."""
    await _download(filled, await _links(filled))
    assert filled.leaks == set()
    held = list(filled.made.leads).index("record")
    readers = {name for name, seen in filled.reached.items() if held in {number for number, _ in seen}}
    assert readers == {"owner", "member", "operator"}


@pytest.mark.parametrize(
    "closing",
    [
        "UPDATE delivery SET closed = 'NO_CONSENT' WHERE lead_id = $1",
        """UPDATE prospect SET erased_at = leadgate_clock()
           WHERE id = (SELECT prospect_id FROM lead WHERE id = $1)""",
    ],
    ids=["no consent", "erased"],
)
@pytest.mark.parametrize("state", ["record", "revealed"])
async def test_files_with_a_closed_contact_are_closed(filled: Search, state: str, closing: str) -> None:
    """By old and new links, whether or not the contact's row was filled in."""
    before = await _links(filled)
    await _download(filled, before)
    number = list(filled.made.leads).index(state)
    assert number in {one for one, _ in filled.reached["owner"]}, "its contact data stands in a file"
    await fetch(connection(), closing, filled.made.leads[state].id)
    await _download(filled, [*before, *await _links(filled)])
    assert filled.leaks == set()
