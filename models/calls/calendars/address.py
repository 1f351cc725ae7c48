"""The address of a calendar: a secret, because whoever knows it reads the calendar."""

from dataclasses import dataclass, field
from uuid import UUID

import httpx

from models.base.sealing import Sealer
from models.calls.calendars.limits import LONGEST_URL
from models.calls.refusals import CallRefusal
from models.outside.transport import OutsideTransport

_SUBSCRIBED = "webcal://"  # what programs write for an address to subscribe to; it is requested with TLS


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be requested, and its host, which is all that is shown of it."""

    text: str = field(repr=False)
    host: str


async def check_address(outside: OutsideTransport, text: str) -> Address:
    """Return the address, if it may be requested and can be resolved now.

    It is checked again at each request. Raises `Refusal` INVALID, which is the same in all cases, so that
    nobody can map a network with it, and does not quote the address.
    """
    text = text.strip()
    if text.lower().startswith(_SUBSCRIBED):
        text = f"https://{text[len(_SUBSCRIBED) :]}"
    if len(text) > LONGEST_URL or not text.isascii() or not text.isprintable():
        raise CallRefusal.CALENDAR_URL_INVALID.at("url")
    try:
        url = httpx.URL(text)
        _ = url.host  # raises UnicodeError for a malformed A-label, as each request would
        await outside.check(url)
    except (httpx.InvalidURL, httpx.TransportError, UnicodeError):
        raise CallRefusal.CALENDAR_URL_INVALID.at("url") from None
    return Address(str(url), url.host)


def seal_address(sealer: Sealer, calendar_id: UUID, address: Address) -> bytes:
    """Return an address as it is stored."""
    return sealer.seal(_label(calendar_id), address.text.encode())


def open_address(sealer: Sealer, calendar_id: UUID, sealed: bytes) -> str:
    """Return a stored address. Raises `SealBroken` if it was sealed under another key."""
    return sealer.open(_label(calendar_id), sealed).decode()


def _label(calendar_id: UUID) -> str:
    return f"calendar:{calendar_id}"
