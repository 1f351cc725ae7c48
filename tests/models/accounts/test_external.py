"""Tokens of external issuers, whose keys come from a real HTTP server."""

import base64
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.accounts.authentication import authenticate
from models.accounts.tables import ExternalIdentity
from models.accounts.tokens.claims import TokenProblem
from models.accounts.tokens.external import ExternalIssuers
from models.base.database import connection
from tests.models.accounts.key_server import (
    ALGORITHMS,
    AUDIENCE,
    EC,
    ISSUER,
    KEYS,
    KeyServer,
    jwk,
    new_key,
    sign,
)
from tests.models.accounts.support import Door, disable

SECOND = timedelta(seconds=1)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
async def test_a_linked_user_can_send_requests(
    outer_door: Door, linked: UUID, now: datetime, algorithm: str
) -> None:
    token = sign(KEYS[algorithm], algorithm, algorithm, now)
    viewer = await outer_door.ask(token)
    assert (viewer.user_id, viewer.token_ends_at) == (linked, now + timedelta(hours=1))
    who = await authenticate(connection(), token, outer_door.issuer, outer_door.external, now=now)
    assert who.session_id is None


async def test_an_unlinked_identity_creates_no_user(outer_door: Door, user: UUID, now: datetime) -> None:
    token = sign(EC, "ES256", "ES256", now)
    assert await outer_door.problem(token) is TokenProblem.UNKNOWN_USER
    await ExternalIdentity.create(issuer="https://other.example", subject="ada", user_id=user)
    assert await outer_door.problem(token) is TokenProblem.UNKNOWN_USER


async def test_a_disabled_user_is_refused(outer_door: Door, linked: UUID, now: datetime) -> None:
    token = sign(EC, "ES256", "ES256", now)
    await disable(linked, now)
    assert await outer_door.problem(token) is TokenProblem.ENDED


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "https://other.example"}, TokenProblem.UNKNOWN_ISSUER),
        ({"iss": ISSUER + "/"}, TokenProblem.UNKNOWN_ISSUER),
        ({"iss": "leadgate"}, TokenProblem.MALFORMED),  # our own tokens are signed only with our key
        ({"aud": "another"}, TokenProblem.WRONG_AUDIENCE),
        ({"aud": None}, TokenProblem.WRONG_AUDIENCE),
        ({"sub": None}, TokenProblem.MALFORMED),
        ({"sub": ""}, TokenProblem.MALFORMED),
        ({"sub": 7}, TokenProblem.MALFORMED),
        ({"sub": "a\x00"}, TokenProblem.MALFORMED),
        ({"sub": "x" * 256}, TokenProblem.MALFORMED),
        ({"sub": "x" * 255}, TokenProblem.UNKNOWN_USER),
        ({"exp": None}, TokenProblem.MALFORMED),
        ({"iat": None}, TokenProblem.MALFORMED),
        ({"iat": True}, TokenProblem.MALFORMED),
        ({"aud": ["another", AUDIENCE]}, None),
        ({"azp": "any client", "client_id": "any client"}, None),
    ],
)
async def test_claims_are_checked(
    outer_door: Door,
    linked: UUID,
    now: datetime,
    changes: dict[str, Any],
    expected: TokenProblem | None,
) -> None:
    token = sign(EC, "ES256", "ES256", now, **changes)
    if expected is None:
        assert (await outer_door.ask(token)).user_id == linked
    else:
        assert await outer_door.problem(token) is expected


async def test_an_external_token_is_valid_until_it_expires(
    outer_door: Door, linked: UUID, now: datetime
) -> None:
    token, end = sign(EC, "ES256", "ES256", now), now + timedelta(hours=1)
    assert (await outer_door.ask(token, now=end - SECOND)).user_id == linked
    for at in (end, end + SECOND):
        assert await outer_door.problem(token, now=at) is TokenProblem.EXPIRED
    early = sign(EC, "ES256", "ES256", now, nbf=int(now.timestamp()) + 6)
    assert await outer_door.problem(early) is TokenProblem.NOT_YET_VALID


@pytest.mark.parametrize("hours", [2, 24 * 365 * 73])
async def test_a_token_is_refused_an_hour_after_it_was_issued(
    outer_door: Door, linked: UUID, now: datetime, hours: int
) -> None:
    """Whatever its expiry; connections that it opened, such as sockets, end at the same time."""
    token = sign(EC, "ES256", "ES256", now, exp=int((now + timedelta(hours=hours)).timestamp()))
    end = now + timedelta(hours=1)
    assert (await outer_door.ask(token, now=end - SECOND)).token_ends_at == end
    assert await outer_door.problem(token, now=end) is TokenProblem.EXPIRED


@pytest.mark.parametrize("type_", ["JWT", None, "logout+jwt", "id_token+jwt", ""])
async def test_only_access_tokens_are_accepted(
    outer_door: Door, linked: UUID, now: datetime, type_: str | None
) -> None:
    """An ID token identifies a user to a client and does not grant access to this API."""
    token = sign(EC, "ES256", "ES256", now, type_, scope="leads")
    assert await outer_door.problem(token) is TokenProblem.NO_ACCESS_TOKEN
    for spelling in ("at+jwt", "AT+JWT", "application/at+jwt"):
        assert (await outer_door.ask(sign(EC, "ES256", "ES256", now, spelling))).user_id == linked


