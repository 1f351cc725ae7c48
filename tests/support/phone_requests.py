"""Requests of telephone systems, signed as each provider signs, for tests and the benchmark."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import assert_never
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.base.ids import new_id
from models.calls.phone import placetel, sipgate, twilio
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.request import FORM, JSON, PhoneRequest
from models.messages.channels.webhook_signature import WebhookSecret, webhook_headers

URL = "https://leadgate.example/phone/abc"
Pairs = Sequence[tuple[str, str]]


@cache
def sipgate_key(place: int = 0) -> RSAPrivateKey:
    """Return a key like sipgate's own, the same one for each place during a test run."""
    return generate_private_key(public_exponent=65_537, key_size=2_048)


def public_pem(place: int = 0) -> str:
    """Return the key that sipgate would publish."""
    public = sipgate_key(place).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def new_secret(driver: PhoneDriver) -> str:
    """Return a secret of a telephone system as it is stored."""
    match driver:
        case PhoneDriver.GENERIC:
            return WebhookSecret.new().reveal()
        case PhoneDriver.SIPGATE:
            return public_pem()
        case PhoneDriver.TWILIO | PhoneDriver.PLACETEL:
            return new_id().hex
    assert_never(driver)


def signed(
    driver: PhoneDriver,
    secret: str,
    body: bytes,
    at: datetime,
    *,
    url: str = URL,
    key: str | None = None,
    key_place: int = 0,
) -> PhoneRequest:
    """Return the request of a provider that sends this body now; `key` is the id of a message of GENERIC."""
    headers = {"content-type": JSON if driver is PhoneDriver.GENERIC else FORM}
    match driver:
        case PhoneDriver.GENERIC:
            parsed = WebhookSecret.parse(secret)
            headers |= webhook_headers([parsed], key or f"msg_{new_id().hex}", at, body)
        case PhoneDriver.SIPGATE:
            given = sipgate_key(key_place).sign(body, PKCS1v15(), SHA256())
            headers[sipgate.SIGNATURE] = base64.b64encode(given).decode()
        case PhoneDriver.TWILIO:
            fields = "".join(name + value for name, value in sorted(parse_qsl(body.decode(), True)))
            headers[twilio.SIGNATURE] = twilio.signature(secret, url, fields)
        case PhoneDriver.PLACETEL:
            headers[placetel.SIGNATURE] = placetel.signature(secret, body)
    return PhoneRequest(url, headers, body, dict(parse_qsl(urlsplit(url).query)))


def form(fields: Mapping[str, str | Sequence[str]] | Pairs) -> bytes:
    """Return a form."""
    return urlencode(fields, doseq=True).encode()


def message(**values: object) -> bytes:
    """Return a body of GENERIC; `from_` is the member `from`."""
    named = {name.rstrip("_"): value for name, value in values.items()}
    return orjson.dumps(named)
