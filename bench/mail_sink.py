"""A mail server in a process of its own that accepts and discards everything, as fast as it can."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


_REPLIES = {
    b"EHLO": b"250-sink\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


class _Sink(asyncio.Protocol):
    """One connection; replies to each command, and once to each content."""

    def __init__(self) -> None:
        self._within = False
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a benchmark
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Reply to what has arrived."""
        self._rest += data
        while True:
            end = b"\r\n.\r\n" if self._within else b"\r\n"
            line, found, rest = self._rest.partition(end)
            if not found:
                return
            self._rest = rest
            if self._within:
                self._within = False
                self._transport.write(b"250 2.0.0 discarded\r\n")
                continue
            verb = line[:4].upper()
            self._within = verb == b"DATA"
            self._transport.write(_REPLIES.get(verb, b"250 ok\r\n"))


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@contextmanager
def mail_sink() -> Iterator[int]:
    """Start the process and yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sink"], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a benchmark
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve())
