"""The interface of a channel's adapter, and how an attempt ended.

An adapter never touches the database: a parcel has everything that it needs.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome


class Code(StrEnum):
    """How an attempt ended, in words of ours; a provider's text is never stored."""

    ACCEPTED = "accepted"
    WRITTEN = "written"  # to a file
    NOT_CONNECTED = "not_connected"
    NO_TLS = "no_tls"
    NOT_SIGNED_IN = "not_signed_in"
    SENDER_REFUSED = "sender_refused"
    RECIPIENT_REFUSED = "recipient_refused"
    OPTED_OUT = "opted_out"  # the recipient asked the provider to stop
    CONTENT_REFUSED = "content_refused"
    TOO_LARGE = "too_large"
    SMTPUTF8 = "smtputf8"  # the address needs it, and the server does not offer it
    REQUEST_REFUSED = "request_refused"
    NO_CREDIT = "no_credit"  # at the provider
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    ANSWER_UNCLEAR = "answer_unclear"
    CONNECTION_LOST = "connection_lost"
    TIMED_OUT = "timed_out"
    LEASE_ENDED = "lease_ended"  # the worker ended, or hung, during the attempt
    NOT_WRITTEN = "not_written"
    ANSWERED = "answered"  # a receiver's status, in the detail, that is not a success
    DEVICE_GONE = "device_gone"  # 404 or 410: the device is removed
    ENDPOINT_GONE = "endpoint_gone"  # 410
    ADDRESS_NOT_ALLOWED = "address_not_allowed"  # private, or not https
    SEALED_OTHERWISE = "sealed_otherwise"  # the stored secret cannot be opened: KEY_FILE is another one
    FAULT = "fault"  # of ours; the log has its place


# What would end the next attempt in the same way, whatever its message is.
OF_THE_CHANNEL = frozenset(
    {
        Code.NOT_CONNECTED,
        Code.NO_TLS,
        Code.NOT_SIGNED_IN,
        Code.SENDER_REFUSED,
        Code.NO_CREDIT,
        Code.UNAVAILABLE,
        Code.NOT_WRITTEN,
    }
)


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt ended. `detail` has numeric codes only, such as "550 5.1.1".

    `retry_after` is the earliest next attempt that the provider asks for, in seconds. `bounce` is set if the
    provider refused the address itself.
    """

    outcome: DispatchOutcome
    code: Code
    detail: str = ""
    reference: str | None = None
    retry_after: float | None = None
    bounce: BounceAbout | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent now, without the tokens of links. `html` is None on channels without it."""

    subject: str | None
    text: str
    html: str | None
    headers: tuple[str, ...]


class Lane(Protocol):
    """One way to the provider, such as a connection, which is opened when it is needed; one parcel at a
    time.
    """

    async def send(self, parcel: Parcel) -> Result:
        """Send a parcel. What a provider does is a result, never an exception."""

    async def close(self) -> None:
        """Close the connection."""


class Channel(Protocol):
    """A channel with its provider.

    `lanes` is how many parcels are on their way at the same time, `seconds` the time limit of one attempt.
    `repeatable`: the recipient or the provider recognises a repeat. `charged`: a repeat can cost twice.
    """

    @property
    def kind(self) -> DispatchChannel:
        """The channel."""

    @property
    def lanes(self) -> int:
        """The number of lanes."""

    @property
    def seconds(self) -> float:
        """The time limit of one attempt."""

    @property
    def repeatable(self) -> bool:
        """Whether a repeat does no harm."""

    @property
    def charged(self) -> bool:
        """Whether each attempt that is accepted costs money."""

    def lane(self) -> Lane:
        """Return a new lane."""

    def preview(self, parcel: Parcel) -> Preview:
        """Return what would be sent."""
