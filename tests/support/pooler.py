"""A pooler in transaction mode: clients share a few connections to PostgreSQL and get another one after each
transaction.

It is harsher than a real one: a client never gets the same connection twice in a row, and after each
transaction it looks for what the transaction left behind in the session.
"""

import asyncio
import contextlib
import secrets
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from models.base.database import pool
from models.base.postgres import PostgresClient
from settings import tortoise_config
from tests.support.services import reachable_folder

SERVERS = 2
PORT = 5432  # part of the socket's name only
# What PostgreSQL reports to clients; the pooler passes on nothing else.
REPORTED = {"user", "database", "client_encoding", "application_name", "timezone", "datestyle"}

_PROTOCOL, _NO_TLS, _TLS, _CANCEL = 196_608, b"N", 80_877_103, 80_877_102
_LEFT_BEHIND = """
    SELECT 'setting ' || name FROM pg_settings WHERE source = 'session' AND setting <> reset_val
    UNION ALL SELECT 'lock ' || objid FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'
    UNION ALL SELECT 'channel ' || name FROM pg_listening_channels() AS name
    UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE is_holdable
    UNION ALL SELECT 'statement ' || name FROM pg_prepared_statements
    UNION ALL SELECT 'table ' || relname FROM pg_class
        WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'"""


