"""`leadgate webhook listen`: what it answers, and what it prints."""

import asyncio
from datetime import UTC, datetime

from models.messages.channels.webhook_signature import WebhookSecret, webhook_body, webhook_headers
from models.messages.webhooks.listen import listen
from models.messages.webhooks.temporary import owner_with_email, temporary_endpoint
from tests.support.database import Database
from tests.support.marketplace import Marketplace
from tests.support.messages import SEALER
from tests.support.ports import free_port
from tests.support.reading import row as row_of
from tests.support.webhook_receiver import Receiver, make_endpoint, send_webhooks

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
SECRET = WebhookSecret.new()


def _request(secret: WebhookSecret, body: bytes) -> bytes:
    headers = {**webhook_headers([secret], "msg", NOW, body), "content-length": str(len(body))}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return ("POST / HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + body


async def test_only_signed_events_are_printed_and_answered_with_success() -> None:
    """Whatever else arrives is refused, and ends nothing; a body never reaches the terminal unchecked."""
    said: asyncio.Queue[str] = asyncio.Queue()
    running = asyncio.create_task(listen(SECRET, 0, said.put_nowait, 2, now=lambda: NOW))
    port = int((await said.get()).rstrip("/").rpartition(":")[2])

    async def post(request: bytes) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        status = int((await reader.read()).split(b" ")[1])
        writer.close()
        return status, await said.get()

    body = webhook_body("application.accepted", NOW, "QXBw", 3)
    forged = _request(WebhookSecret.new(), body)
    assert await post(forged) == (401, "Refused: no signature fits.")
    assert await post(b"GET / HTTP/1.1\r\n\r\n") == (400, "Not a webhook.")
    assert await post(b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n") == (400, "Not a webhook.")
    escape = _request(SECRET, b'{"type": "\\u001b[2J", "data": {"id": "x", "version": 1}}')
    assert await post(escape) == (204, "An event of another form: msg")
    assert await post(_request(SECRET, body)) == (204, "application.accepted QXBw version 3 msg")
    await running


async def test_an_endpoint_exists_while_somebody_listens(place: Marketplace, database: Database) -> None:
    """The test event arrives when connections are accepted; one left by an earlier run is replaced."""
    port = free_port()
    allowed = Receiver(port=port)
    left, _ = await make_endpoint(place.vendor.owner, allowed, path="/")
    email = (await row_of("users", id=place.vendor.owner.user_id))["email"]
    assert await owner_with_email("nobody@person.example") is None
    owner = await owner_with_email(email)
    assert owner is not None
    said: list[str] = []
    await database.clock.set(datetime.now(UTC))  # that of the receiver

    async def ready() -> None:
        await endpoint.send_test()
        sending.append(asyncio.create_task(send_webhooks(allowed)))

    sending: list[asyncio.Task[None]] = []
    async with temporary_endpoint(owner, SEALER, port) as endpoint:
        assert (await row_of("webhook_endpoint", id=left))["deleted_at"] is not None
        await listen(endpoint.secret, port, said.append, 1, ready=ready)
        await asyncio.gather(*sending)
    assert said[0] == f"Listening on http://127.0.0.1:{port}/"
    assert said[1].startswith("webhook.test ")
    assert (await row_of("webhook_endpoint", id=endpoint.id))["deleted_at"] is not None
