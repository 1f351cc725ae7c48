"""Events of telephone systems, at `/phone/{id}`, as each provider sends them.

A provider waits for the answer while a telephone rings. So each request is answered within a second, whatever
happens to the database: with 503 if the provider repeats it, otherwise as if all were well, and counted as
lost. The event that a provider repeats is recognised by its key, also if the first attempt was carried out.
"""

import asyncio
import math
import time
from collections.abc import Callable
from typing import TypeAlias
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.base.database import connection
from models.base.metrics import PHONE_EVENTS, PHONE_EVENTS_LOST
from models.base.public_id import public_id, row_id_of
from models.base.sealing import SealBroken
from models.base.unavailable import RETRY_AFTER, TooSlow, Unavailable
from models.base.viewer import ANONYMOUS
from models.calls.phone.address import webhook_url
from models.calls.phone.drivers import DRIVERS, PhoneDriver
from models.calls.phone.event import PhoneEvent
from models.calls.phone.gather import Gathering
from models.calls.phone.request import LONGEST_BODY, MalformedRequest, PhoneRequest
from models.calls.phone.system import System, read_system
from models.calls.phone.tables import PhoneEventResult
from models.calls.phone.take_event import SystemChanged, TakenEvent
from schema.graphql.rate_limit import Advance, RateLimit, bucket_of
from schema.graphql.services import Services
from schema.http.bodies import read_body

ANSWER_SECONDS = 0.8  # for everything that waits for the database or Redis
A_MINUTE, BURST = 12_000, 1_000  # events of one telephone system
IN_ADVANCE = 10  # events that a process takes from the bucket at once
_UNKNOWN_COST = 100  # of a request to an address that this process does not know, from its sender's bucket
_LOOK_AGAIN_SECONDS = 1.0  # at a system's secrets, if a signature does not fit
_MOST_KNOWN = 200
_PLAIN = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NOT_TAKEN = TakenEvent(PhoneEventResult.IGNORED)

# A telephone system, and when it was last read because a signature did not fit.
_Known: TypeAlias = tuple[System, float]
_log = structlog.get_logger(__name__)


