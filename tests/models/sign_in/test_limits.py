"""Limited tries: per e-mail address and per client, also when guesses come at once."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.actions.sign_in import LIMITS
from models.actions.tokens import SignedIn, forget_ended_sessions
from models.database import connection, fetch
from models.identity.access_token import TokenIssuer
from models.identity.tries import TryLimits
from models.passwords import Passwords, PasswordsBusy
from models.refusal import Refusal, RefusalCode
from tests.models.sign_in.support import EMAIL, PASSWORD, Door

FEW = TryLimits(per_email=3, per_address=5)


def codes(results: list[SignedIn | BaseException]) -> Counter[object]:
    return Counter(result.code if isinstance(result, Refusal) else type(result) for result in results)


async def counted() -> list[int]:
    return sorted(
        row["failures"] for row in await fetch(connection(), "SELECT failures FROM sign_in_failures")
    )


async def test_after_ten_failures_the_right_password_is_refused_too(
    door: Door, user: UUID, now: datetime
) -> None:
    for _ in range(10):
        assert (await door.refused("wrong")).code is RefusalCode.FORBIDDEN
    refusal = await door.refused()
    assert (refusal.code, refusal.field) == (RefusalCode.LIMIT_EXCEEDED, ("email",))
    assert refusal.message.endswith("try again in 15 minutes.")


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(minutes=1), "14 minutes"),
        (timedelta(minutes=13, seconds=59), "2 minutes"),
        (timedelta(minutes=14, seconds=59), "1 minute."),
        (timedelta(minutes=15, microseconds=-1), "1 minute."),
        (timedelta(minutes=15), None),
    ],
)
async def test_the_window_ends_to_the_instant(
    door: Door, user: UUID, now: datetime, passed: timedelta, words: str | None
) -> None:
    for _ in range(3):
        await door.refused("wrong", limits=FEW)
    if words is None:
        await door.enter(now=now + passed, limits=FEW)
    else:
        assert words in (await door.refused(now=now + passed, limits=FEW)).message


async def test_tries_that_are_refused_do_not_make_the_window_longer(
    door: Door, user: UUID, now: datetime
) -> None:
    for minute in range(15):
        await door.refused("wrong", now=now + timedelta(minutes=minute), limits=FEW)
    await door.enter(now=now + LIMITS.window, limits=FEW)


async def test_guesses_at_once_are_no_more_than_guesses_in_turn(door: Door, user: UUID) -> None:
    results = await asyncio.gather(*(door.enter(f"guess {i}") for i in range(30)), return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 10, RefusalCode.LIMIT_EXCEEDED: 20}
    assert (await door.refused()).code is RefusalCode.LIMIT_EXCEEDED


async def test_an_unknown_address_is_limited_alike(door: Door, user: UUID) -> None:
    guesses = (door.enter("guess", email="nobody@company.example") for _ in range(30))
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 10, RefusalCode.LIMIT_EXCEEDED: 20}


async def test_one_client_guessing_for_many_is_limited(door: Door, user: UUID) -> None:
    guesses = (door.enter("guess", email=f"user{i}@company.example") for i in range(60))
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 50, RefusalCode.LIMIT_EXCEEDED: 10}
    assert (await door.refused()).code is RefusalCode.LIMIT_EXCEEDED
    assert (await door.enter(address="192.0.2.2")).user_id == user


async def test_a_refused_client_cannot_use_up_anothers_tries(door: Door, user: UUID) -> None:
    for i in range(5):
        await door.refused("guess", email=f"user{i}@company.example", limits=FEW)
    for _ in range(9):
        await door.refused("guess", limits=FEW)
    assert (await door.enter(address="192.0.2.2", limits=FEW)).user_id == user


async def test_a_success_starts_the_user_afresh_and_costs_the_client_nothing(door: Door, user: UUID) -> None:
    for _ in range(4):
        for _ in range(9):
            await door.refused("wrong")
        await door.enter()
    assert await counted() == [36]  # the client's: its own account does not buy it more guesses
    for _ in range(100):
        await door.enter()
    assert await counted() == [36]


async def test_a_success_takes_nothing_from_a_later_window(
    door: Door, user: UUID, passwords: Passwords, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = passwords.compare
    later = now + LIMITS.window

    async def slow(stored: str | None, password: str) -> object:
        if password == PASSWORD:
            await door.refused("wrong", email="other@company.example", now=later)
        return await original(stored, password)

    monkeypatch.setattr(passwords, "compare", slow)
    await door.enter()
    assert await counted() == [1, 1]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("a socket", "a socket", True),
        (None, None, False),
    ],
)
async def test_what_counts_as_one_client(
    door: Door, user: UUID, first: str | None, second: str | None, same: bool
) -> None:
    one = TryLimits(per_email=100, per_address=1)
    await door.refused("guess", address=first, limits=one)
    refusal = await door.refused("guess", address=second, limits=one)
    assert (refusal.code is RefusalCode.LIMIT_EXCEEDED) is same


async def test_a_busy_server_costs_nobody_a_try(
    door: Door, user: UUID, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> object:
        raise PasswordsBusy

    monkeypatch.setattr(passwords, "compare", busy)
    assert (await door.refused()).code is RefusalCode.LIMIT_EXCEEDED
    assert await counted() == [0, 0]


async def test_old_windows_are_forgotten(door: Door, user: UUID, issuer: TokenIssuer, now: datetime) -> None:
    await door.refused("wrong", email=EMAIL)
    await forget_ended_sessions(now + timedelta(days=1))
    assert await counted() == [1, 1]
    await forget_ended_sessions(now + timedelta(days=2))
    assert await counted() == []
