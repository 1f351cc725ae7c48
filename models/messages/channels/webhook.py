"""Webhooks: signed POST requests to addresses that vendors chose, through the guarded transport.

Only a status from 200 to 299 is a success; redirects are not followed. Up to 64 kB of an answer are read, so
that the connection can be used again, and nothing of it is stored: a compressed one is not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.retry_after import retry_after
from models.messages.channels.webhook_signature import webhook_body, webhook_headers
from models.messages.parcels import Parcel
from models.messages.webhooks.target import WebhookTarget
from models.outside.refused import AddressRefused
from models.outside.transport import Bounds, OutsideTransport, outside_client, post_for_status
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

BOUNDS = Bounds(
    connect_seconds=5.0, step_seconds=15.0, seconds=15.0, most_bytes=64 << 10, most_connections=256
)
SECONDS = 20.0  # of one attempt, with resolving the name
_THROTTLED = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The channel. All lanes share one client, which keeps connections open."""

    transport: OutsideTransport
    now: Callable[[], datetime]
    lanes: int = 64
    kind: DispatchChannel = DispatchChannel.WEBHOOK
    seconds: float = SECONDS
    repeatable: bool = True  # receivers recognise the id
    charged: bool = False
    _client: httpx.AsyncClient = field(init=False, repr=False)

    def __post_init__(self) -> None:
        client = outside_client(self.transport, user_agent="Leadgate-Webhooks/1")
        object.__setattr__(self, "_client", client)

    def lane(self) -> "Webhooks":
        """Return the channel itself."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the body that would be sent now; the signature depends on the time of the attempt."""
        body = _body(_target(parcel)).decode()
        headers = (f"webhook-id: {parcel.message.id}", "content-type: application/json")
        return Preview(None, body, None, headers)

    async def send(self, parcel: Parcel) -> Result:
        """Post the event. The body is the same at each attempt, unless the subject's version has changed."""
        target = _target(parcel)
        if target.secrets is None:
            return Result(DispatchOutcome.TEMPORARY, Code.SEALED_OTHERWISE)
        now, body = self.now(), _body(target)
        headers = webhook_headers(target.secrets.in_use(now), str(parcel.message.id), now, body)
        headers["content-type"] = "application/json"
        return await self._post(target.url, body, headers, now)

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Result:
        try:
            return _result(await post_for_status(self._client, url, body, headers), now)
        except AddressRefused:
            return Result(DispatchOutcome.PERMANENT, Code.ADDRESS_NOT_ALLOWED)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)
        except httpx.TimeoutException:
            return Result(DispatchOutcome.TEMPORARY, Code.TIMED_OUT)
        except (httpx.HTTPError, httpx.InvalidURL):
            return Result(DispatchOutcome.TEMPORARY, Code.CONNECTION_LOST)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()


def _result(response: httpx.Response, now: datetime) -> Result:
    status = response.status_code
    if response.is_success:
        return Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED, str(status))
    if status == httpx.codes.GONE:
        return Result(DispatchOutcome.PERMANENT, Code.ENDPOINT_GONE, str(status))
    if status not in _THROTTLED:
        return Result(DispatchOutcome.TEMPORARY, Code.ANSWERED, str(status))
    wait = retry_after(response.headers.get("Retry-After"), now)
    return Result(DispatchOutcome.THROTTLED, Code.ANSWERED, str(status), retry_after=wait)


def _target(parcel: Parcel) -> WebhookTarget:
    if parcel.webhook is None:
        raise LookupError(f"dispatch {parcel.id} is not of an endpoint")
    return parcel.webhook


def _body(target: WebhookTarget) -> bytes:
    return webhook_body(target.event_type, target.at, target.node_id, target.version)
