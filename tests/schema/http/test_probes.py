"""Probes: whether the server is alive and ready, and its metrics, which contain no personal data."""

import asyncio
import json
import re
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

import embedded
from models.process.release import version
from models.process.schema_state import needed_migrations
from tests.schema.http.conftest import Served
from tests.schema.http.test_processes import serving
from tests.schema.http.wire import CURSOR, REVEALS, SECONDS, signed_in
from tests.support.api import METRICS, api_settings, running_api
from tests.support.command import Command
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, START
from tests.support.ports import free_port
from tests.support.services import create_database, drop_database
from tests.support.valkey import mortal_valkey

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|@|eyJ")


async def test_a_healthy_server_is_ready(served: Served) -> None:
    assert (await served.api.http.get("/healthz")).json() == {"status": "ok"}
    answer = await served.api.http.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "redis": "ok",
        "oldestOverdueDeadlineSeconds": 0.0,
        "release": version(),
        "schema": max(needed_migrations()),
    }


async def test_the_command_asks_a_server_on_this_machine(served: Served, leadgate: Command) -> None:
    """Its exit code says whether the server is ready, or only whether it responds."""
    port = str(served.port)
    shown = await leadgate("health", PORT=port)
    assert (shown.code, json.loads(shown.out)["status"]) == (0, "ok")
    served.api.app.state.stopping.unready = True
    shown = await leadgate("health", "--port", port)
    assert (shown.code, shown.out, json.loads(shown.err)["status"]) == (1, "", "stopping")
    assert (await leadgate("health", "--live", "--port", port)).code == 0
    shown = await leadgate("health", "--live", "--port", str(free_port()))
    assert (shown.code, shown.err.partition(":")[0].partition(" from")[0]) == (1, "no answer")


async def test_readiness_reports_how_late_deadlines_are(served: Served) -> None:
    await served.applied()
    await served.database.clock.set(START + 25 * HOUR)
    answer = await served.api.http.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["oldestOverdueDeadlineSeconds"] == 3600.0


async def test_without_redis_a_server_is_ready_with_a_warning(
    database: Database, services: embedded.Services
) -> None:
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with running_api(api_settings(services, database.url, redis_url=valkey.url)) as api:
            assert (await api.http.get("/readyz")).json()["status"] == "ok"
            valkey.kill()
            answer = await status(api.http, "degraded")
            assert (answer.status_code, answer.json()["redis"]) == (200, "unavailable")
            await valkey.start()
            assert (await status(api.http, "ok")).json()["redis"] == "ok"


async def status(http: httpx.AsyncClient, wanted: str) -> httpx.Response:
    """Query readiness until it has this status."""
    async with asyncio.timeout(60):
        while (answer := await http.get("/readyz")).json()["status"] != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return answer


async def answering(http: httpx.AsyncClient, path: str) -> httpx.Response:
    """Repeat the request until a server responds."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await http.get(path)
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def test_a_worker_serves_its_own_metrics_if_configured(
    served: Served, services: embedded.Services, tmp_path: Path
) -> None:
    await served.applied()
    await served.database.clock.advance(48 * HOUR)
    port = free_port()
    with serving(
        served.database, services.redis_url, tmp_path, "worker", WORKER_METRICS_PORT=str(port)
    ) as worker:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http, asyncio.timeout(60):
            while 'deadline_lateness_seconds_count{kind="REVEAL"} 1.0' not in (  # noqa: ASYNC110
                text := (await answering(http, "/metrics")).text
            ):
                await asyncio.sleep(0.05)
    assert 'leadgate_decisions_total{rule="revealed_by_silence",ruleset="visibility"} 1.0' in text
    assert [value for value in CONTACT_VALUES if value in text + worker.log.read_text()] == []


async def test_without_a_database_or_its_tables_a_server_is_not_ready(
    database: Database, services: embedded.Services, tmp_path: Path
) -> None:
    name = await create_database(services)
    empty = Database(services.admin_url(name))
    try:
        with serving(empty, services.redis_url, tmp_path, "server") as server:
            async with httpx.AsyncClient(base_url=server.address, timeout=SECONDS) as http:
                answer = await answering(http, "/readyz")
                assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
                await drop_database(services, name)
                answer = await http.get("/readyz")
                assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
                assert answer.json()["oldestOverdueDeadlineSeconds"] is None
                assert (await http.get("/healthz")).status_code == 200
                failed = await http.post(
                    "/graphql", json={"query": CURSOR}, headers={"Authorization": "Bearer a.b.c"}
                )
                assert "UNAUTHENTICATED" in failed.text
        assert name not in server.log.read_text()
    finally:
        await drop_database(services, name)


async def test_metrics_contain_no_personal_data(served: Served) -> None:
    token = await served.owner_token()
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", REVEALS, after=await served.cursor())
        await served.reveal()
        await socket.next("1")
        await served.applied("Silence")
        await served.silence()
        await socket.next("1")
    for path in ("/nothing/petra.fake@prospect.example", "/graphql", "/healthz"):
        await served.api.http.get(path)
    await served.api.http.request("BREW", "/healthz")
    answer = await served.api.http.get("/metrics", headers=METRICS)
    assert answer.headers["content-type"].startswith("text/plain")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    for name in (
        "leadgate_requests",
        "leadgate_request_seconds",
        "leadgate_decisions",
        "leadgate_deadlines_stored",
        "leadgate_deadlines_overdue",
        "leadgate_deadlines_oldest_overdue_seconds",
        "leadgate_deadlines_recent_lateness_seconds",
        "leadgate_feed_lag_seconds",
        "leadgate_feed_subscriptions",
        "leadgate_dispatches",
        "leadgate_phone_systems_silent",
        "leadgate_wake_failures",
    ):
        assert families[name].samples, name
    rules = {sample.labels["rule"] for sample in families["leadgate_decisions"].samples}
    assert {"prospect_accepted", "revealed_by_silence"} <= rules
    methods = {sample.labels["method"] for sample in families["leadgate_requests"].samples}
    assert methods <= {"GET", "POST", "OPTIONS", "HEAD", "WEBSOCKET", "other"}
    labels = {
        value for family in families.values() for one in family.samples for value in one.labels.values()
    }
    assert [value for value in labels if IDS.search(value)] == []
    assert [value for value in (*CONTACT_VALUES, token) if value in answer.text] == []


async def test_metrics_require_their_token(served: Served, services: embedded.Services) -> None:
    """Nobody else sees the numbers or causes database queries; without a token set, there are no metrics."""
    for headers in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {await served.owner_token()}"},
    ):
        answer = await served.api.http.get("/metrics", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "leadgate_" not in answer.text
    async with running_api(api_settings(services, served.database.url, metrics_token=None)) as api:
        for headers in ({}, METRICS):
            answer = await api.http.get("/metrics", headers=headers)
            assert answer.status_code == 404
            assert "leadgate_" not in answer.text
