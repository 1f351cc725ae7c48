"""A business register over HTTP: `GET <url>?country=PL&kind=NIP&number=…` returns `{"status": "CLOSED"}`.

Redirects are not followed, the size of responses is limited, and any other response is an error.
"""

import httpx
import orjson

from models.complaints.evidence.business_register import RegisterStatus
from models.complaints.evidence.identifiers import IdentifierKind
from models.outside.reading import read_answer

MOST_BYTES = 16_384


class UnexpectedAnswer(Exception):  # noqa: N818 - named for what came
    """A register sent an unusable response; the message does not quote it."""


class HttpRegister:
    """A register at a URL; `client` belongs to the caller, who closes it."""

    def __init__(self, client: httpx.AsyncClient, url: str, *, seconds: float = 4.0) -> None:
        """Take the register's URL; `seconds` is the timeout of each step of a request.

        Raises `ValueError` for a URL that is not http or https or contains a password, because findings show
        its host.
        """
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise ValueError("the business register's URL is invalid") from error
        if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
            raise ValueError(
                "the business register's URL must use http or https and contain no user name or password"
            )
        self._client, self._url, self._seconds = client, parsed, seconds
        self.source = f"business register {parsed.host}"[:100]

    async def status(self, identifier_kind: IdentifierKind, number: str, country: str) -> RegisterStatus:
        """Return the status in the register. Raises `httpx.HTTPError` or `UnexpectedAnswer`."""
        asked = self._url.copy_merge_params(
            {"country": country, "kind": str(identifier_kind), "number": number}
        )
        answer = await read_answer(
            self._client, asked, accept="application/json", most_bytes=MOST_BYTES, seconds=self._seconds
        )
        if answer.status == httpx.codes.NOT_FOUND:
            return RegisterStatus.UNKNOWN
        if answer.status != httpx.codes.OK:
            raise UnexpectedAnswer(f"status {answer.status}")
        return _read(answer.body)


def _read(body: bytes) -> RegisterStatus:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnexpectedAnswer("not JSON") from None
    status = answer.get("status") if isinstance(answer, dict) else None
    if not isinstance(status, str) or status not in RegisterStatus.__members__:
        raise UnexpectedAnswer("unknown status")
    return RegisterStatus(status)
