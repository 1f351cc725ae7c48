"""Owns the links to files and the route behind them: signed, expiring, bound to one file.

It must not ask who downloads: a link was given to somebody entitled, and says only whether to an operator.
"""

import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import connection
from models.files.list import open_file
from schema.graphql.scalars import Url
from schema.graphql.services import Services
from schema.http.downloads import NO_STORE, Downloads

LIFETIME = timedelta(minutes=10)
PATH = "/files/{file_id}"
_OPERATOR = "operator"
_DIGITS = re.compile(r"[1-9][0-9]{0,10}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


def _signature(issuer: TokenIssuer, file_id: str, expires: str, reader: str) -> str:
    return issuer.keyed_hash("file", ":".join(filter(None, (file_id, expires, reader))))


def file_url(issuer: TokenIssuer, file_id: UUID, now: datetime, *, operator: bool = False) -> Url:
    """Return a link to a file, relative to this server, good for ten minutes; an operator's is marked."""
    expires = str(int((now + LIFETIME).timestamp()))
    query = {"expires": expires} | ({"reader": _OPERATOR} if operator else {})
    signature = _signature(issuer, file_id.hex, expires, query.get("reader", ""))
    return Url(f"/files/{file_id.hex}?{urlencode(query | {'signature': signature})}")


class Files:
    """The route of downloads."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Take the services lazily: they exist once the server's lifespan has begun."""
        self._services = services
        self._downloads = Downloads()

    async def download(self, request: Request) -> Response:
        """Give a file to whoever has a good link: 404 without one, 410 for what it does not open any more."""
        services = self._services()
        file_id = request.path_params["file_id"]
        expires = request.query_params.get("expires", "")
        given = request.query_params.get("signature", "")
        reader = request.query_params.get("reader", "")
        well_formed = (
            _HEX.fullmatch(file_id)
            and _DIGITS.fullmatch(expires)
            and given.isascii()
            and reader in {"", _OPERATOR}
        )
        wanted = _signature(services.authentication.issuer, file_id, expires, reader)
        if not well_formed or not hmac.compare_digest(wanted, given):
            return _missing()
        if int(expires) <= services.now().timestamp():
            return _gone("The link has expired: ask for a new one.")
        file = await open_file(connection(), UUID(hex=file_id), operator=reader == _OPERATOR)
        if file is None:
            return _missing()
        if file.withheld:
            return _gone(file.withheld)
        return self._downloads.answer(file, operator=reader == _OPERATOR, head_only=request.method == "HEAD")


def _missing() -> Response:
    return PlainTextResponse("There is no such file.", 404, headers=NO_STORE)


def _gone(why: str) -> Response:
    return PlainTextResponse(why, 410, headers=NO_STORE)
