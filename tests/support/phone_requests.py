"""Requests of telephone systems, signed as each provider signs, for tests and the benchmark."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import assert_never
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from models.base.ids import new_id
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.request import PhoneRequest
from models.calls.phone.signing import new_signing_key, signed_headers
from models.messages.channels.webhook_signature import WebhookSecret

URL = "https://leadgate.example/phone/abc"
Pairs = Sequence[tuple[str, str]]


@cache
def _sipgate_keys(place: int) -> tuple[str, str]:
    return new_signing_key()


def public_pem(place: int = 0) -> str:
    """Return the key that sipgate would publish, the same one for each place during a test run."""
    return _sipgate_keys(place)[1]


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
    signs = _sipgate_keys(key_place)[0] if driver is PhoneDriver.SIPGATE else secret
    headers = signed_headers(driver, signs, body, at, url, key)
    return PhoneRequest(url, headers, body, dict(parse_qsl(urlsplit(url).query)))


def form(fields: Mapping[str, str | Sequence[str]] | Pairs) -> bytes:
    """Return a form."""
    return urlencode(fields, doseq=True).encode()


def message(**values: object) -> bytes:
    """Return a body of GENERIC; `from_` is the member `from`."""
    named = {name.rstrip("_"): value for name, value in values.items()}
    return orjson.dumps(named)
