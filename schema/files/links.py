"""Download links: signed, expiring and bound to one file; links issued to operators are marked."""

import hmac
import re
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from models.accounts.tokens.access_token import TokenIssuer
from schema.graphql.scalars import Url

LIFETIME = timedelta(minutes=10)
OPERATOR = "operator"
_DIGITS = re.compile(r"[1-9][0-9]{0,10}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


def _signature(issuer: TokenIssuer, file_id: str, expires: str, reader: str) -> str:
    return issuer.keyed_hash("file", ":".join(filter(None, (file_id, expires, reader))))


def file_url(issuer: TokenIssuer, file_id: UUID, now: datetime, *, operator: bool = False) -> Url:
    """Return a link to a file, relative to this server, valid for ten minutes."""
    expires = str(int((now + LIFETIME).timestamp()))
    query = {"expires": expires} | ({"reader": OPERATOR} if operator else {})
    signature = _signature(issuer, file_id.hex, expires, query.get("reader", ""))
    return Url(f"/files/{file_id.hex}?{urlencode(query | {'signature': signature})}")


def is_genuine(issuer: TokenIssuer, file_id: str, expires: str, reader: str, signature: str) -> bool:
    """Return whether the signature of a link is valid; does not check whether it has expired."""
    well_formed = (
        _HEX.fullmatch(file_id)
        and _DIGITS.fullmatch(expires)
        and signature.isascii()
        and reader in {"", OPERATOR}
    )
    return (
        hmac.compare_digest(_signature(issuer, file_id, expires, reader), signature) if well_formed else False
    )
