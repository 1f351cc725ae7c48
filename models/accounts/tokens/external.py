"""Verification of tokens of external issuers, with the public keys that they publish.

Users are never created here: the operator links an identity, in `external_identity`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from models.accounts.tokens.claims import (
    Claims,
    InvalidToken,
    TokenProblem,
    check_issued_for,
    check_times,
    instant,
    peek,
    verified,
)
from models.accounts.tokens.key_set import KeySet
from models.accounts.tokens.keys import ALGORITHMS

LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
LONGEST_LIFE = timedelta(hours=1)  # we cannot revoke such a token
ACCESS_TOKEN = "at+jwt"  # noqa: S105 - RFC 9068, 2.1: no other kind of token can be taken for it

# Distinguish an access token from an ID token if an issuer gives both the same `typ`: scopes, or a claim
# specific to the issuer (Keycloak, Cognito).
_OF_ACCESS = ("scope", "scp")
_SAYS_ACCESS = (("typ", "bearer"), ("token_use", "access"))
_OF_IDENTITY = ("nonce", "at_hash", "c_hash", "s_hash")  # OpenID Connect Core, 3.1.3.6 and 3.3.2.11
_CLIENT = ("azp", "client_id")


@dataclass(frozen=True, slots=True)
class ExternalClaims:
    """The claims of a checked token: the issuer's subject, and when it expires."""

    issuer: str
    subject: str
    ends_at: datetime


class ExternalIssuers:
    """The issuers in the settings; the caller owns `client` and closes it."""

    def __init__(
        self,
        issuers: Sequence[tuple[str, str]],
        audience: str,
        client: httpx.AsyncClient,
        *,
        types: Sequence[tuple[str, str]] = (),
        clients: Sequence[tuple[str, str]] = (),
        longest_life: timedelta = LONGEST_LIFE,
    ) -> None:
        """Take pairs of issuer and JWKS URL. `ValueError` for a URL without https (loopback: http too).

        `types` are pairs of an issuer and a `typ` accepted in addition to `at+jwt` ("none" for a token
        without one). `clients` are pairs of an issuer and a client: if an issuer has any, tokens of its other
        clients are refused.
        """
        self._audience, self._longest_life = audience, longest_life
        self._key_sets = {issuer: KeySet(issuer, url, client) for issuer, url in issuers}
        self._types = frozenset(types)
        self._clients: dict[str, set[str]] = {}
        for issuer, named in clients:
            self._clients.setdefault(issuer, set()).add(named)

    async def decode(self, token: str, now: datetime) -> ExternalClaims:
        """Check a token's kind, signature (RS256, ES256 or EdDSA), names and times. Raises `InvalidToken`."""
        header = peek(token)
        key_set = self._key_sets.get(header.issuer)
        if key_set is None:
            raise InvalidToken(TokenProblem.UNKNOWN_ISSUER)
        if header.algorithm not in ALGORITHMS:
            raise InvalidToken(TokenProblem.MALFORMED)
        if header.type != ACCESS_TOKEN and (header.issuer, header.type or "none") not in self._types:
            raise InvalidToken(TokenProblem.NO_ACCESS_TOKEN)
        key = await key_set.find(header.key_id, header.algorithm, now)
        if key is None:
            raise InvalidToken(TokenProblem.UNKNOWN_KEY)
        claims = verified(token, key.public, key.algorithm)
        if header.type != ACCESS_TOKEN and not _looks_like_access(claims):
            raise InvalidToken(TokenProblem.NO_ACCESS_TOKEN)
        check_issued_for(claims, header.issuer, self._audience)
        self._check_client(claims, header.issuer)
        ends_at = self._check_life(claims, now)
        subject = claims.get("sub")
        if (
            not isinstance(subject, str)
            or not 0 < len(subject) <= LONGEST_SUBJECT
            or not subject.isprintable()
        ):
            raise InvalidToken(TokenProblem.MALFORMED)
        return ExternalClaims(header.issuer, subject, ends_at)

    def _check_client(self, claims: Claims, issuer: str) -> None:
        named = self._clients.get(issuer)
        if named is None:
            return
        asked_by = [claims[name] for name in _CLIENT if name in claims]
        if not asked_by or not all(isinstance(one, str) and one in named for one in asked_by):
            raise InvalidToken(TokenProblem.WRONG_CLIENT)

    def _check_life(self, claims: Claims, now: datetime) -> datetime:
        """Return when the token stops being accepted here: at `exp`, or at the maximum lifetime after `iat`
        if earlier.
        """
        ends_at, issued_at = check_times(claims, now), instant(claims, "iat")
        if issued_at is None:
            raise InvalidToken(TokenProblem.MALFORMED)
        ends_at = min(ends_at, issued_at + self._longest_life)
        if now >= ends_at:
            raise InvalidToken(TokenProblem.EXPIRED)
        return ends_at


def _looks_like_access(claims: Claims) -> bool:
    if any(name in claims for name in _OF_IDENTITY):
        return False
    said = [(str(claims[name]).lower() == word) for name, word in _SAYS_ACCESS if name in claims]
    return all(said) if said else any(name in claims for name in _OF_ACCESS)
