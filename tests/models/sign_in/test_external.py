"""Tokens of external issuers, whose keys come from a real HTTP server."""

import asyncio
import base64
import hmac
import json
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

from models.account import ExternalIdentity
from models.database import connection
from models.identity.authentication import authenticate
from models.identity.claims import TokenProblem
from models.identity.external import ExternalIssuers
from tests.models.sign_in.key_server import AUDIENCE, ISSUER, KeyServer, jwk, key_server, new_key, sign
from tests.models.sign_in.support import Door, disable

ALGORITHMS = ["RS256", "ES256", "EdDSA"]
KEYS = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
EC = KEYS["ES256"]
assert isinstance(EC, EllipticCurvePrivateKey)
SECOND = timedelta(seconds=1)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def server() -> Iterator[KeyServer]:
    """An issuer's server with one key of each kind, named for its algorithm."""
    with key_server() as running:
        running.keys = [jwk(key, algorithm) for algorithm, key in KEYS.items()]
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def door(door: Door, server: KeyServer) -> AsyncIterator[Door]:
    """A door that knows the issuer, as the settings name it."""
    async with httpx.AsyncClient() as client:
        door.external = ExternalIssuers([(ISSUER, server.url)], AUDIENCE, client)
        yield door


@pytest_asyncio.fixture(loop_scope="session")
async def linked(user: UUID) -> UUID:
    """The user, known to the issuer as `ada`."""
    await ExternalIdentity.create(issuer=ISSUER, subject="ada", user_id=user)
    return user


@pytest.mark.parametrize("algorithm", ALGORITHMS)
async def test_a_linked_user_can_ask(door: Door, linked: UUID, now: datetime, algorithm: str) -> None:
    token = sign(KEYS[algorithm], algorithm, algorithm, now)
    viewer = await door.ask(token)
    assert (viewer.user_id, viewer.token_ends_at) == (linked, now + timedelta(hours=1))
    who = await authenticate(connection(), token, door.issuer, door.external, now=now)
    assert who.session_id is None


async def test_nobody_is_made_up(door: Door, user: UUID, now: datetime) -> None:
    token = sign(EC, "ES256", "ES256", now)
    assert await door.problem(token) is TokenProblem.UNKNOWN_USER
    await ExternalIdentity.create(issuer="https://other.example", subject="ada", user_id=user)
    assert await door.problem(token) is TokenProblem.UNKNOWN_USER


async def test_a_disabled_user_is_refused(door: Door, linked: UUID, now: datetime) -> None:
    token = sign(EC, "ES256", "ES256", now)
    await disable(linked, now)
    assert await door.problem(token) is TokenProblem.ENDED


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "https://other.example"}, TokenProblem.UNKNOWN_ISSUER),
        ({"iss": ISSUER + "/"}, TokenProblem.UNKNOWN_ISSUER),
        ({"iss": "leadgate"}, TokenProblem.MALFORMED),  # ours are signed by our key, and nobody else's
        ({"aud": "another"}, TokenProblem.WRONG_AUDIENCE),
        ({"aud": None}, TokenProblem.WRONG_AUDIENCE),
        ({"sub": None}, TokenProblem.MALFORMED),
        ({"sub": ""}, TokenProblem.MALFORMED),
        ({"sub": 7}, TokenProblem.MALFORMED),
        ({"sub": "a\x00"}, TokenProblem.MALFORMED),
        ({"sub": "x" * 256}, TokenProblem.MALFORMED),
        ({"sub": "x" * 255}, TokenProblem.UNKNOWN_USER),
        ({"exp": None}, TokenProblem.MALFORMED),
        ({"iat": None, "aud": ["another", AUDIENCE]}, None),
    ],
)
async def test_claims_are_checked(
    door: Door,
    linked: UUID,
    now: datetime,
    changes: dict[str, Any],
    expected: TokenProblem | None,
) -> None:
    token = sign(EC, "ES256", "ES256", now, **changes)
    if expected is None:
        assert (await door.ask(token)).user_id == linked
    else:
        assert await door.problem(token) is expected


async def test_valid_while_now_is_before_its_end(door: Door, linked: UUID, now: datetime) -> None:
    token, end = sign(EC, "ES256", "ES256", now), now + timedelta(hours=1)
    assert (await door.ask(token, now=end - SECOND)).user_id == linked
    for at in (end, end + SECOND):
        assert await door.problem(token, now=at) is TokenProblem.EXPIRED
    early = sign(EC, "ES256", "ES256", now, nbf=int(now.timestamp()) + 6)
    assert await door.problem(early) is TokenProblem.NOT_YET_VALID


