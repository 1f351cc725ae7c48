"""Signs requests as telephone systems do: for the simulator, the tests and the benchmark; pure."""

import base64
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from models.base.ids import new_id
from models.calls.phone import placetel, sipgate, twilio
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.request import FORM, JSON
from models.messages.channels.webhook_signature import WebhookSecret, webhook_headers


def new_signing_key() -> tuple[str, str]:
    """Return a new private key in the place of sipgate's, and its public key, both PEM."""
    key = generate_private_key(public_exponent=65_537, key_size=2_048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def signed_headers(
    driver: PhoneDriver, key: str, body: bytes, at: datetime, url: str, message_id: str | None = None
) -> Mapping[str, str]:
    """Return the headers of a provider that sends a body to an address now.

    `key` is the secret that both sides have, of SIPGATE the private key; `message_id` is for GENERIC.
    """
    match driver:
        case PhoneDriver.GENERIC:
            secret = WebhookSecret.parse(key)
            headers = webhook_headers([secret], message_id or f"msg_{new_id().hex}", at, body)
            return {"content-type": JSON, **headers}
        case PhoneDriver.SIPGATE:
            private = load_pem_private_key(key.encode(), None)
            if not isinstance(private, RSAPrivateKey):
                raise TypeError("sipgate signs with an RSA key")
            signature = base64.b64encode(private.sign(body, PKCS1v15(), SHA256())).decode()
            return {"content-type": FORM, sipgate.SIGNATURE: signature}
        case PhoneDriver.TWILIO:
            fields = sorted(set(parse_qsl(body.decode(), keep_blank_values=True)))
            text = "".join(name + value for name, value in fields)
            return {"content-type": FORM, twilio.SIGNATURE: twilio.signature(key, url, text)}
        case PhoneDriver.PLACETEL:
            return {"content-type": FORM, placetel.SIGNATURE: placetel.signature(key, body)}
