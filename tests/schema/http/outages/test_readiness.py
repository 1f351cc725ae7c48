"""The response of `/readyz` in each state of the database, always within its time limit."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import kill
from typing import Any

import pytest
from asyncpg.exceptions import DiskFullError

from models.base.database import connection, fetch, pool
from models.base.unavailable import Unavailable
from models.process.schema_state import needed_migrations
from tests.models.base.conftest import WAIT, held
from tests.schema.http.outages.conftest import Outage
from tests.support.query_recorder import recorded_statements

IN_TIME = 60.0  # far more than promised, because this machine may be busy; a hanging probe never ends


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schema.http.probes.REMEMBERED_SECONDS", 0.0)


async def ready(outage: Outage) -> tuple[int, dict[str, Any]]:
    """Send the probe; it must respond within the time limit."""
    began = time.monotonic()
    answer = await outage.api.http.get("/readyz")
    assert time.monotonic() - began < IN_TIME
    return answer.status_code, answer.json()


@asynccontextmanager
async def applied(outage: Outage, change: str, back: str) -> AsyncIterator[None]:
    """Change the recorded migrations."""
    await fetch(connection(), change)
    try:
        yield
    finally:
        await fetch(connection(), back)


async def test_a_healthy_database_is_ready(outage: Outage) -> None:
    status, body = await ready(outage)
    assert (status, body["status"], body["database"]) == (200, "ok", "ok")


async def test_a_read_only_database_is_not_ready(outage: Outage) -> None:
    async with outage.read_only():
        status, body = await ready(outage)
        assert (status, body["status"], body["database"]) == (503, "unavailable", "read only")
        assert body["remedy"] == "point DATABASE_URL to the primary"
    assert (await ready(outage))[0] == 200


async def test_a_schema_older_than_the_code_is_not_ready(outage: Outage) -> None:
    newest = max(needed_migrations())
    moved = f"UPDATE tortoise_migrations SET app = '{{}}' WHERE name = '{newest}' AND app = '{{}}'"
    async with applied(outage, moved.format("away", "models"), moved.format("models", "away")):
        status, body = await ready(outage)
        assert (status, body["database"]) == (503, "older schema")
        assert body["remedy"] == "run `leadgate migrate`"
    assert (await ready(outage))[0] == 200


async def test_a_schema_newer_than_the_code_is_ready(outage: Outage) -> None:
    newer = """INSERT INTO tortoise_migrations (app, name, applied_at)
               VALUES ('models', '9999_of_the_next_release', now())"""
    async with applied(outage, newer, "DELETE FROM tortoise_migrations WHERE name LIKE '9999%'"):
        assert (await ready(outage))[0] == 200


async def test_a_dead_database_is_not_ready_until_it_is_back(outage: Outage) -> None:
    assert (await ready(outage))[0] == 200
    await outage.kill()
    status, body = await ready(outage)
    assert (status, body["status"], body["database"]) == (503, "unavailable", "no answer")
    assert body["oldestOverdueDeadlineSeconds"] is None
    outage.revive()
    async with asyncio.timeout(60):
        while (await ready(outage))[0] != 200:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.02)


async def test_a_frozen_database_is_not_ready_until_it_resumes(outage: Outage) -> None:
    assert (await ready(outage))[0] == 200
    with outage.frozen():
        for _ in range(2):
            status, body = await ready(outage)
            assert (status, body["database"]) == (503, "no answer")
    async with asyncio.timeout(60):
        while (await ready(outage))[0] != 200:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.02)


async def test_a_full_pool_does_not_make_the_server_unready(outage: Outage) -> None:
    async with held(outage.database) as barrier:
        slow = [asyncio.create_task(fetch(connection(), WAIT)) for _ in range(6)]
        await barrier.reach(5)
        assert (await ready(outage))[0] == 200
        await barrier.open()
        await asyncio.gather(*slow)


async def test_a_frozen_redis_does_not_delay_the_probe(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Redis, events are only late, so the server is ready; and the probe sends it nothing."""
    connections = outage.api.services.redis.connection_pool
    take, taken = connections.get_connection, []

    async def noted(*given: Any, **named: Any) -> Any:
        taken.append(given)
        return await take(*given, **named)

    monkeypatch.setattr(connections, "get_connection", noted)
    pid = outage.services.pids["valkey"]
    kill(pid, signal.SIGSTOP)
    try:
        assert (await ready(outage))[0] == 200
        assert taken == []
    finally:
        kill(pid, signal.SIGCONT)
    await outage.api.services.redis.ping()
    assert len(taken) == 1


async def test_a_full_disk_is_reported_and_does_not_make_the_server_unready(outage: Outage) -> None:
    """Small writes still succeed, such as an answer in time; one large file must not stop everything."""
    with contextlib.suppress(Unavailable):
        await pool().raise_as_outage(DiskFullError())
    try:
        status, body = await ready(outage)
        assert (status, body["status"], body["database"]) == (200, "degraded", "disk full")
    finally:
        pool().disk_full_at = None
    assert (await ready(outage))[1]["status"] == "ok"


async def test_a_stopping_server_is_not_ready(outage: Outage) -> None:
    outage.api.app.state.stopping.unready = True
    status, body = await ready(outage)
    assert (status, body["status"]) == (503, "stopping")


async def test_frequent_probes_cost_the_database_nothing(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All probes within half a second share one query."""
    monkeypatch.setattr("schema.http.probes.REMEMBERED_SECONDS", 3_600.0)
    with recorded_statements() as statements:
        answers = await asyncio.gather(*(outage.api.http.get("/readyz") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(statements) == 1