class PhoneEvents:
    """The route of telephone systems, with those that this process has heard of."""

    def __init__(
        self, services: Callable[[], Services], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Take a function that returns the services, and this machine's clock."""
        self._services = services
        self._monotonic = monotonic
        self._known: dict[UUID, _Known] = {}
        self._gathering = Gathering()
        self._limit = Advance(RateLimit(A_MINUTE, BURST), IN_ADVANCE)
        self._of_senders: RateLimit | None = None
        self._late: set[asyncio.Task[Response]] = set()  # held, because a loop refers to its tasks weakly

    async def take(self, request: Request) -> Response:
        """Take an event; the response is the provider's."""
        system_id = row_id_of(request.path_params["id"], "PhoneSystem")
        if system_id is None:
            return _unknown()
        body = await read_body(request, LONGEST_BODY)
        if body is None:
            return _text("The event is too large.", 413)
        task = asyncio.create_task(self._take(system_id, request, body))
        done, _ = await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        if not done:
            # Its connection may take long to let go; nobody waits for that.
            self._late.add(task)
            task.add_done_callback(self._forget_late)
            task.cancel()
            return self._not_taken(system_id, request, "late")
        error = task.exception()
        if error is None:
            return task.result()
        if not isinstance(error, Unavailable | TooSlow):
            # The text of an error may quote a number.
            _log.error("phone_event_failed", error=type(error).__name__)
        return self._not_taken(system_id, request, "unavailable")

    def _forget_late(self, task: asyncio.Task[Response]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()  # reported already

    async def _take(self, system_id: UUID, request: Request, body: bytes) -> Response:
        known = await self._system(system_id, request)
        for _ in range(3):
            if isinstance(known, Response):
                return known
            system, looked_at = known
            said = self._request(system, request, body)
            now = self._services().now()
            if not DRIVERS[system.driver].verified(system.secrets(now), said, now):
                if self._monotonic() - looked_at < _LOOK_AGAIN_SECONDS:
                    return self._count(system, "refused", _text("", 401))
                # Its secret may have been rotated since it was read.
                known = await self._read(system_id, self._monotonic())
                continue
            try:
                return await self._verified(system, said)
            except SystemChanged:
                known = await self._read(system_id)
        raise RuntimeError("the telephone system changed several times during one request")

    async def _verified(self, system: System, said: PhoneRequest) -> Response:
        """Respond to a request that the system has signed. Raises `SystemChanged`."""
        services, driver = self._services(), DRIVERS[system.driver]
        if services.settings.rate_limit_cost_per_minute:
            key = f"phone:{system.id}"
            allowance = await self._limit.take(services.redis, services.redis_health, key, 1)
            if not allowance.passed:
                again = {"Retry-After": str(max(1, allowance.retry_after))}
                return self._count(system, "limited", _text("Too many events.", 429, again))
        if said.media_type not in driver.media_types:
            types = " or ".join(sorted(driver.media_types))
            return self._count(system, "malformed", _text(f"Send {types}.", 415))
        try:
            event: PhoneEvent | None = driver.read(said)
        except MalformedRequest as error:
            return self._count(system, "malformed", _text(f"{error}.", 400))
        taken = _NOT_TAKEN
        if event is not None:
            taken = await self._gathering.take(services.wake, system, event, said.body)
        return self._count(system, taken.result.lower(), self._answer(system.driver, system.id, taken))

    async def _system(self, system_id: UUID, request: Request) -> _Known | Response:
        known = self._known.get(system_id)
        if known is not None:
            return known
        services = self._services()
        settings = services.settings
        if settings.rate_limit_cost_per_minute:
            self._of_senders = self._of_senders or RateLimit(
                settings.rate_limit_cost_per_minute, settings.rate_limit_burst
            )
            bucket = bucket_of(ANONYMOUS, request.client.host if request.client else "")
            allowance = await self._of_senders.take(
                services.redis, services.redis_health, bucket, _UNKNOWN_COST
            )
            if not allowance.passed:
                return _text("Too many requests.", 429, {"Retry-After": str(max(1, allowance.retry_after))})
        return await self._read(system_id)

    async def _read(self, system_id: UUID, looked_at: float = -math.inf) -> _Known | Response:
        """Read a telephone system, and remember it for when the database is away."""
        try:
            system = await read_system(connection(), self._services().sending.sealer, system_id)
        except SealBroken:
            _log.error("phone_system_sealed_under_another_key", system=str(system_id))
            raise
        if system is None:
            self._known.pop(system_id, None)
            return _unknown()
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[system_id] = known = (system, looked_at)
        return known

    def _request(self, system: System, request: Request, body: bytes) -> PhoneRequest:
        url = (system.public_url or self._address(system.id)).partition("?")
        query = request.url.query
        signed = f"{url[0]}?{query}" if query else "".join(url)
        headers = {name.lower(): value for name, value in request.headers.items()}
        return PhoneRequest(signed, headers, body, dict(request.query_params))

    def _address(self, system_id: UUID) -> str:
        return webhook_url(self._services().settings.origin, system_id)

    def _not_taken(self, system_id: UUID, request: Request, why: str) -> Response:
        """Respond to a request whose event was not stored, as far as is known."""
        known = self._known.get(system_id)
        driver = known[0].driver if known is not None else _guessed(request)
        if driver is None or DRIVERS[driver].repeats:
            again = {"Retry-After": str(RETRY_AFTER)}
            if driver is not None:
                PHONE_EVENTS.labels(driver, why).inc()
            return _text("Not available. Send it again.", 503, again)
        PHONE_EVENTS_LOST.labels(driver).inc()
        return self._answer(driver, system_id, _NOT_TAKEN)

    def _answer(self, driver: PhoneDriver, system_id: UUID, taken: TakenEvent) -> Response:
        answer = DRIVERS[driver].answer
        if answer is None:
            call = None if taken.call_id is None else public_id("Call", taken.call_id)
            return JSONResponse({"call": call, "result": taken.result.value}, headers=_PLAIN)
        known = self._known.get(system_id)
        url = (known[0].public_url if known is not None else None) or self._address(system_id)
        return Response(answer(url), media_type="application/xml", headers=_PLAIN)

    def _count(self, system: System, result: str, response: Response) -> Response:
        PHONE_EVENTS.labels(system.driver, result).inc()
        return response


def _guessed(request: Request) -> PhoneDriver | None:
    """Return the driver whose signature a request has: all that is known of a system that was never read."""
    return next((name for name, driver in DRIVERS.items() if driver.header in request.headers), None)


def _unknown() -> Response:
    return _text("Unknown address.", 404)


def _text(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status, headers={**_PLAIN, **(headers or {})})