async def test_a_public_key_is_no_shared_secret(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    """The classic confusion of algorithms: HS256, with what everybody can read as its key."""
    for key_id, key in KEYS.items():
        public = key.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for secret in (pem, json.dumps(jwk(key, key_id)).encode()):
            _, body, _ = sign(b"1" * 32, "HS256", key_id, now).split(".")
            header = encoded(json.dumps({"alg": "HS256", "typ": "JWT", "kid": key_id}).encode())
            mac = hmac.digest(secret, f"{header}.{body}".encode(), "sha256")
            token = f"{header}.{body}.{encoded(mac)}"
            assert await door.problem(token) is TokenProblem.MALFORMED


async def test_unsigned_and_wrongly_signed_tokens(door: Door, linked: UUID, now: datetime) -> None:
    good = sign(EC, "ES256", "ES256", now)
    nothing = encoded(json.dumps({"alg": "none", "kid": "ES256"}).encode())
    for signature in ("", good.split(".")[2]):
        unsigned = f"{nothing}.{good.split('.')[1]}.{signature}"
        assert await door.problem(unsigned) is TokenProblem.MALFORMED
    for algorithm in ALGORITHMS:
        token = sign(new_key(algorithm), algorithm, algorithm, now)
        assert await door.problem(token) is TokenProblem.WRONG_SIGNATURE
    header, body, _ = good.split(".")
    assert await door.problem(f"{header}.{body}.") is TokenProblem.WRONG_SIGNATURE


async def test_a_key_serves_only_its_own_algorithm(door: Door, linked: UUID, now: datetime) -> None:
    for algorithm, key_id in (("RS256", "ES256"), ("ES256", "EdDSA"), ("EdDSA", "RS256")):
        token = sign(KEYS[algorithm], algorithm, key_id, now)
        assert await door.problem(token) is TokenProblem.UNKNOWN_KEY
    for algorithm in ("RS512", "PS256"):
        token = sign(KEYS["RS256"], algorithm, "RS256", now)
        assert await door.problem(token) is TokenProblem.MALFORMED


async def test_without_external_issuers_their_tokens_are_unknown(
    door: Door, linked: UUID, now: datetime
) -> None:
    door.external = None
    assert await door.problem(sign(EC, "ES256", "ES256", now)) is TokenProblem.UNKNOWN_ISSUER


async def test_keys_are_fetched_once_in_ten_minutes(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token = sign(EC, "ES256", "ES256", now)
    fetched = now + timedelta(milliseconds=2)
    asked_at = (fetched - timedelta(milliseconds=i % 3) for i in range(20))  # read before the wait
    await asyncio.gather(*(door.ask(token, now=at) for at in asked_at))
    await door.ask(token, now=fetched + timedelta(minutes=10) - SECOND)
    assert server.asked == 1
    await door.ask(token, now=fetched + timedelta(minutes=10))
    assert server.asked == 2


async def test_a_new_key_is_found_and_an_old_one_dropped(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    old = sign(EC, "ES256", "ES256", now)
    await door.ask(old)
    key = new_key("ES256")
    server.keys = [jwk(key, "next")]
    new, at = sign(key, "ES256", "next", now), now + timedelta(seconds=30)
    assert await door.problem(new, now=at - SECOND) is TokenProblem.UNKNOWN_KEY
    assert (await door.ask(new, now=at)).user_id == linked
    assert await door.problem(old, now=at) is TokenProblem.UNKNOWN_KEY


async def test_forged_key_ids_do_not_flood_the_issuer(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    tokens = [sign(EC, "ES256", f"forged {i}", now) for i in range(30)]
    for second in range(60):
        at = now + timedelta(seconds=second)
        assert await door.problem(tokens[second % 30], now=at) is TokenProblem.UNKNOWN_KEY
    assert server.asked == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500},
        {"status": 302},
        {"body": b"<html>"},
        {"body": b"[]"},
        {"body": b'{"keys": {}}'},
        {"body": b'{"keys": [' + b" " * 262_144 + b"]}"},
        {"body": b'{"keys": [' + b"{}," * 100 + b"{}]}"},
        {"body": b"[" * 5_000},
        {"compressed": True},
    ],
)
async def test_keys_are_kept_while_they_cannot_be_fetched(
    door: Door,
    linked: UUID,
    server: KeyServer,
    now: datetime,
    broken: dict[str, Any],
) -> None:
    ends = int((now + timedelta(days=3)).timestamp())
    token = sign(EC, "ES256", "ES256", now, exp=ends)
    await door.ask(token)
    for name, value in broken.items():
        setattr(server, name, value)
    for seconds in (600, 601, 629, 630):
        await door.ask(token, now=now + timedelta(seconds=seconds))
    assert server.asked == 3  # at 0, 600 and 630
    await door.ask(token, now=now + timedelta(days=1) - SECOND)
    over = now + timedelta(days=1)
    assert await door.problem(token, now=over) is TokenProblem.UNKNOWN_KEY
    server.status, server.body, server.compressed = 200, None, False
    assert (await door.ask(token, now=over + timedelta(seconds=30))).user_id == linked


async def test_no_keys_at_all(door: Door, linked: UUID, now: datetime) -> None:
    with key_server() as gone:
        url = gone.url
    async with httpx.AsyncClient() as client:
        door.external = ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
        token = sign(EC, "ES256", "ES256", now)
        assert await door.problem(token) is TokenProblem.UNKNOWN_KEY


async def test_a_slow_issuer_holds_up_only_who_fetches(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token, at = sign(EC, "ES256", "ES256", now), now + timedelta(minutes=10)
    await door.ask(token)
    server.asking.clear()
    server.let_go.clear()
    fetching = asyncio.create_task(door.ask(token, now=at))
    await asyncio.to_thread(server.asking.wait, 10)
    for _ in range(5):
        assert (await door.ask(token, now=at)).user_id == linked
    assert not fetching.done()
    server.let_go.set()
    assert (await fetching).user_id == linked


async def test_an_issuer_that_never_answers_is_given_up(
    door: Door, linked: UUID, server: KeyServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.identity.key_set.TIMEOUT_SECONDS", 0.05)
    server.let_go = threading.Event()
    token = sign(EC, "ES256", "ES256", now)
    assert await door.problem(token) is TokenProblem.UNKNOWN_KEY


@pytest.mark.parametrize(
    "published",
    [
        jwk(EC, "k", use="enc"),
        jwk(EC, "k", alg="ES512"),
        jwk(EC, "k", key_ops=["sign"]),
        jwk(EC, "k", key_ops="verify"),
        jwk(EC, "k", d=ECAlgorithm.to_jwk(EC, as_dict=True)["d"]),
        jwk(EC, "k", crv="P-521"),
        jwk(EC, "k", x="!"),
        jwk(EC, "k", x=None),
        jwk(EC, "k", kty=["EC"]),
        jwk(EC, 7),  # type: ignore[arg-type]
        {"kty": "oct", "kid": "k", "k": "c2VjcmV0"},
        jwk(EC, None),
    ],
)
async def test_keys_that_cannot_be_used_are_left_out(
    door: Door, linked: UUID, server: KeyServer, now: datetime, published: object
) -> None:
    server.keys = [published, "no key", *server.keys]  # type: ignore[list-item]
    assert await door.problem(sign(EC, "ES256", "k", now)) is TokenProblem.UNKNOWN_KEY
    assert (await door.ask(sign(EC, "ES256", "ES256", now))).user_id == linked


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_a_short_rsa_key_is_not_believed(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    weak = new_key("RS256", 1024)
    server.keys = [jwk(weak, "weak")]
    token = sign(weak, "RS256", "weak", now)
    assert await door.problem(token) is TokenProblem.UNKNOWN_KEY


async def test_without_a_key_id_the_only_key_is_meant(
    door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token = sign(EC, "ES256", None, now)
    assert (await door.ask(token)).user_id == linked
    server.keys = [*server.keys, jwk(new_key("ES256"), "another")]
    later = now + timedelta(minutes=10)
    assert await door.problem(token, now=later) is TokenProblem.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("url", "fit"),
    [
        ("https://login.example/keys", True),
        ("http://127.0.0.1:1/keys", True),
        ("http://localhost/keys", True),
        ("http://[::1]/keys", True),
        ("http://login.example/keys", False),
        ("http://localhost.login.example/keys", False),
        ("http://10.0.0.1/keys", False),
        ("file:///etc/passwd", False),
        ("keys", False),
    ],
)
async def test_keys_travel_encrypted(url: str, fit: bool) -> None:
    async with httpx.AsyncClient() as client:
        if fit:
            ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
        else:
            with pytest.raises(ValueError, match="https"):
                ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
