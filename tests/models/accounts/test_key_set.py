"""The keys of an external issuer: when they are fetched from a real HTTP server, and which are accepted."""

import asyncio
import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from jwt.algorithms import ECAlgorithm

from models.accounts.tokens.claims import InvalidToken, TokenProblem
from models.accounts.tokens.external import ExternalIssuers
from tests.models.accounts.key_server import (
    AUDIENCE,
    EC,
    ISSUER,
    KeyServer,
    jwk,
    key_server,
    new_key,
    sign,
)
from tests.models.accounts.support import Door

SECOND = timedelta(seconds=1)


async def test_keys_are_fetched_once_in_ten_minutes(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token = sign(EC, "ES256", "ES256", now)
    fetched = now + timedelta(milliseconds=2)
    asked_at = (fetched - timedelta(milliseconds=i % 3) for i in range(20))  # read before the wait
    await asyncio.gather(*(outer_door.ask(token, now=at) for at in asked_at))
    await outer_door.ask(token, now=fetched + timedelta(minutes=10) - SECOND)
    assert server.asked == 1
    await outer_door.ask(token, now=fetched + timedelta(minutes=10))
    assert server.asked == 2


async def test_a_new_key_is_found_and_an_old_one_dropped(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    old = sign(EC, "ES256", "ES256", now)
    await outer_door.ask(old)
    key = new_key("ES256")
    server.keys = [jwk(key, "next")]
    new, at = sign(key, "ES256", "next", now), now + timedelta(seconds=30)
    assert await outer_door.problem(new, now=at - SECOND) is TokenProblem.UNKNOWN_KEY
    assert (await outer_door.ask(new, now=at)).user_id == linked
    assert await outer_door.problem(old, now=at) is TokenProblem.UNKNOWN_KEY


async def test_forged_key_ids_do_not_flood_the_issuer(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    tokens = [sign(EC, "ES256", f"forged {i}", now) for i in range(30)]
    for second in range(60):
        at = now + timedelta(seconds=second)
        assert await outer_door.problem(tokens[second % 30], now=at) is TokenProblem.UNKNOWN_KEY
    assert server.asked == 2


async def test_concurrent_requests_fetch_the_keys_once(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    """Also for a key that does not exist, and if the task that fetches has read the clock last."""
    asked_at = (now - timedelta(milliseconds=i) for i in range(20))
    asking = (outer_door.ask(sign(EC, "ES256", "forged", now), now=at) for at in asked_at)
    assert {type(error) for error in await asyncio.gather(*asking, return_exceptions=True)} == {InvalidToken}
    assert server.asked == 1


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
async def test_keys_stay_in_use_while_they_cannot_be_fetched(
    outer_door: Door,
    linked: UUID,
    server: KeyServer,
    now: datetime,
    broken: dict[str, Any],
) -> None:
    def token(at: datetime) -> str:
        return sign(EC, "ES256", "ES256", at, exp=int((now + timedelta(days=3)).timestamp()))

    await outer_door.ask(token(now))
    for name, value in broken.items():
        setattr(server, name, value)
    for seconds in (600, 601, 629, 630):
        await outer_door.ask(token(now), now=now + timedelta(seconds=seconds))
    assert server.asked == 3  # at 0, 600 and 630 s
    over = now + timedelta(days=1)
    await outer_door.ask(token(over - SECOND), now=over - SECOND)
    assert await outer_door.problem(token(over), now=over) is TokenProblem.UNKNOWN_KEY
    server.status, server.body, server.compressed = 200, None, False
    assert (await outer_door.ask(token(over), now=over + timedelta(seconds=30))).user_id == linked


async def test_every_token_is_refused_without_keys(outer_door: Door, linked: UUID, now: datetime) -> None:
    with key_server() as gone:
        url = gone.url
    async with httpx.AsyncClient() as client:
        outer_door.external = ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
        token = sign(EC, "ES256", "ES256", now)
        assert await outer_door.problem(token) is TokenProblem.UNKNOWN_KEY


async def test_a_slow_issuer_delays_only_the_task_that_fetches(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token, at = sign(EC, "ES256", "ES256", now), now + timedelta(minutes=10)
    await outer_door.ask(token)
    server.asking.clear()
    server.let_go.clear()
    fetching = asyncio.create_task(outer_door.ask(token, now=at))
    await asyncio.to_thread(server.asking.wait, 10)
    for _ in range(5):
        assert (await outer_door.ask(token, now=at)).user_id == linked
    assert not fetching.done()
    server.let_go.set()
    assert (await fetching).user_id == linked


async def test_a_fetch_without_an_answer_times_out(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.accounts.tokens.key_set.TIMEOUT_SECONDS", 0.05)
    server.let_go = threading.Event()
    token = sign(EC, "ES256", "ES256", now)
    assert await outer_door.problem(token) is TokenProblem.UNKNOWN_KEY


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
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime, published: object
) -> None:
    server.keys = [published, "no key", *server.keys]  # type: ignore[list-item]
    assert await outer_door.problem(sign(EC, "ES256", "k", now)) is TokenProblem.UNKNOWN_KEY
    assert (await outer_door.ask(sign(EC, "ES256", "ES256", now))).user_id == linked


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_a_short_rsa_key_is_not_trusted(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    weak = new_key("RS256", 1024)
    server.keys = [jwk(weak, "weak")]
    token = sign(weak, "RS256", "weak", now)
    assert await outer_door.problem(token) is TokenProblem.UNKNOWN_KEY


async def test_without_a_key_id_the_only_key_is_used(
    outer_door: Door, linked: UUID, server: KeyServer, now: datetime
) -> None:
    token = sign(EC, "ES256", None, now)
    assert (await outer_door.ask(token)).user_id == linked
    server.keys = [*server.keys, jwk(new_key("ES256"), "another")]
    later = now + timedelta(minutes=10)
    assert await outer_door.problem(token, now=later) is TokenProblem.UNKNOWN_KEY


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
async def test_keys_are_fetched_only_over_https(url: str, fit: bool) -> None:
    async with httpx.AsyncClient() as client:
        if fit:
            ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
        else:
            with pytest.raises(ValueError, match="https"):
                ExternalIssuers([(ISSUER, url)], AUDIENCE, client)
