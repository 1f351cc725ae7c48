"""Downloads are streamed in parts, a few at a time, and clients that do not read are disconnected."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

import schema.http.downloads
from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.files.list import FileHead, read_part
from models.files.store import NewFile, store_file
from models.files.tables import FileKind
from schema.files.links import file_url
from schema.http.downloads import MOST, MOST_OF_A_FILE, MOST_OF_AN_ACCOUNT, PART, Downloads
from tests.schema.complaints.delivered import Delivered
from tests.schema.http.wire import SECONDS
from tests.support.api import listening

CONTENT = bytes(range(256)) * 40_000  # 10 MB, more than systems buffer for a client that reads slowly


@dataclass
class Stored:
    """A file, the path of its link, and the server that serves it."""

    id: UUID
    path: str
    port: int

    async def reader(self, stack: AsyncExitStack) -> asyncio.StreamReader:
        """Begin a download without reading it."""
        plain = socket.create_connection(("127.0.0.1", self.port))
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        reader, writer = await asyncio.open_connection(sock=plain, limit=1_024)
        stack.callback(writer.close)
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        async with asyncio.timeout(SECONDS):
            await reader.readuntil(b"\r\n\r\n")
        return reader


async def store(
    delivered: Delivered, content: bytes = CONTENT, account: UUID | None = None
) -> tuple[UUID, str]:
    """Store a file of the vendor or another account; return its id and the path of a link to it."""
    account = account or delivered.vendor.vendor_id
    assert account is not None
    async with transaction() as conn:
        file = NewFile(
            account, FileKind.EMPLOYEE_EXPORT, "large.bin", "application/octet-stream", content, None
        )
        file_id = await store_file(conn, file, await database_now(conn))
    now = delivered.api.services.now()
    return file_id, str(file_url(delivered.api.services.authentication.issuer, file_id, now))


async def begun(http: httpx.AsyncClient, path: str) -> int:
    """Start a download, end it immediately, and return its status."""
    async with http.stream("GET", path) as answer:
        return answer.status_code


@pytest_asyncio.fixture(loop_scope="session")
async def stored(delivered: Delivered) -> AsyncIterator[Stored]:
    """A file on a real socket, with an unread limit of one minute."""
    file_id, path = await store(delivered)
    async with listening(delivered.api.app, unread_seconds=60) as port:
        yield Stored(file_id, path, port)


@pytest_asyncio.fixture(loop_scope="session")
async def impatient(delivered: Delivered) -> AsyncIterator[Stored]:
    """The same, with an unread limit of half a second."""
    file_id, path = await store(delivered)
    async with listening(delivered.api.app, unread_seconds=0.5) as port:
        yield Stored(file_id, path, port)


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART])
async def test_a_download_is_the_file(delivered: Delivered, size: int) -> None:
    """However it is split into parts; HEAD returns the same headers without the content."""
    _, path = await store(delivered, CONTENT[:size])
    answer = await delivered.api.http.get(path)
    assert answer.content == CONTENT[:size]
    assert answer.headers["content-length"] == str(size)
    head = await delivered.api.http.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(size))


async def test_concurrent_downloads_of_a_file_are_limited(stored: Stored) -> None:
    """The refusal says when to retry; a download that ends frees a slot."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{stored.port}", timeout=SECONDS) as http:
        async with AsyncExitStack() as stack:
            for _ in range(MOST_OF_A_FILE):
                await stored.reader(stack)
            refused = await http.get(stored.path)
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
            assert (await http.head(stored.path)).status_code == 200
        async with asyncio.timeout(SECONDS):
            while await begun(http, stored.path) == 429:  # noqa: ASYNC110 - nothing else tells it
                await asyncio.sleep(0.05)
        assert (await http.get(stored.path)).content == CONTENT


def test_concurrent_downloads_are_limited() -> None:
    """The next is refused with a retry time, and does not count against its file's limit."""
    downloads = Downloads()
    heads = [FileHead(uuid4(), uuid4(), "a", "text/plain", PART + 1) for _ in range(MOST + 1)]
    answers = [downloads.answer(head, operator=False) for head in heads]
    assert [answer.status_code for answer in answers] == [200] * MOST + [503]
    assert answers[-1].headers["retry-after"] == "10"
    downloads.free(heads[0], operator=False)
    assert [downloads.answer(heads[-1], operator=False).status_code for _ in range(2)] == [200, 503]


