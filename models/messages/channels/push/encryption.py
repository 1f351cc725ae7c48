"""Encryption of push messages for one device (RFC 8291, with the content encoding of RFC 8188).

Only the browser can read the message; the push service sees its size.
"""

import base64
import binascii
import os
import re
import struct
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_RECORD_BYTES = 4096
_TAG_BYTES, _HEADER_BYTES, _POINT_BYTES = 16, 86, 65
# RFC 8291, section 4: one record, and services need not accept a body of more than 4,096 bytes.
MOST_BYTES = _RECORD_BYTES - _HEADER_BYTES - _TAG_BYTES - 1
_AUTH_BYTES = _SALT_BYTES = _KEY_BYTES = 16
_NONCE_BYTES = 12
_LAST_RECORD = b"\x02"
_BASE64URL = re.compile("[A-Za-z0-9_-]*")


class InvalidDeviceKeys(ValueError):  # noqa: N818 - named for what came
    """The keys of a device cannot be used; the message does not quote them."""


@dataclass(frozen=True, slots=True, repr=False)
class DeviceKeys:
    """The public key and the authentication secret that a browser made for a subscription."""

    public: ec.EllipticCurvePublicKey
    secret: bytes

    @classmethod
    def parse(cls, p256dh: str, auth: str) -> Self:
        """Return the keys in the form of `PushSubscription.toJSON()`: base64url. Raises InvalidDeviceKeys."""
        point, secret = from_base64url(p256dh), from_base64url(auth)
        if point is None or secret is None or len(point) != _POINT_BYTES or len(secret) != _AUTH_BYTES:
            raise InvalidDeviceKeys("p256dh must have 65 bytes and auth 16, in base64url")
        try:
            public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError as error:
            raise InvalidDeviceKeys("p256dh is not a point on the curve P-256") from error
        return cls(public, secret)


def encrypt(
    message: bytes,
    keys: DeviceKeys,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push message: up to 3,993 bytes for one device.

    `sender` and `salt` are new for each message; tests give those of the RFC. Raises ValueError.
    """
    if len(message) > MOST_BYTES:
        raise ValueError(f"a push message has at most {MOST_BYTES} bytes")
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    sender_point, device_point = point_of(sender.public_key()), point_of(keys.public)
    shared = sender.exchange(ec.ECDH(), keys.public)
    input_key = _derive(shared, keys.secret, b"WebPush: info\0" + device_point + sender_point, 32)
    content_key = _derive(input_key, salt, b"Content-Encoding: aes128gcm\0", _KEY_BYTES)
    nonce = _derive(input_key, salt, b"Content-Encoding: nonce\0", _NONCE_BYTES)
    sealed = AESGCM(content_key).encrypt(nonce, message + _LAST_RECORD, None)
    return salt + struct.pack(">IB", _RECORD_BYTES, len(sender_point)) + sender_point + sealed


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point of 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(data: bytes) -> str:
    """Return data in base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes | None:
    """Return the bytes of a text in base64url, with or without padding; None if it is malformed."""
    data = text.rstrip("=")
    if not _BASE64URL.fullmatch(data):
        return None
    try:
        return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
    except binascii.Error:
        return None


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
