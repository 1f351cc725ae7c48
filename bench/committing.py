"""Runs processes that write while a benchmark follows: apart from clients, so that these are not delayed."""

import asyncio
import os
import sys
from pathlib import Path

import embedded


async def committed_by(
    pair: embedded.Services, url: str, module: str, count: int, *words: object
) -> dict[str, float]:
    """Run a module of this package that writes `count` things and prints the name and time of each commit.

    Returns when (monotonic) each was committed, by its name.
    """
    env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": pair.redis_url}
    child = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", module, *map(str, words)],
        env=env,
        cwd=Path(__file__).parents[1],
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await child.communicate()
    lines = [line.split() for line in output.decode().splitlines()]
    if child.returncode or len(lines) != count:
        raise RuntimeError(f"{module} ended with {child.returncode} after {len(lines)}")
    return {name: float(at) for name, at in lines}
