"""Runs a configured Asterisk for as long as it is needed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from clients.phone_bridge.installed import Configured, Missing

START_SECONDS = 30.0


@asynccontextmanager
async def running(made: Configured, var: Path) -> AsyncIterator[str]:
    """Start Asterisk and yield the address of ARI once it answers; kill it at the end. Raises `Missing`."""
    with (var / "log/asterisk.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*made.command, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{made.http_port}"
    try:
        await _until_ready(made, process, url, var)
        yield url
    finally:
        if process.returncode is None:
            process.kill()  # it holds nothing that must be kept
        await process.wait()


async def _until_ready(made: Configured, process: asyncio.subprocess.Process, url: str, var: Path) -> None:
    try:
        async with (
            asyncio.timeout(START_SECONDS),
            httpx.AsyncClient(auth=(made.user, made.password), trust_env=False) as http,
        ):
            while not await _answers(http, url):
                if process.returncode is not None:
                    raise Missing(f"Asterisk did not start; {var / 'log/asterisk.log'} says why.")
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Missing(f"Asterisk was not ready in time; {var / 'log/asterisk.log'} says why.") from None


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        response = await http.get(f"{url}/ari/asterisk/info")
    except httpx.TransportError:
        return False
    return response.status_code == httpx.codes.OK
