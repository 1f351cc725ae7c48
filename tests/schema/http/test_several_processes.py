"""Several servers, or workers, of one parent: one port, replaced without a failed request, ended together."""

import asyncio
import json
import os
import signal
import socket
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

import embedded
from models.base.database import connection
from models.process.release import version
from models.process.schema_state import needed_migrations
from tests.embedded.support import alive
from tests.schema.http.conftest import Served
from tests.schema.http.test_processes import Server, ready, serving
from tests.schema.http.wire import REVEALS, SECONDS, Socket, signed_in
from tests.support.api import METRICS
from tests.support.command import Command
from tests.support.marketplace import HOUR
from tests.support.ports import free_port

TOKEN = METRICS["Authorization"].removeprefix("Bearer ")
QUERY = {"query": "{ service { version } }"}
TWO = ("--processes", "2")


def events(server: Server, name: str) -> list[dict[str, Any]]:
    """Return the log's events of a kind.

    A file that is being written may end in the middle of a line: that line is left for the next reading.
    """
    whole, _, _ = server.log.read_text(errors="replace").rpartition("\n")
    lines = (json.loads(line) for line in whole.splitlines() if line.startswith("{"))
    return [line for line in lines if line.get("event") == name]


def pids(server: Server) -> list[int]:
    """Return the processes that are running."""
    started = [event["pid"] for event in events(server, "process_started")]
    return [pid for pid in started if alive(pid)]


async def logged(server: Server, name: str, many: int = 1) -> None:
    """Wait until the log has so many events of a kind."""
    async with asyncio.timeout(120):
        while len(events(server, name)) < many:
            assert server.process.poll() is None, server.log.read_text()
            await asyncio.sleep(0.05)


@dataclass
class Load:
    """Clients that ask until they are told to end; some open a connection for each request."""

    address: str
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, *, reuse: bool) -> None:
        """Ask as one client."""
        limits = httpx.Limits(max_keepalive_connections=1 if reuse else 0)
        async with httpx.AsyncClient(base_url=self.address, timeout=SECONDS, limits=limits) as http:
            while not self.enough.is_set():
                try:
                    answer = await http.post("/graphql", json=QUERY)
                    if answer.status_code != 200 or "errors" in answer.json():
                        self.failed.append(answer.text)
                except httpx.HTTPError as error:
                    self.failed.append(repr(error))
                self.answered += 1


