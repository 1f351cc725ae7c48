"""Runs `leadgate` in a separate process on the test's database, as a user would. Adds no data itself.

A run to completion is a fork of a process that has imported the command; `start` starts Python anew.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import embedded
import settings
from tests.support.database import Database
from tests.support.fork_server import ForkServer
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 180  # a busy machine takes ten; anything longer hangs


@dataclass(frozen=True, slots=True)
class Shown:
    """A command's output and exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Command:
    """The command with its own environment."""

    environment: dict[str, str]
    var_dir: Path
    forks: ForkServer

    async def start(self, *words: str | Path, **environment: str) -> asyncio.subprocess.Process:
        """Start the command without waiting for it."""
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", *map(str, words)),
            cwd=ROOT,
            env={**self.environment, **environment},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def __call__(self, *words: str | Path, given: str = "", **environment: str) -> Shown:
        """Run it to completion; `given` is its standard input."""
        code, out, err = await asyncio.to_thread(
            self.forks.run,
            [str(word) for word in words],
            {**self.environment, **environment},
            given.encode(),
            LONGEST_SECONDS,
        )
        return Shown(code, out.decode(), err.decode())

    async def end(self, process: asyncio.subprocess.Process) -> Shown:
        """Wait until a started command has ended."""
        async with asyncio.timeout(LONGEST_SECONDS):
            out, err = await process.communicate()
        assert process.returncode is not None
        return Shown(process.returncode, out.decode(), err.decode())

    def record(self) -> str:
        """Return the records of all commands so far."""
        return (self.var_dir / "log" / "commands.log").read_text()


def plain_environment(**given: str) -> dict[str, str]:
    """Return the environment of the tests without any setting of ours, except a free port."""
    names = {name.upper() for name in settings.Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    return {**inherited, "COLUMNS": "200", "PORT": str(free_port()), **given}


def command_on(database: Database, services: embedded.Services, var_dir: Path, forks: ForkServer) -> Command:
    """Return the command on a database and services."""
    environment = plain_environment(
        DATABASE_URL=database.url, REDIS_URL=services.redis_url, VAR_DIR=str(var_dir)
    )
    return Command(environment, var_dir, forks)
