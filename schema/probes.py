"""Owns what machines ask of the server: whether it lives, whether it is ready, and its metrics.

It must not need a user, nor show anything of one.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.database import connection
from models.health import DatabaseMetrics, overdue
from schema.services import Services

SECONDS = 2.0


async def _ask(question: Callable[[], Awaitable[object]]) -> tuple[bool, object]:
    try:
        return True, await asyncio.wait_for(question(), SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it does not work
        return False, type(error).__name__


class Probes:
    """`/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, services: Callable[[], Services | None], metrics_token: str | None) -> None:
        """Take the services lazily: there are none before the server's lifespan has begun."""
        self._services = services
        self._token = metrics_token
        self._database = DatabaseMetrics()

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
        return JSONResponse(
            {
                "status": "ok" if database and redis else "degraded" if database else "unavailable",
                "database": "ok" if database else answer,
                "redis": "ok" if redis else "unavailable",
                "oldestOverdueDeadlineSeconds": answer if database else None,
            },
            status_code=200 if database else 503,
        )

    async def metrics(self, request: Request) -> Response:
        """Show the process's metrics, and what the database says of deadlines, outbox and feeds.

        Only with the token of the settings: they tell of the business, and ask the database.
        """
        if self._token is None:
            return PlainTextResponse("There are no metrics here: METRICS_TOKEN is not set.", 404)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            remedy = "Send the METRICS_TOKEN of the server as `Authorization: Bearer …`."
            return PlainTextResponse(remedy, 401, {"WWW-Authenticate": "Bearer"})
        await _ask(lambda: self._database.refresh(connection()))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
