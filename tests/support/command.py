"""Runs `leadgate` in a separate process on the test's database, as a user would. Adds no data itself."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import embedded
import settings
from tests.support.database import Database
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 180  # a busy machine takes ten; what takes longer waits for ever


@dataclass(frozen=True, slots=True)
class Shown:
    """A command's output and exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Command:
    """The command with an environment of its own."""

    environment: dict[str, str]
    var_dir: Path

    async def start(self, *words: str | Path, **environment: str) -> asyncio.subprocess.Process:
        """Start it."""
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
        return await self.end(await self.start(*words, **environment), given)

    async def end(self, process: asyncio.subprocess.Process, given: str = "") -> Shown:
        """Wait until it has ended."""
        async with asyncio.timeout(LONGEST_SECONDS):
            out, err = await process.communicate(given.encode())
        assert process.returncode is not None
        return Shown(process.returncode, out.decode(), err.decode())

    def record(self) -> str:
        """What was recorded of all commands so far."""
        return (self.var_dir / "log" / "commands.log").read_text()


def command_on(database: Database, services: embedded.Services, var_dir: Path) -> Command:
    """The command on a database and services, with no setting of the environment that runs the tests."""
    names = {name.upper() for name in settings.Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    given = {
        "DATABASE_URL": database.url,
        "REDIS_URL": services.redis_url,
        "VAR_DIR": str(var_dir),
        "PORT": str(free_port()),
        "COLUMNS": "200",
    }
    return Command({**inherited, **given}, var_dir)