@pytest.mark.parametrize(
    ("claims", "taken"),
    [
        ({"scope": "leads"}, True),
        ({"scp": ["leads"]}, True),
        ({"typ": "Bearer"}, True),
        ({"token_use": "access"}, True),
        ({}, False),
        ({"typ": "ID"}, False),
        ({"typ": "Refresh", "scope": "leads"}, False),
        ({"token_use": "id", "scope": "leads"}, False),
        ({"scope": "leads", "nonce": "x"}, False),
        ({"typ": "Bearer", "at_hash": "x"}, False),
    ],
)
@pytest.mark.parametrize("type_", ["JWT", None])
async def test_tokens_with_an_ambiguous_type_must_prove_their_kind_by_claims(
    outer_door: Door,
    linked: UUID,
    server: KeyServer,
    now: datetime,
    claims: dict[str, Any],
    taken: bool,
    type_: str | None,
) -> None:
    """The setting `OIDC_TOKEN_TYPES` applies only to the issuers and types that it lists."""
    async with httpx.AsyncClient() as client:
        outer_door.external = ExternalIssuers(
            [(ISSUER, server.url)], AUDIENCE, client, types=[(ISSUER, "jwt"), (ISSUER, "none")]
        )
        token = sign(EC, "ES256", "ES256", now, type_, **claims)
        if taken:
            assert (await outer_door.ask(token)).user_id == linked
        else:
            assert await outer_door.problem(token) is TokenProblem.NO_ACCESS_TOKEN
        other = sign(EC, "ES256", "ES256", now, "logout+jwt", **claims)
        assert await outer_door.problem(other) is TokenProblem.NO_ACCESS_TOKEN


@pytest.mark.parametrize(
    ("claims", "taken"),
    [
        ({"azp": "web"}, True),
        ({"client_id": "app"}, True),
        ({"azp": "web", "client_id": "web"}, True),
        ({"azp": "foreign"}, False),
        ({"azp": "web", "client_id": "foreign"}, False),
        ({"azp": ["web"]}, False),
        ({}, False),
    ],
)
async def test_tokens_of_unlisted_clients_are_refused(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime, claims: dict[str, Any], taken: bool
) -> None:
    async with httpx.AsyncClient() as client:
        outer_door.external = ExternalIssuers(
            [(ISSUER, server.url)],
            AUDIENCE,
            client,
            clients=[(ISSUER, "web"), (ISSUER, "app"), ("https://other.example", "foreign")],
        )
        token = sign(EC, "ES256", "ES256", now, **claims)
        if taken:
            assert (await outer_door.ask(token)).user_id == linked
        else:
            assert await outer_door.problem(token) is TokenProblem.WRONG_CLIENT


async def test_a_public_key_is_never_used_as_a_shared_secret(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    """The classic algorithm confusion: HS256 with the public key as its secret."""
    for key_id, key in KEYS.items():
        public = key.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for secret in (pem, json.dumps(jwk(key, key_id)).encode()):
            _, body, _ = sign(b"1" * 32, "HS256", key_id, now).split(".")
            header = encoded(json.dumps({"alg": "HS256", "typ": "JWT", "kid": key_id}).encode())
            mac = hmac.digest(secret, f"{header}.{body}".encode(), "sha256")
            token = f"{header}.{body}.{encoded(mac)}"
            assert await outer_door.problem(token) is TokenProblem.MALFORMED


async def test_unsigned_and_wrongly_signed_tokens_are_refused(
    outer_door: Door, linked: UUID, now: datetime
) -> None:
    good = sign(EC, "ES256", "ES256", now)
    nothing = encoded(json.dumps({"alg": "none", "kid": "ES256"}).encode())
    for signature in ("", good.split(".")[2]):
        unsigned = f"{nothing}.{good.split('.')[1]}.{signature}"
        assert await outer_door.problem(unsigned) is TokenProblem.MALFORMED
    for algorithm in ALGORITHMS:
        token = sign(new_key(algorithm), algorithm, algorithm, now)
        assert await outer_door.problem(token) is TokenProblem.WRONG_SIGNATURE
    header, body, _ = good.split(".")
    assert await outer_door.problem(f"{header}.{body}.") is TokenProblem.WRONG_SIGNATURE


async def test_a_key_is_used_only_with_its_own_algorithm(
    outer_door: Door, linked: UUID, now: datetime
) -> None:
    for algorithm, key_id in (("RS256", "ES256"), ("ES256", "EdDSA"), ("EdDSA", "RS256")):
        token = sign(KEYS[algorithm], algorithm, key_id, now)
        assert await outer_door.problem(token) is TokenProblem.UNKNOWN_KEY
    for algorithm in ("RS512", "PS256"):
        token = sign(KEYS["RS256"], algorithm, "RS256", now)
        assert await outer_door.problem(token) is TokenProblem.MALFORMED


async def test_without_external_issuers_their_tokens_are_unknown(
    outer_door: Door, linked: UUID, now: datetime
) -> None:
    outer_door.external = None
    assert await outer_door.problem(sign(EC, "ES256", "ES256", now)) is TokenProblem.UNKNOWN_ISSUER
