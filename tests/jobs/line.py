"""A connection to Valkey that a test can cut and restore, like a network failure."""

import asyncio
import contextlib
from pathlib import Path


class Line:
    """A connection to Valkey that can be cut and restored."""

    def __init__(self, target: str, path: Path) -> None:
        self._target = target
        self.path = path
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def restore(self) -> None:
        """Allow connections again."""
        self._server = await asyncio.start_unix_server(self._pass, self.path)

    async def cut(self) -> None:
        """End all connections and refuse new ones."""
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.to_thread(self.path.unlink, missing_ok=True)

    async def _pass(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_unix_connection(self._target)
        self._open |= {near_out, far_out}

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                while data := await source.read(65_536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(copy(near_in, far_out), copy(far_in, near_out))
