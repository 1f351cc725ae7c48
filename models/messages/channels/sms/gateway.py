"""SMS through the configured provider, by HTTP.

A request whose fate is unclear is never simply repeated, because each accepted SMS costs money: a provider
that can be asked is asked before the next attempt, and for one that cannot, a person decides.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from models.contact_data.sms_numbers import may_receive
from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.retry_after import retry_after
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.provider import (
    Accepted,
    FindAnswer,
    NotFound,
    Refused,
    SendAnswer,
    SmsProvider,
    SmsRefusal,
    SmsRequest,
)
from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

_MOST_BYTES = 64 * 1024  # that are read of an answer
_CONNECT_SECONDS = 5.0
_CODES: Mapping[SmsRefusal, Code] = {
    SmsRefusal.NUMBER_REFUSED: Code.RECIPIENT_REFUSED,
    SmsRefusal.OPTED_OUT: Code.OPTED_OUT,
    SmsRefusal.TEXT_REFUSED: Code.CONTENT_REFUSED,
    SmsRefusal.REQUEST_REFUSED: Code.REQUEST_REFUSED,
    SmsRefusal.SENDER_REFUSED: Code.SENDER_REFUSED,
    SmsRefusal.NOT_SIGNED_IN: Code.NOT_SIGNED_IN,
    SmsRefusal.NO_CREDIT: Code.NO_CREDIT,
    SmsRefusal.THROTTLED: Code.THROTTLED,
    SmsRefusal.UNAVAILABLE: Code.UNAVAILABLE,
}
_OF_THE_NUMBER = frozenset({SmsRefusal.NUMBER_REFUSED, SmsRefusal.OPTED_OUT})


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """The channel. `seconds` is the limit of one request; an attempt makes up to two: it asks, and sends."""

    form: SmsForm
    provider: SmsProvider
    request_seconds: float = 15.0
    lanes: int = 2
    kind: DispatchChannel = DispatchChannel.SMS
    charged: bool = True

    @property
    def seconds(self) -> float:
        """The time limit of one attempt."""
        return 2 * self.request_seconds

    @property
    def repeatable(self) -> bool:
        """Whether the provider can be asked about a message before it is sent again."""
        return self.provider.find("", "", datetime.now(UTC)) is not None

    def lane(self) -> "SmsLane":
        """Return a new lane."""
        return SmsLane(self)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the text that would be sent now."""
        return self.form.preview(parcel)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The status of an answer, the beginning of its body, and the seconds that it asks to wait."""

    status: int
    body: bytes
    retry_after: float | None


class SmsLane:
    """One client of the provider's API; each request has a new connection.

    On a kept one, the provider can hang up while a request is on its way, and the message would be in doubt.
    """

    def __init__(self, gateway: SmsGateway) -> None:
        """Take the channel; nothing is connected yet."""
        self._gateway = gateway
        self._client: httpx.AsyncClient | None = None

    async def send(self, parcel: Parcel) -> Result:
        """Send a parcel. After the first attempt, ask first whether an earlier one has arrived."""
        number, reference, provider = parcel.recipient.address, str(parcel.id), self._gateway.provider
        since = parcel.first_attempt_at or datetime.now(UTC)
        if number is None or not may_receive(number):
            return Result(DispatchOutcome.PERMANENT, Code.RECIPIENT_REFUSED)
        question = provider.find(number, reference, since) if parcel.attempts > 1 else None
        if question is not None:
            asked = await self._ask(question)
            if isinstance(asked, Result):  # whatever went wrong now, an earlier attempt may have arrived
                return Result(DispatchOutcome.UNCERTAIN, asked.code, asked.detail)
            found = provider.read_find(asked.status, asked.body, reference)
            if not isinstance(found, NotFound):
                return _result(found, asked)
        answer = await self._ask(provider.send(number, self._gateway.form.text(parcel), reference))
        if isinstance(answer, Result):
            return answer
        return _result(provider.read_send(answer.status, answer.body), answer)

    async def close(self) -> None:
        """Close the client."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _ask(self, request: SmsRequest) -> _Answer | Result:
        """Make one request; without an answer, return whether it can have reached the provider."""
        try:
            async with asyncio.timeout(self._gateway.request_seconds):
                return await self._read(request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)
        except (TimeoutError, httpx.TimeoutException):
            return Result(DispatchOutcome.UNCERTAIN, Code.TIMED_OUT)
        except httpx.TransportError:
            return Result(DispatchOutcome.UNCERTAIN, Code.CONNECTION_LOST)

    async def _read(self, request: SmsRequest) -> _Answer:
        if self._client is None:
            seconds = self._gateway.request_seconds
            self._client = httpx.AsyncClient(
                timeout=httpx.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds / 2)),
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
                trust_env=False,
                follow_redirects=False,
            )
        headers = {**request.headers, "Accept-Encoding": "identity"}
        async with self._client.stream(
            request.method, request.url, headers=headers, content=request.body
        ) as response:
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                if len(body) > _MOST_BYTES:  # cut: its status counts
                    break
            wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        return _Answer(response.status_code, bytes(body[:_MOST_BYTES]), wait)


def _result(answer: SendAnswer | FindAnswer, read: _Answer) -> Result:
    """Return the result of an attempt; the detail is the provider's numeric code."""
    match answer:
        case Accepted(reference=reference):
            return Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED, reference=reference)
        case Refused(why=why, detail=detail):
            outcome = DispatchOutcome.PERMANENT if why.permanent else DispatchOutcome.TEMPORARY
            if why is SmsRefusal.THROTTLED:
                outcome = DispatchOutcome.THROTTLED
            bounced = BounceAbout.MAILBOX if why in _OF_THE_NUMBER else None
            return Result(outcome, _CODES[why], detail, retry_after=read.retry_after, bounce=bounced)
        case _:
            return Result(DispatchOutcome.UNCERTAIN, Code.ANSWER_UNCLEAR, str(read.status))