async def test_servers_are_replaced_without_a_failed_request(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    """Each subscription is closed with 1012 and continues at a new server."""
    token, cursor = await served.owner_token(), await served.cursor()
    with serving(served.database, services.redis_url, tmp_path, "server", TWO) as server:
        await ready(server)
        await logged(server, "process_started", 2)
        before = pids(server)
        load = Load(server.address)
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as clients:
            for number in range(6):
                clients.create_task(load.run(reuse=number % 2 == 0))
            sockets: list[Socket] = []
            for _ in range(8):
                socket = await stack.enter_async_context(signed_in(server.port, token))
                await socket.subscribe("1", REVEALS, after=cursor)
                sockets.append(socket)
            server.process.send_signal(signal.SIGHUP)
            assert [await socket.close_code() for socket in sockets] == [1012] * 8
            await logged(server, "all_replaced")
            load.enough.set()
        assert load.failed == []
        assert load.answered > 20
        after = pids(server)
        assert len(after) == 2
        assert set(after).isdisjoint(before)
        await served.reveal("After the replacement")
        async with signed_in(server.port, token) as socket:
            await socket.subscribe("1", REVEALS, after=cursor)
            assert (await socket.next("1"))["reveals"]["lead"] == {"title": "After the replacement"}
        assert len(events(server, "process_replaced")) == 2
    assert "Traceback" not in server.log.read_text()


async def test_a_server_that_could_not_answer_replaces_none(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    """New code whose migrations have not been applied takes no requests from the old."""
    latest = max(needed_migrations())
    with serving(served.database, services.redis_url, tmp_path, "server", TWO) as server:
        await ready(server)
        await logged(server, "process_started", 2)
        before = pids(server)
        rename = "UPDATE tortoise_migrations SET name = $2 WHERE name = $1"
        await connection().execute_query(rename, [latest, "another"])
        try:
            server.process.send_signal(signal.SIGHUP)
            await logged(server, "replacement_failed")
        finally:
            await connection().execute_query(rename, ["another", latest])
        assert pids(server) == before
        assert events(server, "cannot_answer")[0]["database"] == "older schema"
        await ready(server)


async def test_a_killed_server_is_started_again_and_a_signal_ends_all(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    token = await served.owner_token()
    with serving(served.database, services.redis_url, tmp_path, "server", TWO) as server:
        await logged(server, "process_ready", 2)
        killed = pids(server)[0]
        os.kill(killed, signal.SIGKILL)
        await logged(server, "process_started", 3)
        assert events(server, "process_ended")[0]["pid"] == killed
        await ready(server)
        async with signed_in(server.port, token) as socket:
            await socket.subscribe("1", REVEALS, after=await served.cursor())
            server.process.terminate()
            assert await socket.close_code() == 1012
        assert await asyncio.to_thread(server.process.wait, 60) == 0
        assert pids(server) == []


async def test_metrics_add_up_over_all_servers(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    options = {"METRICS_TOKEN": TOKEN}
    with serving(served.database, services.redis_url, tmp_path, "server", TWO, **options) as server:
        await ready(server)
        async with httpx.AsyncClient(base_url=server.address, timeout=SECONDS) as http:
            for _ in range(30):  # each on a connection of its own, so that both processes take part
                await http.post("/graphql", json=QUERY, headers={"Connection": "close"})
            text = (await http.get("/metrics", headers=METRICS)).text
        samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
        asked = {"path": "/graphql", "method": "POST", "status": "200"}
        assert [
            one.value for one in samples if one.name == "leadgate_requests_total" and one.labels == asked
        ] == [30]
        assert not any("pid" in one.labels for one in samples)
        overdue = [one.value for one in samples if one.name == "leadgate_deadlines_overdue"]
        assert overdue == [0]
        folders = list((tmp_path / "var" / "metrics").iterdir())
        assert len(folders) == 1
    assert list((tmp_path / "var" / "metrics").iterdir()) == []


async def test_workers_are_replaced_and_share_their_metrics(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    port = str(free_port())
    with serving(
        served.database, services.redis_url, tmp_path, "worker", TWO, WORKER_METRICS_PORT=port
    ) as worker:
        await logged(worker, "worker_started", 2)
        before = pids(worker)
        worker.process.send_signal(signal.SIGHUP)
        await logged(worker, "all_replaced")
        assert set(pids(worker)).isdisjoint(before)
        await served.applied()
        await served.database.clock.advance(48 * HOUR)
        done = 'deadline_lateness_seconds_count{kind="REVEAL"} 1.0'
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http, asyncio.timeout(60):
            while done not in (await http.get("/metrics")).text:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        worker.process.terminate()
        assert await asyncio.to_thread(worker.process.wait, 60) == 0
        assert pids(worker) == []


@pytest.mark.parametrize("name", ["server", "worker"])
async def test_the_connections_of_all_processes_are_counted_at_the_start(
    served: Served, services: embedded.Services, tmp_path: Path, name: str
) -> None:
    """PostgreSQL of the tests has a hundred: enough for each process, and not for both."""
    with serving(served.database, services.redis_url, tmp_path, name, TWO, DATABASE_POOL_SIZE="55") as parent:
        await logged(parent, "process_started", 2)
        assert [one["needed"] for one in events(parent, "connections_may_run_out")] == [112]


async def test_a_used_port_is_an_error_with_its_setting(leadgate: Command) -> None:
    """Before any process is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        shown = await leadgate("worker", "--processes", "2", WORKER_METRICS_PORT=port)
        assert (shown.code, shown.err.partition(":")[0]) == (2, "WORKER_METRICS_PORT")
        shown = await leadgate("serve", "--processes", "2", PORT=port)
        assert (shown.code, shown.err.partition(":")[0]) == (2, "PORT")


async def test_a_server_that_is_stopping_says_so_and_answers_until_the_delay_is_over(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    """Each answer ends its connection, subscriptions go on, and a second signal ends the delay."""
    token, cursor = await served.owner_token(), await served.cursor()
    delay = {"SHUTDOWN_DELAY_SECONDS": "300"}
    with serving(served.database, services.redis_url, tmp_path, "server", **delay) as server:
        await ready(server)
        async with (
            httpx.AsyncClient(base_url=server.address, timeout=SECONDS) as http,
            signed_in(server.port, token) as socket,
        ):
            await socket.subscribe("1", REVEALS, after=cursor)
            server.process.terminate()
            async with asyncio.timeout(60):
                while (answer := await http.get("/readyz")).status_code == 200:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            assert (answer.status_code, answer.json()["status"]) == (503, "stopping")
            await served.reveal("During the delay")
            assert (await socket.next("1"))["reveals"]["lead"] == {"title": "During the delay"}
            answer = await http.post("/graphql", json=QUERY)
            assert (answer.status_code, answer.headers["connection"]) == (200, "close")
            server.process.terminate()
            assert await socket.close_code() == 1012
        await asyncio.to_thread(server.process.wait, 60)


async def test_a_server_says_what_is_running(served: Served) -> None:
    running = {"release": version(), "schema": max(needed_migrations())}
    assert (await served.api.http.get("/version")).json() == running
    assert running.items() <= (await served.api.http.get("/readyz")).json().items()
