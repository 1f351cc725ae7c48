"""Servers under test, each in its own process: the product as `leadgate serve` runs it, or another one."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

import embedded
from bench.environment import SECRET
from embedded.ask import http_answers
from supervision.listening import listen
from supervision.process import follow_parent, spawn

PRODUCT = ("cli", "serve")
START_SECONDS = 60.0
# The rate limit is checked as usual, but high enough for a benchmark's single user.
LIMITS = {"RATE_LIMIT_COST_PER_MINUTE": "100000000", "RATE_LIMIT_BURST": "100000000"}
DEPLOYED = {"LOG_FORMAT": "json"}  # as the image and the units of systemd set it


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def resident(self) -> int:
        """Return the resident memory of its process, in bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("this system does not report the memory of a process")

    def cpu_seconds(self) -> float:
        """Return the processor time that its process has used."""
        # The second field, the name in parentheses, may contain spaces.
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(app: ASGIApp, port: int) -> None:
    """Run an application that is not the product on the server that the product runs on.

    In `BENCH_PROCESSES` processes, which accept from the same socket.
    """
    sockets = listen("127.0.0.1", port)
    for _ in range(int(os.environ.get("BENCH_PROCESSES", "1")) - 1):
        if os.fork() == 0:
            follow_parent()
            break
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        log_level="info",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=sockets)


@contextlib.asynccontextmanager
async def running(
    pair: embedded.Services,
    url: str,
    module: tuple[str, ...] = PRODUCT,
    program: tuple[str, ...] = (sys.executable, "-m"),
    /,
    **more: str,
) -> AsyncIterator[Server]:
    """Start `python -m <module>`, or another program, on one database; wait until it answers.

    It is ended afterwards.
    """
    port = _free_port()
    env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": pair.redis_url, "SECRET_KEY": SECRET, **LIMITS}
    env |= DEPLOYED
    env |= {"HOST": "127.0.0.1", "PORT": str(port), "PYTHONPATH": str(Path(__file__).parents[1]), **more}
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    child = spawn([*program, *module], death_signal=signal.SIGKILL, env=env, log=log)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await asyncio.to_thread(http_answers, "127.0.0.1", port, "/readyz"):
                if child.poll() is not None:
                    log.seek(0)
                    words = log.read()[-2_000:].decode(errors="replace")
                    raise RuntimeError(f"{' '.join(module)} ended with {child.returncode}: {words}")
                await asyncio.sleep(0.05)
        yield Server(port, child.pid)
    finally:
        child.terminate()
        await asyncio.to_thread(child.wait)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
