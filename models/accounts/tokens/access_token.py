"""Our own access tokens: JWTs signed with HS256, in the style of RFC 9068.

Nothing is looked up here: `authentication` asks the database whether the session is still valid.
"""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID, uuid4

import jwt

from models.accounts.tokens.claims import (
    Claims,
    InvalidToken,
    TokenProblem,
    Unverified,
    check_issued_for,
    check_valid_at,
    instant,
    peek,
    times_of,
    verified,
)

ALGORITHM = "HS256"
TYPE = "at+jwt"  # RFC 9068, 2.1: no other kind of token can be taken for an access token
SHORTEST_SECRET = 32  # bytes; RFC 7518, 3.2


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """The claims of a checked access token: the user, the session (family of refresh tokens) and its
    times.
    """

    user_id: UUID
    session_id: UUID
    token_id: str
    issued_at: datetime
    ends_at: datetime


FAMILY_LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TokenIssuer:
    """The names, key and lifetimes of our tokens. `ValueError` for a key below 32 bytes."""

    secret: bytes = field(repr=False)
    name: str = "leadgate"
    audience: str = "leadgate-api"
    access_lifetime: timedelta = timedelta(minutes=15)
    refresh_lifetime: timedelta = timedelta(days=30)
    family_lifetime: timedelta = FAMILY_LIFETIME  # then the user must enter the password again

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise ValueError(f"the signing key needs at least {SHORTEST_SECRET} bytes")

    def issue(
        self, user_id: UUID, session_id: UUID, now: datetime, not_after: datetime
    ) -> tuple[str, datetime]:
        """Return a token and when it expires: 15 minutes after `now`, in whole seconds, or at `not_after`."""
        issued = int(now.timestamp())
        ends = int(min(now + self.access_lifetime, not_after).timestamp())
        claims = {
            "iss": self.name,
            "aud": self.audience,
            "sub": str(user_id),
            "sid": str(session_id),
            "iat": issued,
            "exp": ends,
            "jti": uuid4().hex,
        }
        token = jwt.encode(claims, self.secret, algorithm=ALGORITHM, headers={"typ": TYPE})
        return token, datetime.fromtimestamp(ends, UTC)

    def decode(self, token: str, now: datetime, said: Unverified | None = None) -> AccessClaims:
        """Check signature, kind, names and times (valid while now < `exp`). Raises `InvalidToken`.

        `said`: what `peek` has read from this token, if it was called before.
        """
        if (said or peek(token)).type != TYPE:
            raise InvalidToken(TokenProblem.MALFORMED)
        signed, begins_at = _signed(token, self.secret, self.name, self.audience)
        check_valid_at(now, begins_at, signed.ends_at)
        return signed

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a hash (64 hexadecimal digits) of personal data, which cannot be looked up without the key.

        A token's signed text never contains a colon, so this hash cannot be a token's signature.
        """
        message = f"{purpose}:{text}".encode("utf-8", "backslashreplace")
        return hmac.new(self.secret, message, sha256).hexdigest()


@lru_cache(maxsize=4_096)
def _signed(token: str, secret: bytes, issuer: str, audience: str) -> tuple[AccessClaims, datetime]:
    """Return the claims of a token signed with our key, and from when on it is valid. All of this is checked
    once, because clients send a token often; the times are for the caller to check, each time.
    """
    claims = verified(token, secret, ALGORITHM)
    check_issued_for(claims, issuer, audience)
    ends_at, begins_at = times_of(claims)
    issued_at, token_id = instant(claims, "iat"), claims.get("jti")
    if issued_at is None or not isinstance(token_id, str):
        raise InvalidToken(TokenProblem.MALFORMED)
    signed = AccessClaims(_uuid(claims, "sub"), _uuid(claims, "sid"), token_id, issued_at, ends_at)
    return signed, begins_at or issued_at


def _uuid(claims: Claims, name: str) -> UUID:
    try:
        return UUID(claims[name])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise InvalidToken(TokenProblem.MALFORMED) from None
