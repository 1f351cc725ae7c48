"""Endpoints for machines: liveness, readiness and metrics. They need no user and show no user data."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.base.database import connection
from models.calls.phone.silence import SilenceMetric
from models.process.exposition import exposition
from models.process.health import DatabaseMetrics
from models.process.readiness import DatabaseWatch, Readiness, Standing
from models.process.release import version
from models.process.schema_state import needed_migrations
from schema.graphql.services import Services
from schema.http.stopping import Stopping

SECONDS = 2.0
REMEMBERED_SECONDS = 0.5
WARNED_SECONDS = 60.0
REPLACE_SECONDS = 30.0  # within which the database has to answer a server that replaces another
_REMEDIES = {
    Standing.OLDER_SCHEMA: "run `leadgate migrate`",
    Standing.READ_ONLY: "point DATABASE_URL to the primary",
    Standing.NO_TIME_LIMIT: "run `leadgate migrate --role`, then reconnect the pooler",
    Standing.DISK_FULL: "add disk space for PostgreSQL",
}
_log = structlog.get_logger(__name__)


async def _ask(question: Callable[[], Awaitable[object]]) -> tuple[bool, object]:
    try:
        return True, await asyncio.wait_for(question(), SECONDS)
    except Exception as error:  # noqa: BLE001 - any error means that it does not work
        return False, type(error).__name__


def _known_password_of(users: int) -> str:
    return (
        f"{users} demo users can sign in with the published password: "
        "change it with `leadgate user password`, or disable them with `leadgate user disable`"
    )


class CannotAnswer(Exception):  # noqa: N818 - named for what it says
    """The server could not answer requests, so it does not replace another one."""


class Probes:
    """`/healthz`, `/readyz`, `/version` and `/metrics`."""

    def __init__(
        self, services: Callable[[], Services | None], metrics_token: str | None, stopping: Stopping
    ) -> None:
        """Take a function that returns the services, which exist only after startup."""
        self._services = services
        self._token = metrics_token
        self._stopping = stopping
        self._running = {"release": version(), "schema": max(needed_migrations())}
        self._database = DatabaseMetrics()
        self._silence = SilenceMetric()
        self._watch = DatabaseWatch()
        self._looking = asyncio.Lock()
        self._seen: Readiness | None = None
        self._seen_at = 0.0
        self._warnings: list[str] = []
        self._warn_from = 0.0
        self._warning: asyncio.Task[None] | None = None

    async def healthz(self, request: Request) -> Response:
        """Respond that the process is alive."""
        del request
        return JSONResponse({"status": "ok"})

    async def version(self, request: Request) -> Response:
        """Respond with the release, and the latest migration that its code needs."""
        del request
        return JSONResponse(self._running)

    async def until_ready(self) -> None:
        """Wait until the server could answer. Raises `CannotAnswer`, and logs what is wrong."""
        until = time.monotonic() + REPLACE_SECONDS
        while not (found := await self._look()).can_answer:
            if found.standing is not Standing.NO_ANSWER or time.monotonic() >= until:
                _log.error("cannot_answer", database=found.standing, remedy=_REMEDIES.get(found.standing))
                raise CannotAnswer(found.standing)
            await asyncio.sleep(REMEMBERED_SECONDS)

    async def readyz(self, request: Request) -> Response:
        """Report the state of the database and Redis, the age of the oldest overdue deadline in seconds, and
        what is running. 503 if the server cannot serve requests: the database is unavailable, read-only (a
        standby) or has an older schema than the code, or the server is stopping. Without Redis, events are
        delayed but not lost, so it is only reported.
        """
        del request
        services = self._services()
        if services is None or self._stopping.unready:
            status = "starting" if services is None else "stopping"
            return JSONResponse({"status": status, **self._running}, status_code=503)
        database = await self._look()
        if database.can_answer:
            self._look_for_warnings()
        redis = services.reader.listening and not services.redis_health.is_away
        well = redis and database.standing is Standing.OK
        body: dict[str, object] = {
            "status": "ok" if well else "degraded" if database.can_answer else "unavailable",
            "database": database.standing,
            "redis": "ok" if redis else "unavailable",
            "oldestOverdueDeadlineSeconds": database.oldest_overdue,
            **self._running,
        }
        if database.standing in _REMEDIES:
            body["remedy"] = _REMEDIES[database.standing]
        if self._warnings:
            body["warnings"] = self._warnings
        return JSONResponse(body, status_code=200 if database.can_answer else 503)

    async def _look(self) -> Readiness:
        """Query the database, or return the recent result, so that frequent probes cost nothing."""
        async with self._looking:
            now = time.monotonic()
            if self._seen is None or now - self._seen_at >= REMEMBERED_SECONDS:
                self._seen = await self._watch.look()
                self._seen_at = time.monotonic()
            return self._seen

    async def close(self) -> None:
        """End the connection to the database."""
        await self._watch.close()

    def _look_for_warnings(self) -> None:
        """Check once a minute in the background, because comparing passwords takes too long for a probe."""
        running = self._warning is not None and not self._warning.done()
        if not running and time.monotonic() >= self._warn_from:
            self._warning = asyncio.create_task(self.look_for_warnings(), name="warnings")

    async def look_for_warnings(self) -> None:
        """Find unsafe settings, described without naming users; changes are logged."""
        services = self._services()
        if services is None or services.known_password is None:
            return
        known, connected = services.known_password, connection()
        answered, users = await _ask(lambda: known.users(connected))
        if not answered or not isinstance(users, list):
            return
        self._warn_from = time.monotonic() + WARNED_SECONDS
        found = [_known_password_of(len(users))] if users else []
        if found != self._warnings:
            self._warnings = found
            for warning in found:
                _log.warning("unsafe", what=warning)

    async def metrics(self, request: Request) -> Response:
        """Return the process's metrics, and those of deadlines, outbox, feeds and telephone systems
        from the database. Requires the token in the settings, because they reveal business figures and
        query the database.
        """
        if self._token is None:
            return PlainTextResponse("Metrics are disabled because METRICS_TOKEN is not set.", 404)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            remedy = "Send the server's METRICS_TOKEN as `Authorization: Bearer …`."
            return PlainTextResponse(remedy, 401, {"WWW-Authenticate": "Bearer"})
        await self._database.refresh()
        await _ask(lambda: self._silence.refresh(connection()))
        return Response(exposition(), media_type=CONTENT_TYPE_LATEST)
