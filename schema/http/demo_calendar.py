"""The calendar of the demo's employee, which the demo's worker reads like any other feed."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from models.seed.calendar import demo_calendar

_MEDIA_TYPE = "text/calendar"


class DemoCalendar:
    """The endpoint; only for servers that are not reachable from other machines."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the clock, by which the events are always near."""
        self._now = now

    async def show(self, request: Request) -> Response:
        """Answer with the calendar, or 304 if the client has it."""
        content = demo_calendar(self._now().date()).encode()
        etag = f'"{sha256(content).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(content, headers={"ETag": etag}, media_type=_MEDIA_TYPE)
