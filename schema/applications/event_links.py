"""Links to the file of an application's calendar event: signed, expiring, and bound to one user."""

import hmac
import re
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from models.accounts.tokens.access_token import TokenIssuer
from schema.graphql.scalars import Url

LIFETIME = timedelta(minutes=10)
_DIGITS = re.compile(r"[1-9][0-9]{0,10}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


def event_url(issuer: TokenIssuer, origin: str, application_id: UUID, user_id: UUID, now: datetime) -> Url:
    """Return the link to a user's copy of an event, valid for ten minutes."""
    expires = str(int((now + LIFETIME).timestamp()))
    signature = _signature(issuer, application_id.hex, user_id.hex, expires)
    query = urlencode({"expires": expires, "reader": user_id.hex, "signature": signature})
    return Url(f"{origin}/calendar/events/{application_id.hex}.ics?{query}")


def is_genuine(issuer: TokenIssuer, application_id: str, reader: str, expires: str, signature: str) -> bool:
    """Return whether the signature of a link is valid; does not check whether it has expired."""
    if not (_HEX.fullmatch(application_id) and _HEX.fullmatch(reader) and _DIGITS.fullmatch(expires)):
        return False
    expected = _signature(issuer, application_id, reader, expires)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def _signature(issuer: TokenIssuer, application_id: str, reader: str, expires: str) -> str:
    return issuer.keyed_hash("calendar-event", f"{application_id}:{reader}:{expires}")
