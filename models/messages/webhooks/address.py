"""The address of an endpoint, checked before it is stored; it is checked again at each attempt."""

import httpx

from models.messages.refusals import MessageRefusal
from models.outside.transport import OutsideTransport

LONGEST_URL = 2000


async def check_url(outside: OutsideTransport, url: str) -> None:
    """Raise `Refusal` INVALID for an address that may not be requested or cannot be resolved now.

    The reason is the same in all cases, so that nobody can map a network with it.
    """
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable():
        raise MessageRefusal.ENDPOINT_URL_INVALID.at("url")
    try:
        parsed = httpx.URL(url)
        _ = parsed.host  # raises UnicodeError for a malformed A-label, as each attempt would
        await outside.check(parsed)
    except (httpx.InvalidURL, httpx.TransportError, UnicodeError):
        raise MessageRefusal.ENDPOINT_URL_INVALID.at("url") from None
