"""Requests to push services: the proof of who sends (RFC 8292), and how long and how urgently (RFC 8030)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from models.messages.channels.push.encryption import base64url, from_base64url, point_of

# RFC 8292, section 2: at most 24 hours; clocks differ.
_PROOF_LIFETIME = timedelta(hours=12)
_PROOF_USED = timedelta(hours=6)  # then a new one is made; section 4.2 advises to reuse them
_MOST_PROOFS = 1_000  # origins; browsers use a handful
_LONGEST_TOPIC = 32
_LONGEST_LIFE = timedelta(days=28)  # services store a message no longer


class Urgency(StrEnum):
    """Whether a message may wait until the device is awake (RFC 8030, section 5.3)."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class PushOutcome(StrEnum):
    """What a service did with a message."""

    ACCEPTED = "accepted"
    GONE = "gone"  # the subscription ended: the device is removed
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a key pair, whose public part browsers subscribe with, and a contact for the services.

    `contact` is a `mailto:` or `https:` URI.
    """

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    contact: str
    _proofs: dict[str, tuple[str, datetime]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def parse(cls, key: str, contact: str) -> Self:
        """Return the sender with a private key of 32 bytes in base64url. Raises ValueError."""
        number = from_base64url(key)
        if number is None:
            raise ValueError("the private key of push messages must be in base64url")
        return cls(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()), contact)

    @property
    def public_key(self) -> str:
        """The `applicationServerKey` of subscriptions, in base64url."""
        return base64url(point_of(self.key.public_key()))

    def authorization(self, endpoint: str, now: datetime) -> str:
        """Return the header Authorization for an endpoint: a token for its origin, which expires."""
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        proof, made_at = self._proofs.get(origin, ("", now - _PROOF_LIFETIME))
        if not timedelta(0) <= now - made_at < _PROOF_USED:
            if len(self._proofs) >= _MOST_PROOFS:
                self._proofs.clear()
            proof = self._prove(origin, now)
            self._proofs[origin] = proof, now
        return proof

    def _prove(self, origin: str, now: datetime) -> str:
        claims = {"aud": origin, "exp": int((now + _PROOF_LIFETIME).timestamp()), "sub": self.contact}
        token = jwt.encode(claims, self.key, algorithm="ES256")
        return f"vapid t={token}, k={self.public_key}"


def delivery_headers(now: datetime, *, until: datetime, urgency: Urgency, subject: str) -> dict[str, str]:
    """Return the headers of an encrypted message, without the proof of who sends.

    It is of no use after `until`. A message that was not delivered is replaced by a newer one about the same
    `subject`, which the service cannot read.
    """
    life = min(max(until - now, timedelta(0)), _LONGEST_LIFE)
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(life.total_seconds())),
        "Urgency": urgency,
        "Topic": base64url(hashlib.sha256(subject.encode()).digest())[:_LONGEST_TOPIC],
    }


_OUTCOMES: Mapping[int, PushOutcome] = {
    200: PushOutcome.ACCEPTED,
    201: PushOutcome.ACCEPTED,
    202: PushOutcome.ACCEPTED,
    204: PushOutcome.ACCEPTED,
    404: PushOutcome.GONE,
    410: PushOutcome.GONE,
    413: PushOutcome.TOO_LARGE,
    408: PushOutcome.UNAVAILABLE,
    429: PushOutcome.THROTTLED,
}


def outcome_of(status: int) -> PushOutcome:
    """Return what a status means; a redirect is refused, since it is not followed."""
    if status in _OUTCOMES:
        return _OUTCOMES[status]
    return PushOutcome.UNAVAILABLE if status >= 500 else PushOutcome.REFUSED
