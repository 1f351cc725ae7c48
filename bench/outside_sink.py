"""Hosts in a process of their own: one answers a page, one takes requests and never answers, nor does DNS."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = b"<title>Page</title>" + b"<p>Some text of a page.</p>" * 700
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_ANSWER)
            await writer.drain()
    writer.close()


async def _hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()  # until the client gives up
    writer.close()


async def _serve() -> None:
    silent, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0)
    )
    servers = [await asyncio.start_server(one, "127.0.0.1", 0, backlog=512) for one in (_answer, _hang)]
    ports = [one.sockets[0].getsockname()[1] for one in servers]
    sys.stdout.write(f"{ports[0]} {ports[1]} {silent.get_extra_info('sockname')[1]}\n")
    sys.stdout.flush()
    await asyncio.gather(*(one.serve_forever() for one in servers))


@contextmanager
def outside_sink() -> Iterator[tuple[int, int, int]]:
    """Start the process, and yield the ports of the host that answers, of the one that hangs, and of DNS."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.outside_sink"], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        if process.stdout is None:
            raise RuntimeError("the hosts have no output")
        try:
            answering, hanging, dns = process.stdout.readline().split()
            yield int(answering), int(hanging), int(dns)
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve())
