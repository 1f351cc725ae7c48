"""Sends files in parts, with a limited number of downloads at the same time and a time limit for each.

The link has been checked before.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from models.base.database import connection
from models.files.file_name import seen_name
from models.files.list import FileHead, read_part
from schema.graphql.open_count import OpenCount

PART = 262_144  # bytes read from the database and pending for the client at a time
MOST_OF_A_FILE, MOST_OF_AN_ACCOUNT, MOST = 4, 6, 20  # concurrent downloads per process
MOST_READING = 4  # of them use the database concurrently
LEAST_SECONDS, LEAST_RATE = 30.0, 50_000  # time limit: these seconds, plus one per this many bytes
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._ -]")


class _Ended(Exception):  # noqa: N818 - stops early, which is not a fault
    """A file became unavailable while it was being downloaded."""


class Downloads:
    """The downloads of one process."""

    def __init__(self) -> None:
        """Start without downloads."""
        # For the account's own readers, and as many for operators.
        self._of_file = OpenCount(MOST_OF_A_FILE)
        self._of_account = OpenCount(MOST_OF_AN_ACCOUNT)
        self._all = OpenCount(MOST)
        self._reading = asyncio.Semaphore(MOST_READING)

    def answer(self, file: FileHead, *, operator: bool, head_only: bool = False) -> Response:
        """Return a response that streams the file, or an error if too many downloads are in progress."""
        if head_only:
            return Response(headers=_headers(file))
        if not self._of_file.take((file.id, operator)):
            return _busy(
                429,
                f"This file already has {MOST_OF_A_FILE} downloads in progress. Wait until one completes.",
            )
        if not self._of_account.take((file.account_id, operator)):
            self._of_file.free((file.id, operator))
            return _busy(
                429,
                f"This account already has {MOST_OF_AN_ACCOUNT} downloads in progress. "
                "Wait until one completes.",
            )
        if file.size > PART and not self._all.take(MOST):  # a file that fits one part never waits
            self._of_file.free((file.id, operator))
            self._of_account.free((file.account_id, operator))
            return _busy(503, "Too many downloads in progress. Try again later.")
        return _Download(self, file, operator=operator)

    async def read(self, file: FileHead, start: int, *, operator: bool) -> bytes:
        """Read a part when it is this download's turn."""
        async with self._reading:
            return await read_part(connection(), file.id, start, PART, operator=operator)

    def free(self, file: FileHead, *, operator: bool) -> None:
        """Free the slot."""
        self._of_file.free((file.id, operator))
        self._of_account.free((file.account_id, operator))
        if file.size > PART:
            self._all.free(MOST)


class _Download(StreamingResponse):
    """One download."""

    def __init__(self, downloads: Downloads, file: FileHead, *, operator: bool) -> None:
        super().__init__(self._parts(), headers=_headers(file))
        self._downloads, self._file, self._operator = downloads, file, operator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream the file; a download that takes too long is cut off, which the client detects by the
        length.
        """
        try:
            with suppress(TimeoutError, _Ended):
                async with asyncio.timeout(LEAST_SECONDS + self._file.size / LEAST_RATE):
                    await super().__call__(scope, receive, send)
        finally:
            self._downloads.free(self._file, operator=self._operator)

    async def _parts(self) -> AsyncIterator[bytes]:
        start = 0
        while start < self._file.size:
            part = await self._downloads.read(self._file, start, operator=self._operator)
            if not part:
                raise _Ended
            start += len(part)
            yield part


def _busy(status: int, message: str) -> Response:
    return PlainTextResponse(message, status, headers={**NO_STORE, "Retry-After": "10"})


def _headers(file: FileHead) -> dict[str, str]:
    name = seen_name(file.name)
    plain, encoded = _NOT_PLAIN.sub("_", name), quote(name, safe="")
    return {
        **NO_STORE,
        "Content-Type": file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Referrer-Policy": "no-referrer",
    }
