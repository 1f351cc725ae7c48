"""Push messages to browsers: encrypted for one device and posted to its push service (RFC 8030), through the
guarded transport, because a client chose the address.

A message has a title and the id of what it is about, and no contact data. The page reads the rest through the
API. Redirects are not followed, and nothing of an answer is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import orjson

from models.base.public_id import public_id
from models.feed.kinds import MessageSubject, MessageTemplate
from models.messages.channels.channel import Code, Lane, Preview, Result
from models.messages.channels.push.encryption import encrypt
from models.messages.channels.push.request import (
    PushOutcome,
    Sender,
    Urgency,
    delivery_headers,
    outcome_of,
)
from models.messages.channels.retry_after import retry_after
from models.messages.compose import LONGEST_SUBJECT, one_line
from models.messages.devices.target import PushTarget, SealedOtherwise
from models.messages.parcels import Parcel
from models.outside.refused import AddressRefused
from models.outside.transport import Bounds, OutsideTransport, outside_client, post_for_status
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

LANES = 16
BOUNDS = Bounds(
    connect_seconds=3.0, step_seconds=5.0, seconds=8.0, most_bytes=64 << 10, most_connections=2 * LANES
)
_REVEALS = frozenset({MessageTemplate.CONTACT_AVAILABLE, MessageTemplate.LEAD_DELIVERED})
_TYPES: Mapping[MessageSubject, str] = {
    MessageSubject.APPLICATION: "Application",
    MessageSubject.DELIVERY: "Delivery",
    MessageSubject.COMPLAINT: "Complaint",
}
_RESULTS: Mapping[PushOutcome, tuple[DispatchOutcome, Code]] = {
    PushOutcome.ACCEPTED: (DispatchOutcome.ACCEPTED, Code.ACCEPTED),
    PushOutcome.GONE: (DispatchOutcome.PERMANENT, Code.DEVICE_GONE),
    PushOutcome.TOO_LARGE: (DispatchOutcome.PERMANENT, Code.TOO_LARGE),
    PushOutcome.REFUSED: (DispatchOutcome.PERMANENT, Code.ANSWERED),
    PushOutcome.THROTTLED: (DispatchOutcome.THROTTLED, Code.ANSWERED),
    PushOutcome.UNAVAILABLE: (DispatchOutcome.TEMPORARY, Code.ANSWERED),
}


@dataclass(frozen=True, slots=True)
class PushMessage:
    """A message before it is encrypted: useless after `until`, and replaced by a newer one of the `topic`."""

    payload: bytes
    topic: str
    urgency: Urgency
    until: datetime


def message_of(parcel: Parcel, now: datetime) -> PushMessage:
    """Return what a parcel says, in less than 3 kB. Raises `LookupError` for a parcel without words."""
    if parcel.words is None:
        raise LookupError(f"message {parcel.message.id} has no words")
    words = parcel.words(parcel.recipient.locale, parcel.recipient.time_zone)
    head = parcel.message
    payload = {
        "title": one_line(words.title, LONGEST_SUBJECT),
        "id": public_id(_TYPES[head.template.about], head.subject),
    }
    until = parcel.ends_at or now + timedelta(seconds=parcel.policy.messages.give_up_after)
    urgency = Urgency.HIGH if head.template in _REVEALS else Urgency.NORMAL
    return PushMessage(orjson.dumps(payload), head.subject.hex, urgency, until)


class WebPush:
    """The channel. Nothing is connected, and no certificates are read, before a lane is asked for."""

    kind = DispatchChannel.PUSH
    seconds = BOUNDS.connect_seconds + BOUNDS.seconds
    repeatable = True  # the service replaces one that was not delivered, and the device one that is shown
    charged = False

    def __init__(
        self,
        sender: Sender,
        outside: Callable[[], OutsideTransport],
        now: Callable[[], datetime],
        *,
        lanes: int = LANES,
    ) -> None:
        """Take who sends, how to reach addresses that clients chose, and the clock."""
        self.sender, self.lanes = sender, lanes
        self._outside, self._now = outside, now
        self._client: httpx.AsyncClient | None = None

    def lane(self) -> Lane:
        """Return a new lane; all share the connections of one client."""
        if self._client is None:
            self._client = outside_client(self._outside(), user_agent="Leadgate-Push/1")
        return _Lane(self.sender, self._client, self._now)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the message before it is encrypted."""
        now = self._now()
        message = message_of(parcel, now)
        headers = delivery_headers(now, until=message.until, urgency=message.urgency, subject=message.topic)
        return Preview(None, message.payload.decode(), None, tuple(f"{k}: {v}" for k, v in headers.items()))


class _Lane:
    def __init__(self, sender: Sender, client: httpx.AsyncClient, now: Callable[[], datetime]) -> None:
        self._sender, self._client, self._now = sender, client, now

    async def send(self, parcel: Parcel) -> Result:
        """Encrypt and post the message. What is uncertain is repeated: it replaces the first one."""
        if parcel.target is None:
            raise LookupError(f"dispatch {parcel.id} is not of a device")
        if isinstance(parcel.target, SealedOtherwise):
            return Result(DispatchOutcome.TEMPORARY, Code.SEALED_OTHERWISE)
        now = self._now()
        headers, body = compose_push(self._sender, parcel, parcel.target, now)
        return await self._post(parcel.target.address, body, headers, now)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Result:
        try:
            return _result(await post_for_status(self._client, url, body, headers), now)
        except (AddressRefused, httpx.InvalidURL):
            return Result(DispatchOutcome.PERMANENT, Code.ADDRESS_NOT_ALLOWED)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)
        except httpx.TimeoutException:
            return Result(DispatchOutcome.UNCERTAIN, Code.TIMED_OUT)
        except httpx.HTTPError:
            return Result(DispatchOutcome.UNCERTAIN, Code.CONNECTION_LOST)


def compose_push(
    sender: Sender, parcel: Parcel, target: PushTarget, now: datetime
) -> tuple[dict[str, str], bytes]:
    """Return the headers and the encrypted body of the request for one device."""
    message = message_of(parcel, now)
    headers = delivery_headers(now, until=message.until, urgency=message.urgency, subject=message.topic)
    headers["Authorization"] = sender.authorization(target.address, now)
    return headers, encrypt(message.payload, target.keys)


def _result(response: httpx.Response, now: datetime) -> Result:
    outcome, code = _RESULTS[outcome_of(response.status_code)]
    wait = retry_after(response.headers.get("Retry-After"), now)
    return Result(outcome, code, str(response.status_code), retry_after=wait)
