"""Endpoints for machines: liveness, readiness and metrics. They need no user and show no user data."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.base.database import connection
from models.process.health import DatabaseMetrics
from models.process.readiness import DatabaseWatch, Readiness, Standing
from schema.graphql.services import Services

SECONDS = 2.0
REMEMBERED_SECONDS = 0.5
WARNED_SECONDS = 60.0
_REMEDIES = {
    Standing.OLDER_SCHEMA: "run `leadgate migrate`",
    Standing.READ_ONLY: "point DATABASE_URL to the primary",
    Standing.DISK_FULL: "add disk space for PostgreSQL",
}
_log = structlog.get_logger(__name__)


async def _ask(question: Callable[[], Awaitable[object]]) -> tuple[bool, object]:
    try:
        return True, await asyncio.wait_for(question(), SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it does not work
        return False, type(error).__name__


def _known_password_of(users: int) -> str:
    return (
        f"{users} demo users can sign in with the published password: "
        "change it with `leadgate user password`, or disable them with `leadgate user disable`"
    )


class Probes:
    """`/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, services: Callable[[], Services | None], metrics_token: str | None) -> None:
        """Take the services lazily: there are none before the server's lifespan has begun."""
        self._services = services
        self._token = metrics_token
        self._database = DatabaseMetrics()
        self._watch = DatabaseWatch()
        self._looking = asyncio.Lock()
        self._seen: Readiness | None = None
        self._seen_at = 0.0
        self._warnings: list[str] = []
        self._warn_from = 0.0
        self._warning: asyncio.Task[None] | None = None

    async def healthz(self, request: Request) -> Response:
        """Say that the process answers."""
        del request
        return JSONResponse({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """Say how the database and Redis stand, and how many seconds the oldest overdue deadline is late.

        503 when nothing can be answered: no answer of the database, one that is read-only (a standby), one
        whose schema is older than the code, or a server that stops. Without Redis events come late but
        nothing is lost: it is said only.
        """
        del request
        services = self._services()
        if services is None or services.reader.stopped:
            status = "starting" if services is None else "stopping"
            return JSONResponse({"status": status}, status_code=503)
        database = await self._look()
        if database.can_answer:
            self._look_for_warnings()
        redis = services.reader.listening and not services.redis_health.is_away
        well = redis and database.standing is Standing.OK
        told: dict[str, object] = {
            "status": "ok" if well else "degraded" if database.can_answer else "unavailable",
            "database": database.standing,
            "redis": "ok" if redis else "unavailable",
            "oldestOverdueDeadlineSeconds": database.oldest_overdue,
        }
        if database.standing in _REMEDIES:
            told["remedy"] = _REMEDIES[database.standing]
        if self._warnings:
            told["warnings"] = self._warnings
        return JSONResponse(told, status_code=200 if database.can_answer else 503)

    async def _look(self) -> Readiness:
        """Ask the database, or remember what it said a moment ago: whoever asks costs it nothing more."""
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
        """Look once a minute, beside the answer: comparing passwords takes longer than a probe may."""
        running = self._warning is not None and not self._warning.done()
        if not running and time.monotonic() >= self._warn_from:
            self._warning = asyncio.create_task(self.look_for_warnings(), name="warnings")

    async def look_for_warnings(self) -> None:
        """Find out what is unsafe here, for people, naming nobody; the log is told when it changes."""
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
        """Show the process's metrics, and what the database says of deadlines, outbox and feeds.

        Only with the token of the settings: they tell of the business, and ask the database.
        """
        if self._token is None:
            return PlainTextResponse("Metrics are disabled because METRICS_TOKEN is not set.", 404)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            remedy = "Send the server's METRICS_TOKEN as `Authorization: Bearer …`."
            return PlainTextResponse(remedy, 401, {"WWW-Authenticate": "Bearer"})
        await _ask(lambda: self._database.refresh(connection()))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