def test_one_account_cannot_use_all_downloads() -> None:
    """It can have six at the same time, not counting operators; a file that fits one part never waits."""
    downloads, account = Downloads(), uuid4()
    own = [FileHead(uuid4(), account, "a", "text/plain", PART + 1) for _ in range(MOST_OF_AN_ACCOUNT + 1)]
    found = [downloads.answer(head, operator=False).status_code for head in own]
    assert found == [200] * MOST_OF_AN_ACCOUNT + [429]
    assert downloads.answer(own[-1], operator=True).status_code == 200
    others = [FileHead(uuid4(), uuid4(), "a", "text/plain", PART + 1) for _ in range(MOST)]
    found = [downloads.answer(head, operator=False).status_code for head in others]
    assert found.count(200) == MOST - MOST_OF_AN_ACCOUNT - 1
    small = FileHead(uuid4(), uuid4(), "a", "text/plain", 123)
    assert downloads.answer(small, operator=False).status_code == 200
    downloads.free(own[0], operator=False)
    assert downloads.answer(own[-1], operator=False).status_code == 200


def test_a_vendor_cannot_keep_a_file_of_its_own_from_operators() -> None:
    downloads, file = Downloads(), FileHead(uuid4(), uuid4(), "a", "text/plain", PART + 1)
    found = [downloads.answer(file, operator=False).status_code for _ in range(MOST_OF_A_FILE + 1)]
    assert found == [200] * MOST_OF_A_FILE + [429]
    assert downloads.answer(file, operator=True).status_code == 200
    downloads.free(file, operator=False)
    assert downloads.answer(file, operator=False).status_code == 200


async def test_a_slow_reader_does_not_block_other_accounts_downloads(delivered: Delivered) -> None:
    """Five large files are requested four times each; another vendor requests a small and a large one."""
    files = [await store(delivered) for _ in range(5)]
    other = delivered.market.other_vendor.id
    small, large = [(await store(delivered, content, other))[1] for content in (CONTENT[:123], CONTENT)]
    async with (
        listening(delivered.api.app) as port,
        AsyncExitStack() as stack,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=SECONDS) as http,
    ):
        for file_id, path in files * MOST_OF_A_FILE:
            await Stored(file_id, path, port).reader(stack)
        assert [await begun(http, path) for path in (small, large)] == [200, 200]


async def test_a_client_that_does_not_read_gets_few_parts_and_is_cut_off(
    impatient: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then other clients have room, although they stay connected; most of the file is never read for them."""
    parts: list[int] = []
    read = read_part

    async def counted(*values: object, **named: bool) -> bytes:
        part = await read(*values, **named)  # type: ignore[arg-type]
        parts.append(len(part))
        return part

    monkeypatch.setattr(schema.http.downloads, "read_part", counted)
    async with (
        AsyncExitStack() as stack,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{impatient.port}", timeout=SECONDS) as http,
    ):
        for _ in range(MOST_OF_A_FILE):
            await impatient.reader(stack)
        async with asyncio.timeout(SECONDS):
            while await begun(http, impatient.path) == 429:  # noqa: ASYNC110 - nothing else tells it
                await asyncio.sleep(0.05)
        assert max(parts) == PART
        assert sum(parts) < MOST_OF_A_FILE * len(CONTENT)


async def test_the_download_of_a_deleted_file_ends_early(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client can tell from the length."""
    read = read_part

    async def forgetting(*values: object, **named: bool) -> bytes:
        part = await read(*values, **named)  # type: ignore[arg-type]
        await fetch(connection(), "DELETE FROM stored_file WHERE id = $1", stored.id)
        return part

    monkeypatch.setattr(schema.http.downloads, "read_part", forgetting)
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        with pytest.raises(httpx.RemoteProtocolError):
            await http.get(f"http://127.0.0.1:{stored.port}{stored.path}")
