"""Following reveals across two server processes, and through restarts of Redis."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest_asyncio

import embedded
import settings
from schema.graphql.ids import write_id
from tests.embedded.support import ROOT
from tests.schema.graphql.following.wakes import until
from tests.schema.http.conftest import Served
from tests.schema.http.wire import NOTIFICATIONS, REVEALS, SECONDS, signed_in, streaming
from tests.support.api import SECRET, Client, api_settings, listening, running_api
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, START, make_marketplace
from tests.support.ports import free_port
from tests.support.valkey import mortal_valkey

ACCEPT = """mutation ($id: ID!) { applicationAccept(input: {applicationId: $id}) {
  application { status } userErrors { code } } }"""


@dataclass
class Server:
    """A server process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def serving(
    database: Database, redis_url: str, folder: Path, name: str, options: Sequence[str] = (), **more: str
) -> Iterator[Server]:
    """Run a separate process, `serve` or a worker, at the most verbose log level."""
    names = {field.upper() for field in settings.Settings.model_fields}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    port = free_port()
    environment |= {
        "DATABASE_URL": database.url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
        "VAR_DIR": str(folder / "var"),
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
        "PORT": str(port),
        **more,
    }
    command = [sys.executable, "-m", "cli", "worker" if name == "worker" else "serve", *options]
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield Server(port, process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()  # else it would take the jobs of the tests that follow
                process.wait()
                raise AssertionError(f"the {name} did not stop:\n{log.read_text()[-4_000:]}") from None


async def ready(server: Server) -> None:
    """Wait until a server is ready."""
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            with contextlib.suppress(httpx.TransportError):
                if (await http.get(f"{server.address}/readyz")).json()["status"] == "ok":
                    return
            assert server.process.poll() is None, server.log.read_text()
            await asyncio.sleep(0.05)


@pytest_asyncio.fixture(loop_scope="session")
async def pair(
    served: Served, services: embedded.Services, tmp_path: Path
) -> AsyncIterator[tuple[Server, Server]]:
    """Two servers on one database and one Redis."""
    with (
        serving(served.database, services.redis_url, tmp_path, "one") as one,
        serving(served.database, services.redis_url, tmp_path, "other") as other,
    ):
        await asyncio.gather(ready(one), ready(other))
        yield one, other


async def test_a_reveal_on_one_server_reaches_followers_of_the_other(
    served: Served, pair: tuple[Server, Server]
) -> None:
    one, other = pair
    token, cursor = await served.owner_token(), await served.cursor()
    prospect = await served.api.token(served.market.prospect.viewer.user_id)
    async with (
        httpx.AsyncClient(base_url=one.address, timeout=SECONDS) as http,
        signed_in(other.port, token) as socket,
    ):
        await socket.subscribe("1", REVEALS, after=cursor)
        await socket.subscribe("2", NOTIFICATIONS, after=cursor)
        received = []
        for number in range(10):
            application_id = write_id("Application", await served.applied(f"Lead {number}"))
            answer = await Client(http, prospect).ask(ACCEPT, id=application_id)
            assert answer.data["applicationAccept"] == {
                "application": {"status": "ACCEPTED"},
                "userErrors": [],
            }
            event = (await socket.next("1"))["reveals"]
            received.append(event["lead"]["title"])
            cursor = event["cursor"]
        assert received == [f"Lead {number}" for number in range(10)]
        # The client continues on the other server with its last cursor: nothing is repeated, then new events
        # arrive.
        async with signed_in(one.port, token) as moved:
            await moved.subscribe("1", REVEALS, after=cursor)
            await served.reveal("Moved")
            assert (await moved.next("1"))["reveals"]["lead"] == {"title": "Moved"}
            assert (await socket.next("1"))["reveals"]["lead"] == {"title": "Moved"}
    for server in pair:
        server.process.terminate()
        server.process.wait(timeout=60)
        log = server.log.read_text()
        assert '"event":"request"' in log
        assert [value for value in (*CONTACT_VALUES, token, prospect, SECRET) if value in log] == []
        assert "Traceback" not in log


async def test_a_stopping_server_sends_its_followers_to_another(
    served: Served, pair: tuple[Server, Server]
) -> None:
    one, other = pair
    token, cursor = await served.owner_token(), await served.cursor()
    async with (
        signed_in(one.port, token) as socket,
        streaming(one.port, token, REVEALS, after=cursor) as events,
    ):
        await socket.subscribe("1", REVEALS, after=cursor)
        await served.reveal("Before")
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Before"}
        cursor = (await socket.next("1"))["reveals"]["cursor"]
        one.process.terminate()
        assert await socket.close_code() == 1012
        assert socket.pending == []
        name, payload = await events.next()
        assert (name, payload["errors"][0]["extensions"]["code"]) == ("next", "UNAVAILABLE")
        assert await events.next() == ("complete", {})
    one.process.wait(timeout=60)
    log = one.log.read_text()
    assert "exception" not in log
    assert "graceful shutdown exceeded" not in log
    await served.reveal("Between")
    async with signed_in(other.port, token) as socket:
        await socket.subscribe("1", REVEALS, after=cursor)
        assert (await socket.next("1"))["reveals"]["lead"] == {"title": "Between"}


async def test_following_survives_redis_being_killed(database: Database, services: embedded.Services) -> None:
    """The client stays connected; nothing is lost or repeated, and without Redis events arrive by polling."""
    await database.clock.set(START)
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with (
            running_api(api_settings(services, database.url, redis_url=valkey.url)) as api,
            listening(api.app) as port,
        ):
            served = Served(api, port, database, await make_marketplace())
            async with signed_in(port, await served.owner_token()) as socket:
                await socket.subscribe("1", REVEALS, after=await served.cursor())
                received, expected = [], []
                for number in range(3):
                    expected += [f"{number} with Redis", f"{number} without", f"{number} at its return"]
                    await served.reveal(expected[-3])
                    received.append((await socket.next("1"))["reveals"]["lead"]["title"])
                    valkey.kill()
                    await until(lambda: not api.services.reader.listening)
                    await served.reveal(expected[-2])  # the commit succeeds, although no wake-up gets through
                    received.append((await socket.next("1"))["reveals"]["lead"]["title"])
                    await served.reveal(expected[-1])
                    await valkey.start()
                    received.append((await socket.next("1"))["reveals"]["lead"]["title"])
                    await until(lambda: api.services.reader.listening)
                assert received == expected
