"""Reports of mail servers about undeliverable emails, at `/hooks/mail`.

The secret is compared before the body is read. A report never says in the response whether it mattered.
"""

import hmac
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.base.viewer import ANONYMOUS
from models.messages.bounce_report import LONGEST, read_report
from models.messages.bounces import take_report
from schema.graphql.rate_limit import RateLimit, bucket_of
from schema.graphql.services import Services
from schema.http.bodies import allow_large, read_body

MAIL = "/hooks/mail"
COST = 100  # of a request, from the bucket of its address
_PLAIN = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Hooks:
    """The route of reports."""

    def __init__(self, services: Callable[[], Services], secret: str | None) -> None:
        """Take a function that returns the services, and the secret of the mail server."""
        self._services = services
        self._secret = secret
        self._limit: RateLimit | None = None

    async def mail(self, request: Request) -> Response:
        """Take a report in `message/rfc822`; 204 whatever it is about, 401 without the secret."""
        if self._secret is None:
            return PlainTextResponse("MAIL_HOOK_SECRET is not set.", 404, headers=_PLAIN)
        services = self._services()
        settings = services.settings
        if settings.rate_limit_cost_per_minute:
            self._limit = self._limit or RateLimit(
                settings.rate_limit_cost_per_minute, settings.rate_limit_burst
            )
            bucket = bucket_of(ANONYMOUS, request.client.host if request.client else "")
            allowance = await self._limit.take(services.redis, services.redis_health, bucket, COST)
            if not allowance.passed:
                headers = {**_PLAIN, "Retry-After": str(max(1, allowance.retry_after))}
                return PlainTextResponse("Too many reports. Try again later.", 429, headers=headers)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._secret}".encode()):
            remedy = "Send the server's MAIL_HOOK_SECRET as `Authorization: Bearer …`."
            return PlainTextResponse(remedy, 401, headers={**_PLAIN, "WWW-Authenticate": "Bearer"})
        allow_large(request.scope, MAIL)
        body = await read_body(request, LONGEST)
        if body is None:
            return PlainTextResponse("The report is too large.", 413, headers=_PLAIN)
        await take_report(services.sending, read_report(body))
        return Response(status_code=204, headers=_PLAIN)
