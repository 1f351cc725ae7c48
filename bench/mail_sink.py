"""A mail server in a separate process (aiosmtpd) that accepts and discards everything, with or without
PIPELINING, which Postfix, Exim and the servers of large providers offer.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).parents[1]


class Pipelining(Sink):
    """Discards every message, and offers PIPELINING."""

    async def handle_EHLO(  # noqa: N802 - named as aiosmtpd has it
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer PIPELINING: aiosmtpd reads commands one by one, however they arrive."""
        del server, envelope
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


async def _serve(handler: Sink) -> None:
    def server() -> SMTP:
        return SMTP(handler, hostname="sink")

    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await listening.serve_forever()


@contextmanager
def mail_sink(*, pipelining: bool) -> Iterator[int]:
    """Start the process and yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sink", *(["pipelining"] if pipelining else [])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as process:
        if process.stdout is None:
            raise RuntimeError("the mail server has no output")
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve(Pipelining() if "pipelining" in sys.argv else Sink()))
