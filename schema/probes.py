"""Owns what machines ask of the server: whether it lives, whether it is ready, and its metrics.

It must not need a user, nor show anything of one.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.database import connection
from models.health import DatabaseMetrics, overdue
from schema.services import Services

SECONDS = 2.0
_log = structlog.get_logger(__name__)


async def _ask(question: Callable[[], Awaitable[object]]) -> tuple[bool, object]:
    try:
        return True, await asyncio.wait_for(question(), SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it does not work
        return False, type(error).__name__


class Probes:
    """`/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, services: Callable[[], Services | None]) -> None:
        """Take the services lazily: there are none before the server's lifespan has begun."""
        self._services = services
        self._database = DatabaseMetrics()
        self._warned = ""

    async def healthz(self, request: Request) -> Response:
        """Say that the process answers."""
        del request
        return JSONResponse({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """Ask the database and Redis, and how long the oldest overdue deadline has been due (seconds).

        503 without the database or its tables. Without Redis events come late but nothing is lost: it is
        said only.
        """
        del request
        services = self._services()
        if services is None:
            return JSONResponse({"status": "starting"}, status_code=503)
        database, answer = await _ask(lambda: overdue(connection()))
        redis, _ = await _ask(services.redis.ping)
        warnings = await self.warnings() if database else []
        return JSONResponse(
            {
                **({"warnings": warnings} if warnings else {}),
                "status": "ok" if database and redis else "degraded" if database else "unavailable",
                "database": "ok" if database else answer,
                "redis": "ok" if redis else "unavailable",
                "oldestOverdueDeadlineSeconds": answer if database else None,
            },
            status_code=200 if database else 503,
        )

    async def warnings(self) -> list[str]:
        """Return what is unsafe here, for people, naming nobody; the log is told once."""
        services = self._services()
        if services is None or services.known_password is None:
            return []
        known, connected = services.known_password, connection()
        answered, users = await _ask(lambda: known.users(connected))
        if not answered or not isinstance(users, list) or not users:
            return []
        warning = (
            f"{len(users)} of the demo's users can sign in with the password that everybody knows: "
            "give them others by `leadgate user password`, or `leadgate user disable` them"
        )
        if warning != self._warned:
            self._warned = warning
            _log.warning("unsafe", what=warning)
        return [warning]

    async def metrics(self, request: Request) -> Response:
        """Show the process's metrics, and what the database says of deadlines, outbox and feeds."""
        del request
        await _ask(lambda: self._database.refresh(connection()))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
