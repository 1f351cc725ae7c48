"""Signatures of webhooks by Standard Webhooks 1.0, and secrets that are rotated without a gap.

While a rotation overlaps, each request has two signatures, and a receiver accepts it if either secret fits.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import orjson

ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(minutes=5)
_PREFIX = "whsec_"
_BYTES = 32
_FEWEST_BYTES, _MOST_BYTES = 24, 64
_VERSION = "v1"


class InvalidSignature(ValueError):  # noqa: N818 - named for what came
    """A request is not signed with one of the secrets, or not recently; the message quotes nothing."""


class WebhookSecret:
    """A symmetric key of 24 to 64 bytes; its text form never shows it."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        """Take the bytes of a key. Raises ValueError for a length that the standard does not allow."""
        if not _FEWEST_BYTES <= len(key) <= _MOST_BYTES:
            raise ValueError(f"a webhook secret has {_FEWEST_BYTES} to {_MOST_BYTES} bytes")
        self._key = key

    @classmethod
    def new(cls) -> Self:
        """Return a new random secret of 32 bytes."""
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the secret that `reveal` returned. Raises ValueError; the message does not quote it."""
        try:
            key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
        except ValueError as error:  # also for characters outside ASCII
            raise ValueError("a webhook secret is whsec_ and base64") from error
        return cls(key)

    def reveal(self) -> str:
        """Return the secret as its owner sees it, once: `whsec_` and base64."""
        return _PREFIX + base64.b64encode(self._key).decode()

    def sign(self, message_id: str, timestamp: int, body: bytes) -> str:
        """Return the signature of a message's id, the seconds of this attempt, and the exact bytes sent."""
        signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
        digest = hmac.new(self._key, signed, hashlib.sha256).digest()
        return f"{_VERSION},{base64.b64encode(digest).decode()}"

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        return isinstance(other, WebhookSecret) and hmac.compare_digest(self._key, other._key)

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return "<WebhookSecret>"


@dataclass(frozen=True, slots=True)
class EndpointSecrets:
    """The secret of an endpoint, and the one before it, until `rotates_until`."""

    current: WebhookSecret
    previous: WebhookSecret | None = None
    rotates_until: datetime | None = None

    def in_use(self, now: datetime) -> tuple[WebhookSecret, ...]:
        """Return the secrets that sign now, the current one first."""
        if self.previous and self.rotates_until and now < self.rotates_until:
            return (self.current, self.previous)
        return (self.current,)

    def rotate(self, secret: WebhookSecret, now: datetime, overlap: timedelta) -> "EndpointSecrets":
        """Return the secrets after a rotation; a secret that was still on its way out ends immediately."""
        return EndpointSecrets(secret, self.current, now + overlap)


def webhook_headers(
    keys: Iterable[WebhookSecret], message_id: str, now: datetime, body: bytes
) -> dict[str, str]:
    """Return the headers of one attempt. The id is the same at each attempt, so that receivers recognise it.

    Raises ValueError for an id with a full stop, which separates what is signed, or outside printable ASCII.
    """
    if not message_id or "." in message_id or not (message_id.isascii() and message_id.isprintable()):
        raise ValueError("a message id is printable ASCII without a full stop")
    timestamp = int(now.timestamp())
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: " ".join(key.sign(message_id, timestamp, body) for key in keys),
    }


def verify_webhook(
    keys: Iterable[WebhookSecret], headers: Mapping[str, str], body: bytes, now: datetime
) -> str:
    """Return the id of a request that is signed with one of the secrets, at most five minutes ago or ahead.

    Raises InvalidSignature. A receiver still has to ignore an id that it has processed.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, sent, signatures = (
        given.get(name, "") for name in (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)
    )
    if not (message_id and signatures and sent.isascii() and sent.isdecimal() and len(sent) <= len("9" * 12)):
        raise InvalidSignature("a header is missing or malformed")
    timestamp = int(sent)
    if abs(now.timestamp() - timestamp) > TOLERANCE.total_seconds():
        raise InvalidSignature("the timestamp is too old or too far ahead")
    received = [one.encode() for one in signatures.split(" ")]
    expected = [key.sign(message_id, timestamp, body).encode() for key in keys]
    fits = [hmac.compare_digest(one, other) for one in expected for other in received]
    if not any(fits):
        raise InvalidSignature("no signature fits")
    return message_id


def webhook_body(event: str, at: datetime, node_id: str, version: int) -> bytes:
    """Return the body: what happened to which object. Receivers ask the API for more, where rights apply."""
    return orjson.dumps(
        {"type": event, "timestamp": at, "data": {"id": node_id, "version": version}},
        option=orjson.OPT_UTC_Z,
    )
