"""A receiver of webhooks for development: it checks each signature and says what came."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import orjson

from models.messages.channels.webhook_signature import InvalidSignature, WebhookSecret, verify_webhook

MOST_BYTES = 64 << 10  # of a head, and of a body
SECONDS = 15.0  # of one request
_REQUEST = re.compile(rb"POST \S+ HTTP/1\.1\r\n")
_TYPE = re.compile(r"[a-z_.]{1,60}", re.ASCII)
_ANSWERS = {
    204: b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    400: b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    401: b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class _MalformedError(ValueError):
    """Not a request that a webhook would be."""


async def listen(
    secret: WebhookSecret,
    port: int,
    say: Callable[[str], object],
    count: int | None = None,
    *,
    ready: Callable[[], Awaitable[None]] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Answer webhooks on 127.0.0.1, and `say` a line for each, until `count` events have been verified.
    `ready` is awaited once connections are accepted.

    Raises `OSError` if the port is taken.
    """
    done = asyncio.Event()
    verified = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal verified
        status, line = await _answer(reader, secret, now)
        writer.write(_ANSWERS[status])
        writer.close()
        say(line)
        verified += status == 204
        if count is not None and verified >= count:
            done.set()

    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=MOST_BYTES)
    say(f"Listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    async with server:
        if ready is not None:
            await ready()
        await done.wait()


async def _answer(
    reader: asyncio.StreamReader, secret: WebhookSecret, now: Callable[[], datetime]
) -> tuple[int, str]:
    try:
        async with asyncio.timeout(SECONDS):
            headers, body = await _read(reader)
    except (_MalformedError, TimeoutError, ConnectionError, EOFError, asyncio.LimitOverrunError):
        return 400, "Not a webhook."
    try:
        message_id = verify_webhook([secret], headers, body, now())
    except InvalidSignature as error:
        return 401, f"Refused: {error}."
    return 204, f"{_told(body)} {message_id}"


async def _read(reader: asyncio.StreamReader) -> tuple[dict[str, str], bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    if not _REQUEST.match(head):
        raise _MalformedError("not a POST request")
    pairs = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,6}", length, re.ASCII) or int(length) > MOST_BYTES:
        raise _MalformedError("no length, or too long")
    return headers, await reader.readexactly(int(length))


def _told(body: bytes) -> str:
    """Return the type and the object of a body, if it has the expected form: this goes to a terminal."""
    try:
        event = orjson.loads(body)
        kind, node, version = event["type"], event["data"]["id"], event["data"]["version"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return "An event of another form:"
    if not (_TYPE.fullmatch(str(kind)) and re.fullmatch(r"[\w-]{1,100}", str(node), re.ASCII)):
        return "An event of another form:"
    return f"{kind} {node} version {version if isinstance(version, int) else '?'}"
