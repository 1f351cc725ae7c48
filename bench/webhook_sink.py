"""Receivers of webhooks in a process of their own: one accepts everything, one never answers."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_ACCEPTED = b"HTTP/1.1 204 No Content\r\n\r\n"


async def _accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        while True:
            length = _LENGTH.search(await reader.readuntil(b"\r\n\r\n"))
            await reader.readexactly(int(length[1]) if length else 0)
            writer.write(_ACCEPTED)
    writer.close()


async def _hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def _serve() -> None:
    servers = [await asyncio.start_server(serve, "127.0.0.1", 0) for serve in (_accept, _hang)]
    sys.stdout.write(" ".join(str(one.sockets[0].getsockname()[1]) for one in servers) + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(one.serve_forever() for one in servers))


@contextmanager
def webhook_sink() -> Iterator[tuple[int, int]]:
    """Start the process, and yield the ports of the receiver that accepts and of the one that hangs."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.webhook_sink"], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        if process.stdout is None:
            raise RuntimeError("the receivers have no output")
        try:
            accepting, hanging = process.stdout.readline().split()
            yield int(accepting), int(hanging)
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve())