@dataclass(slots=True)
class Server:
    """One connection to PostgreSQL."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    reports: bytes  # its settings, as it reported them when connecting

    async def message(self) -> tuple[bytes, bytes]:
        """Return the kind of the next message, and the whole of it."""
        head = await self.reader.readexactly(5)
        return head[:1], head + await self.reader.readexactly(struct.unpack("!I", head[1:])[0] - 4)

    async def left_behind(self) -> list[str]:
        """Return what is left in the session now that no transaction is open, and remove it."""
        self.writer.write(message(b"Q", _LEFT_BEHIND.encode() + b"\0"))
        found = []
        while (got := await self.message())[0] != b"Z":
            assert got[0] != b"E", got[1]
            if got[0] == b"D":
                found.append(got[1][11:].decode())
        if found:
            self.writer.write(message(b"Q", b"DISCARD ALL\0"))
            while (await self.message())[0] != b"Z":
                pass
        return found


@dataclass(slots=True)
class Pooler:
    """See this module; `url` is for its clients."""

    folder: Path
    database_url: str
    ignores: bool = False  # settings of sessions that it does not pass on; otherwise it refuses them
    transactions: int = 0
    left_behind: list[str] = field(default_factory=list)
    swaps: int = 0
    _free: deque[Server] = field(default_factory=deque)
    _turn: asyncio.Condition = field(default_factory=asyncio.Condition)
    _clients: dict["asyncio.Task[None]", asyncio.StreamWriter] = field(default_factory=dict)
    _reports: bytes = b""

    @property
    def url(self) -> str:
        """The address of the pooler, without prepared statements, which it does not know."""
        parts = urlsplit(self.database_url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}?host={self.folder}&statement_cache_size=0"

    async def start(self) -> None:
        """Connect to PostgreSQL."""
        for _ in range(SERVERS):
            self._free.append(await self._connect())
        self._reports = self._free[0].reports

    async def end(self) -> None:
        """Drop all clients and connections."""
        for writer in self._clients.values():
            writer.transport.abort()
        await asyncio.gather(*self._clients, return_exceptions=True)
        for server in self._free:
            server.writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it leaves."""
        task = asyncio.current_task()
        assert task is not None
        self._clients[task] = writer
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._serve(reader, writer)
        finally:
            del self._clients[task]
            writer.close()

    async def _connect(self) -> Server:
        parts = urlsplit(self.database_url)
        where = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.{PORT}"
        server = Server(*await asyncio.open_unix_connection(where), b"")
        words = {"user": parts.username or "", "database": parts.path[1:], "application_name": "pooler"}
        text = b"".join(f"{name}\0{value}\0".encode() for name, value in words.items()) + b"\0"
        server.writer.write(struct.pack("!II", len(text) + 8, _PROTOCOL) + text)
        while (got := await server.message())[0] != b"Z":
            assert got[0] in b"RSK", got  # trusted, settings, key
            if got[0] == b"S":
                server.reports += got[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        given = await _startup(reader, writer)
        unknown = sorted(set(map(str.lower, given)) - REPORTED)
        if unknown and not self.ignores:
            text = f"SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: {unknown[0]}\0\0"
            writer.write(message(b"E", text.encode()))
            return
        key = secrets.token_bytes(8)  # of its own: PostgreSQL's would belong to one of its connections
        writer.write(
            message(b"R", struct.pack("!I", 0)) + self._reports + message(b"K", key) + message(b"Z", b"I")
        )
        said: asyncio.Queue[tuple[bytes, bytes] | None] = asyncio.Queue()
        hearing = asyncio.create_task(_hear(reader, said))
        last: Server | None = None
        try:
            while (first := await said.get()) is not None and first[0] != b"X":
                server = await self._take(last)
                self.swaps += server is not last
                if not await _transaction(server, first, said, writer, self.left_behind):
                    self._free.append(await self._connect())  # its client left in the middle
                    server.writer.close()
                    return
                self.transactions += 1
                await self._give_back(server)
                last = server
        finally:
            hearing.cancel()

    async def _take(self, last: Server | None) -> Server:
        """Wait for a connection, by preference another one than the last."""
        async with self._turn:
            await self._turn.wait_for(lambda: self._free)
            if self._free[0] is last:
                self._free.rotate(-1)
            return self._free.popleft()

    async def _give_back(self, server: Server) -> None:
        async with self._turn:
            self._free.append(server)
            self._turn.notify()


def message(kind: bytes, body: bytes) -> bytes:
    """Return a message of PostgreSQL's protocol."""
    return kind + struct.pack("!I", len(body) + 4) + body


async def _startup(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> dict[str, str]:
    while True:
        length, code = struct.unpack("!II", await reader.readexactly(8))
        body = await reader.readexactly(length - 8)
        if code == _PROTOCOL:
            words = body.rstrip(b"\0").decode().split("\0")
            return dict(zip(words[::2], words[1::2], strict=True))
        if code == _CANCEL:  # whose statement it is, is unknown here; PgBouncer keeps a table of that
            raise ConnectionError("cancelled")
        assert code == _TLS
        writer.write(_NO_TLS)


async def _hear(reader: asyncio.StreamReader, said: "asyncio.Queue[tuple[bytes, bytes] | None]") -> None:
    """Read a client's messages until it leaves."""
    try:
        while True:
            head = await reader.readexactly(5)
            body = await reader.readexactly(struct.unpack("!I", head[1:])[0] - 4)
            said.put_nowait((head[:1], head + body))
    except (asyncio.IncompleteReadError, ConnectionError):
        said.put_nowait(None)


async def _transaction(
    server: Server,
    first: tuple[bytes, bytes],
    said: "asyncio.Queue[tuple[bytes, bytes] | None]",
    writer: asyncio.StreamWriter,
    left_behind: list[str],
) -> bool:
    """Pass on messages both ways until no transaction is open; return False if the client left before.

    Before the client may go on, note what the transaction left behind.
    """
    groups = 0  # so many "ready" are still to come

    async def back() -> None:
        nonlocal groups
        while True:
            kind, whole = await server.message()
            groups -= kind == b"Z"
            if kind == b"Z" and not groups and whole[5:] == b"I":
                left_behind.extend(await server.left_behind())
                writer.write(whole)
                return
            writer.write(whole)

    ending = asyncio.create_task(back())
    message: tuple[bytes, bytes] | None = first
    try:
        while message is not None:
            groups += message[0] in (b"Q", b"S")  # a simple query, or the end of a group of messages
            server.writer.write(message[1])
            hearing = asyncio.create_task(said.get())
            await asyncio.wait({hearing, ending}, return_when=asyncio.FIRST_COMPLETED)
            if ending.done() and not hearing.done():
                hearing.cancel()
                ending.result()
                return True
            message = await hearing
        return False
    finally:
        ending.cancel()


@asynccontextmanager
async def pooler_of(database_url: str, *, ignores: bool = False) -> AsyncIterator[Pooler]:
    """A pooler before a database on this machine."""
    with reachable_folder("leadgate-pooler-") as folder:
        pooler = Pooler(folder, database_url, ignores)
        await pooler.start()
        server = await asyncio.start_unix_server(pooler.serve, f"{folder}/.s.PGSQL.{PORT}")
        try:
            yield pooler
        finally:
            server.close()
            await pooler.end()


@asynccontextmanager
async def connected_through(url: str, **options: Any) -> AsyncIterator[None]:
    """Have the models use another address; `options` as for `tortoise_config`."""
    client = pool()
    other = PostgresClient(
        connection_name="other", **tortoise_config(url, **options)["connections"]["default"]["credentials"]
    )
    await client.close()
    with ExitStack() as kept:
        for name in ("_hosts", "extra", "server_settings", "pool_maxsize", "needs_time_limit"):
            kept.enter_context(patch.object(client, name, getattr(other, name)))
        try:
            yield
        finally:
            await client.close()
