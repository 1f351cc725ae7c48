"""Owns asking a register over HTTP: `GET <url>?country=PL&kind=NIP&number=…` gives `{"status": "CLOSED"}`.

It must not follow a redirect, read without end, or believe an answer of another form.
"""

import httpx
import orjson

from models.complaints.evidence.business_register import RegisterStatus
from models.complaints.evidence.identifiers import IdentifierKind

MOST_BYTES = 16_384


class UnexpectedAnswer(Exception):  # noqa: N818 - named for what came
    """A register answered what cannot be used; the text does not quote it."""


class HttpRegister:
    """A register behind a URL; `client` is the caller's, who closes it."""

    def __init__(self, client: httpx.AsyncClient, url: str, *, seconds: float = 4.0) -> None:
        """Take the register's URL; `seconds` is the longest wait for each step of an answer.

        `ValueError` for a URL that is not http or https, or holds a password: it is named beside findings.
        """
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise ValueError("the register's URL is none") from error
        if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
            raise ValueError("the register's URL must be http or https, without a user or a password")
        self._client, self._url, self._seconds = client, parsed, seconds
        self.source = f"business register {parsed.host}"[:100]

    async def status(self, identifier_kind: IdentifierKind, number: str, country: str) -> RegisterStatus:
        """Return what the register says. Raises `httpx.HTTPError` or `UnexpectedAnswer`."""
        asked = self._url.copy_merge_params(
            {"country": country, "kind": str(identifier_kind), "number": number}
        )
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        async with self._client.stream(
            "GET", asked, headers=headers, follow_redirects=False, timeout=self._seconds
        ) as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                return RegisterStatus.UNKNOWN
            if response.status_code != httpx.codes.OK:
                raise UnexpectedAnswer(f"status {response.status_code}")
            return _read(await _body(response))


async def _body(response: httpx.Response) -> bytes:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise UnexpectedAnswer("compressed, though it was asked not to be")
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > MOST_BYTES:
            raise UnexpectedAnswer(f"longer than {MOST_BYTES} bytes")
    return bytes(body)


def _read(body: bytes) -> RegisterStatus:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnexpectedAnswer("not JSON") from None
    status = answer.get("status") if isinstance(answer, dict) else None
    if not isinstance(status, str) or status not in RegisterStatus.__members__:
        raise UnexpectedAnswer("no status that is known")
    return RegisterStatus(status)
