"""Work on data that somebody else made, in a process of its own: it gets no secrets and always ends.

The program imports nothing of Leadgate but what computes its answer, such as the rules; one that reads
foreign data limits itself. It reads standard input and writes standard output.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_CHUNK = 64 * 1024


class SeparateFailed(Exception):  # noqa: N818 - named for what happened
    """The process ended without a result, took too long or wrote too much; the message quotes no data."""


@asynccontextmanager
async def running(program: Path, *options: str) -> AsyncIterator[Process]:
    """Run a program, isolated from this one's environment and modules; it has ended after the block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(program), *options),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=_environment(),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())


async def feed(process: Process, content: bytes) -> None:
    """Write the content. A process that ends early has reported why, or its missing output shows it."""
    if process.stdin is None:
        raise OSError("no pipe")
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


class SeparateProgram:
    """A program that reads foreign data, in a few processes at a time; others wait for them.

    `seconds` is the limit of a process, `most_bytes` of what it writes.
    """

    def __init__(self, program: Path, *, seconds: float, most_bytes: int, at_once: int = 2) -> None:
        """Take the program and its limits."""
        self._program, self._seconds, self._most_bytes = program, seconds, most_bytes
        self._turns = asyncio.Semaphore(at_once)

    async def answer(self, *options: str, content: bytes) -> bytes:
        """Return what the program writes about the content. Raises SeparateFailed."""
        async with self._turns:
            return await answer_of(
                self._program, *options, content=content, seconds=self._seconds, most_bytes=self._most_bytes
            )


async def answer_of(program: Path, *options: str, content: bytes, seconds: float, most_bytes: int) -> bytes:
    """Return what a program writes about the content. Raises SeparateFailed."""
    try:
        async with running(program, *options) as process, asyncio.timeout(seconds):
            _, answer = await asyncio.gather(feed(process, content), _read(process, most_bytes))
            code = await process.wait()
    except TimeoutError:
        raise SeparateFailed("took too long") from None
    except (OSError, ValueError) as error:  # such as options that are too long, or have a NUL
        raise SeparateFailed(f"could not run ({type(error).__name__})") from None
    if code != 0:
        raise SeparateFailed(f"exit code {code}")
    return answer


async def _read(process: Process, most_bytes: int) -> bytes:
    if process.stdout is None:
        raise OSError("no pipe")
    answer = bytearray()
    while chunk := await process.stdout.read(_CHUNK):
        answer += chunk
        if len(answer) > most_bytes:
            raise SeparateFailed("wrote too much")
    return bytes(answer)


def _environment() -> dict[str, str]:
    """Return what Python needs to start: a process that reads foreign data gets no secrets."""
    inherited = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {**inherited, "RUST_BACKTRACE": "0"}
