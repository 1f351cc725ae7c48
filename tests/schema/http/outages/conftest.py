"""Fixtures of the outage tests: the application, signed-in users, and a PostgreSQL to break.

Nothing stays killed, frozen or read-only for the tests that follow.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest_asyncio

import embedded
from models.base.database import connection, fetch
from settings import tortoise_config
from tests.support.api import Answer, Api, Client, api_settings, listening, running_api
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace, make_marketplace

POINTS = "{ viewer { account { points } } }"
DECLINE = """mutation ($id: ID!) { applicationDecline(input: {applicationId: $id}) {
    application { status } userErrors { code message } } }"""
PURCHASE = """mutation ($account: ID!, $key: String!) {
    pointsPurchase(input: {accountId: $account, points: 7, idempotencyKey: $key}) {
    account { points } userErrors { code message } } }"""
SIGN_IN = """mutation { signIn(input: {email: "nobody@users.example", password: "none of yours"}) {
    accessToken userErrors { code } } }"""


@dataclass(frozen=True, slots=True)
class Outage:
    """An application whose database can be stopped."""

    api: Api
    port: int
    database: Database
    place: Marketplace
    services: embedded.Services
    vendor: Client
    rival: Client
    prospect: Client
    operator: Client

    async def kill(self) -> None:
        """Kill PostgreSQL like a crash; the tests' own server would lose data that is not written yet."""
        await fetch(connection(), "CHECKPOINT")
        os.kill(self.postmaster, signal.SIGQUIT)
        with contextlib.suppress(ChildProcessError):
            await asyncio.to_thread(os.waitid, os.P_PID, self.postmaster, os.WEXITED | os.WNOWAIT)

    def revive(self) -> None:
        """Start it again."""
        self.services.revive()

    @property
    def postmaster(self) -> int:
        """The pid of PostgreSQL's first process."""
        return self.services.pids["postgres"]

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Freeze PostgreSQL: it keeps its sockets but does not respond."""
        pids = [self.postmaster, *_children(self.postmaster)]
        try:
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    @contextlib.asynccontextmanager
    async def read_only(self) -> AsyncIterator[None]:
        """Make the database refuse changes, on existing and on new connections."""
        ((name,),) = await fetch(connection(), "SELECT current_database()")
        administrator = await asyncpg.connect(self.services.admin_url())
        try:
            await administrator.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            await fetch(connection(), "SELECT set_config('default_transaction_read_only', 'on', false)")
            yield
        finally:
            await administrator.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
            await administrator.close()
            await connection()._expire_connections()  # type: ignore[attr-defined]

    def credentials(self, url: str | None = None) -> dict[str, Any]:
        """The arguments with which a pool connects; by default, to the tests' database."""
        config = tortoise_config(url or self.database.url)
        found: dict[str, Any] = config["connections"]["default"]["credentials"]
        return found

    async def nobody_signs_in(self) -> Answer:
        """Sign in with a password that no user has."""
        return await self.api.nobody.ask(SIGN_IN)

    async def points(self) -> int:
        """Return the vendor's points, read directly from the database."""
        rows = await fetch(
            connection(), "SELECT available FROM balance WHERE account_id = $1", self.place.vendor.id
        )
        points: int = rows[0]["available"]
        return points


def says_away(answer: Answer, *, writing: bool = False) -> bool:
    """Whether a response is exactly the one for an unavailable database."""
    (error,) = answer.body["errors"]
    text = (
        "The database is not available. The operation may not have been carried out. "
        "Retry it with the same idempotencyKey."
        if writing
        else "The database is not available. Try again in 1 s."
    )
    assert error["message"] == text
    assert error["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 1}
    return answer.status == 503 and answer.headers["Retry-After"] == "1"


def _children(of: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == of:
                found.append(int(stat.parent.name))
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def outage(database: Database, services: embedded.Services) -> AsyncIterator[Outage]:
    """See `Outage`."""
    await database.clock.set(START)
    place = await make_marketplace()
    async with running_api(api_settings(services, database.url)) as api, listening(api.app) as port:
        users = (place.vendor.owner, place.other_vendor.owner, place.prospect.viewer, place.operator)
        clients = [await api.client(viewer.user_id) for viewer in users]
        made = Outage(api, port, database, place, services, *clients)
        try:
            yield made
        finally:
            services.revive()
