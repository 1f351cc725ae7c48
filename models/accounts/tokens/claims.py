"""Checks that every token passes: form, signature, issuer, audience and times.

The caller supplies the time and the key.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

import orjson
from jwt import PyJWS
from jwt.algorithms import AllowedPublicKeys
from jwt.exceptions import InvalidSignatureError, PyJWTError

LONGEST_TOKEN = 8_192  # characters; the limit of a header line is no higher
CLOCK_SKEW = timedelta(seconds=5)  # how far the clocks of two servers may differ: never in favour of `exp`

Claims = dict[str, Any]  # a token's, by name, as JSON

_JWS = PyJWS()


class TokenProblem(StrEnum):
    """Why a token is invalid; an honest client meets only EXPIRED and ENDED."""

    MALFORMED = "MALFORMED"
    NO_ACCESS_TOKEN = "NO_ACCESS_TOKEN"  # noqa: S105 - a kind of problem
    UNKNOWN_ISSUER = "UNKNOWN_ISSUER"
    WRONG_SIGNATURE = "WRONG_SIGNATURE"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    WRONG_CLIENT = "WRONG_CLIENT"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    ENDED = "ENDED"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    UNKNOWN_USER = "UNKNOWN_USER"


class InvalidToken(Exception):  # noqa: N818 - named after the problem, as in `contact_data`
    """A token is invalid; `reason` is safe to log and to show."""

    def __init__(self, reason: TokenProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Unverified:
    """The claims of a token before any check: use them only to choose the key for verification."""

    algorithm: str
    key_id: str | None
    type: str | None
    issuer: str


@lru_cache(maxsize=1_024)
def peek(token: str) -> Unverified:
    """Read which key a token is to be verified with. Raises `InvalidToken` MALFORMED."""
    if len(token) > LONGEST_TOKEN:
        raise InvalidToken(TokenProblem.MALFORMED)
    try:
        parts = _JWS.decode_complete(token, options={"verify_signature": False})
    except (PyJWTError, ValueError):
        raise InvalidToken(TokenProblem.MALFORMED) from None
    header: dict[str, Any] = parts["header"]
    algorithm, type_ = header.get("alg"), header.get("typ")
    issuer = _object(parts["payload"]).get("iss")
    if not isinstance(algorithm, str) or not isinstance(issuer, str):
        raise InvalidToken(TokenProblem.MALFORMED)
    if type_ is not None and not isinstance(type_, str):
        raise InvalidToken(TokenProblem.MALFORMED)
    # RFC 7515, 4.1.9: case does not matter, and "application/" may be left out.
    type_ = type_.lower().removeprefix("application/") if type_ is not None else None
    return Unverified(algorithm, header.get("kid"), type_, issuer)


def verified(token: str, key: AllowedPublicKeys | bytes, algorithm: str) -> Claims:
    """Return the claims of a token signed by this key with exactly this algorithm.

    Raises `InvalidToken` WRONG_SIGNATURE or MALFORMED.
    """
    try:
        parts = _JWS.decode_complete(token, key, algorithms=[algorithm])
    except InvalidSignatureError:
        raise InvalidToken(TokenProblem.WRONG_SIGNATURE) from None
    except (PyJWTError, ValueError, TypeError):
        raise InvalidToken(TokenProblem.MALFORMED) from None
    return _object(parts["payload"])


def check_issued_for(claims: Claims, issuer: str, audience: str) -> None:
    """Check `iss` and `aud` (RFC 7519, 4.1.1 and 4.1.3). Raises `InvalidToken`."""
    if claims.get("iss") != issuer:
        raise InvalidToken(TokenProblem.UNKNOWN_ISSUER)
    named = claims.get("aud")
    if audience not in (named if isinstance(named, list) else [named]):
        raise InvalidToken(TokenProblem.WRONG_AUDIENCE)


def check_times(claims: Claims, now: datetime) -> datetime:
    """Return when a token expires: it is valid while now < `exp`, to the microsecond (RFC 7519, 4.1.4).

    `nbf` and `iat`, when given, may lie up to 5 s ahead. Raises `InvalidToken`.
    """
    ends_at, begins_at = times_of(claims)
    check_valid_at(now, begins_at, ends_at)
    return ends_at


def times_of(claims: Claims) -> tuple[datetime, datetime | None]:
    """Return when a token expires, and the later of `nbf` and `iat`. Raises `InvalidToken`."""
    ends_at = instant(claims, "exp")
    if ends_at is None:
        raise InvalidToken(TokenProblem.MALFORMED)
    begins = [begins_at for name in ("nbf", "iat") if (begins_at := instant(claims, name)) is not None]
    return ends_at, max(begins, default=None)


def check_valid_at(now: datetime, begins_at: datetime | None, ends_at: datetime) -> None:
    """Check that a token is valid already, and still. Raises `InvalidToken`."""
    if begins_at is not None and begins_at > now + CLOCK_SKEW:
        raise InvalidToken(TokenProblem.NOT_YET_VALID)
    if now >= ends_at:
        raise InvalidToken(TokenProblem.EXPIRED)


def instant(claims: Claims, name: str) -> datetime | None:
    """Return a claim that is a time (RFC 7519's NumericDate: seconds, UTC), or None when it is absent."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidToken(TokenProblem.MALFORMED)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise InvalidToken(TokenProblem.MALFORMED) from None


def _object(payload: bytes) -> Claims:
    try:
        claims = orjson.loads(payload)
    except orjson.JSONDecodeError:
        raise InvalidToken(TokenProblem.MALFORMED) from None
    if not isinstance(claims, dict):
        raise InvalidToken(TokenProblem.MALFORMED)
    return claims
