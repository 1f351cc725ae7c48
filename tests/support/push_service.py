"""A push service on this machine that answers as it is told, browsers that decrypt, and stored devices."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import http_ece
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec

from jobs.sending import Sender as Lanes
from models.base.clock import database_now
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.messages.channels.push.encryption import base64url, from_base64url, point_of
from models.messages.channels.push.request import Sender
from models.messages.channels.push.service import BOUNDS, WebPush
from models.messages.devices.target import PushTarget, seal_target
from models.outside.guard import Guard
from models.outside.transport import Bounds, OutsideTransport
from tests.support.api import PUSH_KEY, Json
from tests.support.messages import CONTEXT, SEALER

SENDER = Sender.parse(PUSH_KEY, "mailto:ops@leadgate.test")
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


def status(line: str, *headers: str) -> bytes:
    """Return an answer with a status such as `410 Gone`, and these headers."""
    return "\r\n".join((f"HTTP/1.1 {line}", "Content-Length: 0", *headers, "", "")).encode()


@dataclass
class Browser:
    """A subscription of a browser, with what only the browser has: its private key."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    path: str = field(default_factory=lambda: f"/push/{new_id().hex}")

    @property
    def keys(self) -> dict[str, str]:
        """The keys of `PushSubscription.toJSON()`."""
        return {"p256dh": base64url(point_of(self.key.public_key())), "auth": base64url(self.secret)}

    def decrypt(self, body: bytes) -> Json:
        """Return a message, decrypted as RFC 8291 says by another implementation."""
        text = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        found: Json = orjson.loads(text)
        return found


@dataclass(frozen=True)
class Pushed:
    """One request that the service got."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """The server: `answer` is what it sends to each request, None for nothing."""

    port: int = 0
    answer: bytes | None = CREATED
    requests: list[Pushed] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origin(self) -> str:
        """The address of the service."""
        return f"http://127.0.0.1:{self.port}"

    def target(self, browser: Browser) -> PushTarget:
        """Return where a browser's messages go."""
        return PushTarget(self.origin + browser.path, **browser.keys)

    def messages(self, browser: Browser) -> list[Json]:
        """Return what a browser got, decrypted."""
        return [browser.decrypt(one.body) for one in self.requests if one.path == browser.path]

    def check_senders(self) -> None:
        """Check who sent each request as a service does (RFC 8292): a token for this origin, of our key."""
        for one in self.requests:
            scheme, _, given = one.headers["authorization"].partition(" ")
            fields = dict(part.strip().split("=", 1) for part in given.split(","))
            assert (scheme, fields["k"]) == ("vapid", SENDER.public_key)
            point = from_base64url(fields["k"])
            assert point is not None
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            claims = jwt.decode(
                fields["t"], key, ["ES256"], audience=self.origin, options={"verify_exp": False}
            )
            assert claims["sub"] == "mailto:ops@leadgate.test"

    def release(self) -> None:
        """Leave the clients that wait for an answer."""
        self._released.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve requests until the client leaves."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {
                    name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)
                }
                body = await reader.readexactly(int(headers["content-length"]))
                self.requests.append(Pushed(first.split(" ")[1], headers, body))
                self.asked.set()
                if self.answer is None:
                    await asyncio.wait(
                        [asyncio.ensure_future(reader.read()), asyncio.ensure_future(self._released.wait())],
                        return_when=asyncio.FIRST_COMPLETED,
                    )
                    break
                writer.write(self.answer)
                await writer.drain()
                if not self.answer:
                    break
        writer.close()


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """Yield a push service on 127.0.0.1."""
    running = PushService()
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()


def web_push(
    *allowed: PushService, now: Callable[[], datetime] = lambda: datetime.now(UTC), bounds: Bounds = BOUNDS
) -> WebPush:
    """Return the channel, which reaches these services of this machine only."""
    private = [("127.0.0.1", one.port) for one in allowed]
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return WebPush(SENDER, lambda: OutsideTransport(Guard(None, private=private), bounds, tls=tls), now)


async def send_pushes(*allowed: PushService) -> None:
    """Send the push messages that are due, by the database's clock."""
    now = await database_now(connection())
    lanes = Lanes(CONTEXT, web_push(*allowed, now=lambda: now))
    await lanes.send_due()
    await lanes.close()


async def make_device(
    user_id: UUID | None, target: PushTarget, *, session_id: UUID | None = None, name: str = "Firefox"
) -> UUID:
    """Store a device, also one at an address of this machine, and return its id."""
    device_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO device (id, user_id, session_id, kind, name, address_key, sealed, created_at)
           VALUES ($1, $2, $3, 'WEB', $4, $5, $6, leadgate_clock())""",
        device_id,
        user_id,
        session_id,
        name,
        CONTEXT.hashes.of("device", target.address),
        seal_target(SEALER, device_id, target),
    )
    return device_id
