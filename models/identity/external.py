"""Owns checking tokens of issuers that are not ours, by the public keys that they publish.

It must not create users: an identity is linked by the operator, in `external_identity`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import httpx

from models.identity.claims import InvalidToken, TokenProblem, check_issued_for, check_times, peek, verified
from models.identity.key_set import KeySet
from models.identity.keys import ALGORITHMS

LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
# Anything else, such as `logout+jwt`, is no token to ask with (RFC 8725, 3.11).
_TYPES = frozenset({None, "jwt", "at+jwt"})


@dataclass(frozen=True, slots=True)
class ExternalClaims:
    """What a checked token says: who, as this issuer knows them, and until when."""

    issuer: str
    subject: str
    ends_at: datetime


class ExternalIssuers:
    """The issuers that the settings name; `client` is the caller's, who closes it."""

    def __init__(self, issuers: Sequence[tuple[str, str]], audience: str, client: httpx.AsyncClient) -> None:
        """Take pairs of issuer and JWKS URL. `ValueError` for a URL without https (loopback: http too)."""
        self._audience = audience
        self._key_sets = {issuer: KeySet(issuer, url, client) for issuer, url in issuers}

    async def decode(self, token: str, now: datetime) -> ExternalClaims:
        """Check a token's signature (RS256, ES256 or EdDSA), names and times. Raises `InvalidToken`."""
        header = peek(token)
        key_set = self._key_sets.get(header.issuer)
        if key_set is None:
            raise InvalidToken(TokenProblem.UNKNOWN_ISSUER)
        if header.algorithm not in ALGORITHMS or header.type not in _TYPES:
            raise InvalidToken(TokenProblem.MALFORMED)
        key = await key_set.find(header.key_id, header.algorithm, now)
        if key is None:
            raise InvalidToken(TokenProblem.UNKNOWN_KEY)
        claims = verified(token, key.public, key.algorithm)
        check_issued_for(claims, header.issuer, self._audience)
        ends_at = check_times(claims, now)
        subject = claims.get("sub")
        if (
            not isinstance(subject, str)
            or not 0 < len(subject) <= LONGEST_SUBJECT
            or not subject.isprintable()
        ):
            raise InvalidToken(TokenProblem.MALFORMED)
        return ExternalClaims(header.issuer, subject, ends_at)
