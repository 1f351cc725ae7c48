"""Benchmark of webhooks: signing and posting, against a bare loop of httpx; and sending to 100 endpoints of
which one never answers, against sending to the others alone.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import httpx
import orjson

from bench import environment
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median
from bench.sending import CONTEXT
from bench.webhook_sink import webhook_sink
from jobs.sending import Sender
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.messages.channels.channel import Lane, Preview, Result
from models.messages.channels.webhook import BOUNDS, Webhooks
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.parcels import Parcel, read_parcels
from models.messages.webhooks.secrets import seal_secret
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport
from models.process.gc_tuning import look_less_often
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

ENDPOINTS, ROUNDS, LANES = 100, 5, 64
_ENDPOINT = """INSERT INTO webhook_endpoint (id, version, account_id, url, events, state, secret, watches,
                                             created_at)
    SELECT $1, 1, (SELECT id FROM account LIMIT 1), $2, '["LEAD_DELIVERED"]', 'ACTIVE', $3, 0, now()"""
_EVENTS = """WITH event AS (
        INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
                                    idempotency_key, created_at, not_before, expanded_at, parameters)
        SELECT gen_random_uuid(), 'webhook_test', 'OPTIONAL', 'LEADS', endpoint, endpoint,
               (SELECT id FROM policy ORDER BY effective_from DESC LIMIT 1), gen_random_uuid()::text,
               now(), now(), now(), '{}'
        FROM unnest($1::uuid[]) AS endpoint, generate_series(1, $2) RETURNING id, subject)
    INSERT INTO dispatch (id, message_id, channel, endpoint_id, due_at, state, version, attempts)
    SELECT gen_random_uuid(), id, 'WEBHOOK', subject, now(), 'WAITING', 1, 0 FROM event"""
_FORGET = """WITH forgotten AS (DELETE FROM dispatch_attempt USING dispatch
                                WHERE dispatch_id = dispatch.id AND endpoint_id = $1)
    DELETE FROM dispatch WHERE endpoint_id = $1"""


class Counting:
    """The channel, which tells when a number of webhooks has been accepted."""

    kind = DispatchChannel.WEBHOOK
    lanes, seconds, repeatable, charged = LANES, 20.0, True, False

    def __init__(self, inner: Webhooks, number: int) -> None:
        """Count what this channel sends."""
        self._inner, self._left, self.over = inner, number, asyncio.Event()

    def lane(self) -> Lane:
        """Return the channel itself."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the body."""
        return self._inner.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Send it."""
        result = await self._inner.send(parcel)
        self._left -= result.outcome is DispatchOutcome.ACCEPTED
        if self._left == 0:
            self.over.set()
        return result

    async def close(self) -> None:
        """Leave the connections open, because all lanes share them."""


async def run(options: Options) -> list[Figure]:
    """Post the same events by the channel and by httpx, then send with and without a dead endpoint."""
    per_endpoint = options.pick(10, 4)
    with environment.services() as pair, webhook_sink() as (accepting, hanging):
        url = await environment.make_database(pair, "webhooks")
        async with loading(url, leads=10) as loaded:
            await load_marketplace(loaded, leads=10, vendors=1, now=datetime.now(UTC))
        async with environment.models_on(url):
            look_less_often()
            alive = [await _endpoint(accepting) for _ in range(ENDPOINTS - 1)]
            dead = await _endpoint(hanging)
            private = [("127.0.0.1", accepting), ("127.0.0.1", hanging)]
            posted, bare = [], []
            parcels = await _parcels(alive, per_endpoint)
            for _ in range(ROUNDS):
                bare.append(await _rate(len(parcels), lambda: _bare(accepting, parcels)))
                channel = _channel(private)
                posted.append(await _rate(len(parcels), lambda of=channel: _post(of, parcels)))  # type: ignore[misc]
                await channel.close()
            await fetch(connection(), "DELETE FROM dispatch")
            without: list[float] = []
            with_dead: list[float] = []
            for _ in range(ROUNDS):
                for more, rates in (((), without), ((dead,), with_dead)):
                    rates.append(await _sent(private, alive, more, per_endpoint))
    to_bare = [one / other for one, other in zip(posted, bare, strict=True)]
    to_alone = [one / other for one, other in zip(with_dead, without, strict=True)]
    return [
        Figure("signed and posted, relative to a bare loop of httpx", median(to_bare), "times", least=0.7),
        Figure("signed and posted", median(posted), "webhooks per second"),
        Figure("bare loop of httpx with ready bytes", median(bare), "requests per second"),
        Figure("with one dead endpoint of 100, relative to without", median(to_alone), "times", least=0.95),
        Figure("sent to 99 endpoints", median(without), "webhooks per second"),
    ]


async def _endpoint(port: int) -> UUID:
    endpoint_id = new_id()
    secret = seal_secret(CONTEXT.sealer, endpoint_id, WebhookSecret.new())
    await fetch(connection(), _ENDPOINT, endpoint_id, f"http://127.0.0.1:{port}/", secret)
    return endpoint_id


def _channel(private: Sequence[tuple[str, int]]) -> Webhooks:
    transport = OutsideTransport(Guard(None, private=private), BOUNDS)
    return Webhooks(transport, lambda: datetime.now(UTC), lanes=LANES)


async def _parcels(endpoints: Sequence[UUID], per_endpoint: int) -> Sequence[Parcel]:
    await fetch(connection(), _EVENTS, list(endpoints), per_endpoint)
    rows = await fetch(connection(), "SELECT id FROM dispatch")
    return await read_parcels(connection(), CONTEXT, [row["id"] for row in rows], datetime.now(UTC))


async def _by_lanes(parcels: Sequence[Parcel], send: Callable[[Parcel], Awaitable[object]]) -> None:
    async def lane(part: Sequence[Parcel]) -> None:
        for parcel in part:
            await send(parcel)

    await asyncio.gather(*(lane(parcels[number::LANES]) for number in range(LANES)))


async def _rate(count: int, work: Callable[[], Awaitable[object]]) -> float:
    """Return how many per second `work` does."""
    began = time.perf_counter()
    await work()
    return count / (time.perf_counter() - began)


async def _post(channel: Webhooks, parcels: Sequence[Parcel]) -> None:
    await _by_lanes(parcels, channel.send)


async def _bare(port: int, parcels: Sequence[Parcel]) -> None:
    """Post ready bytes of the same size with the same headers by as many lanes."""
    body = orjson.dumps({"type": "webhook.test", "timestamp": "x" * 20, "data": {"id": "x" * 54}})
    headers = {
        "content-type": "application/json",
        "webhook-id": "x" * 36,
        "webhook-timestamp": "1" * 10,
        "webhook-signature": "v1," + "x" * 44,
    }
    limits = httpx.Limits(max_connections=LANES, max_keepalive_connections=LANES)
    async with httpx.AsyncClient(limits=limits) as client:

        async def send(_: Parcel) -> None:
            (await client.post(f"http://127.0.0.1:{port}/", content=body, headers=headers)).raise_for_status()

        await _by_lanes(parcels, send)


async def _sent(
    private: Sequence[tuple[str, int]], alive: Sequence[UUID], dead: Sequence[UUID], per_endpoint: int
) -> float:
    """Return the rate at which the events of the endpoints that answer are sent by one worker."""
    number = len(alive) * per_endpoint
    await fetch(connection(), _EVENTS, [*dead, *alive], per_endpoint)
    webhooks = _channel(private)
    channel = Counting(webhooks, number)
    sending = asyncio.create_task(Sender(CONTEXT, channel).run())
    measured = await _rate(number, channel.over.wait)
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    await webhooks.close()
    for endpoint_id in dead:
        await fetch(connection(), _FORGET, endpoint_id)
    return measured


BENCHMARK = Benchmark(
    "webhooks",
    "Sending webhooks",
    "Events that are signed and posted over 64 lanes to a receiver on this machine, compared with a bare "
    "loop of httpx to the same receiver. And events for 99 endpoints, claimed, decided, signed, posted and "
    "noted by one worker, with another endpoint that never answers, compared with the same without it.",
    run,
)
