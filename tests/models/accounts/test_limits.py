"""Sign-in attempts are limited per client and per email address in a network, and delayed elsewhere."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.accounts.create_user import create_user
from models.accounts.passwords import Passwords, PasswordsBusy
from models.accounts.sessions import NETWORK_LIFETIME, SignedIn, end_sessions, forget_ended_sessions
from models.accounts.sign_in import LIMITS, MOST_NETWORKS
from models.accounts.sign_in_limits import TryLimits
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import connection, fetch
from models.base.refusal import Refusal, RefusalCode
from models.process.fair_queue import FairQueue
from tests.models.accounts.support import EMAIL, PASSWORD, Door
from tests.support.hashing import CHEAP

HOME, AWAY = "198.51.100.7", "203.0.113.5"
FEW = TryLimits(per_network=3, per_address=5, delays=(timedelta(),))
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def codes(results: list[SignedIn | BaseException]) -> Counter[object]:
    return Counter(result.code if isinstance(result, Refusal) else type(result) for result in results)


async def counted(kind: str = "") -> list[int]:
    rows = await fetch(
        connection(), "SELECT failures FROM sign_in_failures WHERE key LIKE $1 || '%' ORDER BY 1", kind
    )
    return [row["failures"] for row in rows]


async def attack(door: Door, now: datetime, seconds: int, email: str = EMAIL) -> int:
    """Guess from a new network every second; return how many guesses were compared."""
    compared = 0
    for second in range(seconds):
        refusal = await door.refused(
            f"guess {second}",
            email=email,
            address=f"10.{second >> 8}.{second & 255}.1",
            now=now + second * SECOND,
        )
        compared += refusal.code is RefusalCode.FORBIDDEN
    return compared


async def test_failures_elsewhere_do_not_lock_a_user_out_of_a_known_network(
    door: Door, user: UUID, now: datetime
) -> None:
    """The right password succeeds immediately, despite any number of guesses from elsewhere."""
    await door.enter(address=HOME)
    for second in range(120):
        at = now + second * SECOND
        await door.refused("guess", address=f"10.0.{second}.1", now=at)
        if second % 10 == 0:
            assert (await door.enter(address=HOME, now=at)).user_id == user


async def test_elsewhere_a_user_waits_at_most_a_minute_after_the_last_failure(
    door: Door, user: UUID, now: datetime
) -> None:
    """The refusal includes the wait; attempts refused meanwhile do not extend it."""
    await attack(door, now, 300)
    refusal = await door.refused(address=AWAY, now=now + 300 * SECOND)
    assert refusal.code is RefusalCode.LIMIT_EXCEEDED
    assert refusal.retry_after_seconds is not None
    assert 0 < refusal.retry_after_seconds <= 60
    unit = "second" if refusal.retry_after_seconds == 1 else "seconds"
    assert refusal.message.endswith(f"Try again in {refusal.retry_after_seconds} {unit}.")
    for second in range(refusal.retry_after_seconds):
        await door.refused(address=AWAY, now=now + (300 + second) * SECOND)
    at = now + (300 + refusal.retry_after_seconds) * SECOND
    assert (await door.enter(address=AWAY, now=at)).user_id == user


@pytest.mark.parametrize("email", [EMAIL, "nobody@company.example"])
async def test_distributed_guesses_are_limited_per_day(
    door: Door, user: UUID, now: datetime, email: str
) -> None:
    """Ten quickly, then one per minute (1,450 a day), whether or not the email address is known."""
    soon = await attack(door, now, 124, email)
    assert soon == 11  # after 0, 0, 0, 0, 1, 2, 4, 8, 16, 32 and 60 seconds
    more = await attack(door, now + 124 * SECOND, 600, email)
    assert more == 10


async def test_delays_restart_after_a_window_without_failures(door: Door, user: UUID, now: datetime) -> None:
    for _ in range(5):
        await door.refused("guess", address=AWAY)
    assert (await door.refused("guess", address=HOME)).code is RefusalCode.LIMIT_EXCEEDED
    quiet = now + LIMITS.window
    for _ in range(5):
        assert (await door.refused("guess", address=HOME, now=quiet)).code is RefusalCode.FORBIDDEN


@pytest.mark.parametrize("minutes", [-1, 1])
async def test_counters_from_before_delays_existed_cause_no_delay(
    door: Door, user: UUID, now: datetime, minutes: int
) -> None:
    """Such counters have no `not_before`, whether or not their window is over."""
    await door.refused("guess")
    await fetch(
        connection(),
        """UPDATE sign_in_failures SET failures = 11, not_before = NULL, window_ends_at = $1
           WHERE key LIKE 'email%'""",
        now + minutes * MINUTE,
    )
    assert (await door.enter(address=AWAY)).user_id == user


async def test_a_success_elsewhere_does_not_reset_the_guesses(door: Door, user: UUID, now: datetime) -> None:
    """It takes back only its own attempt, and lifts the delay once."""
    for _ in range(4):
        await door.refused("guess", address="192.0.2.9")
    await door.enter(address=HOME)
    await door.refused("guess", address="192.0.2.9")
    assert (await door.refused("guess", address=AWAY)).code is RefusalCode.LIMIT_EXCEEDED
    assert await counted("email") == [5]


async def test_ten_failures_of_an_email_address_in_a_network_are_the_limit(
    door: Door, user: UUID, now: datetime
) -> None:
    """After that, the right password is refused as well, but only there and for that address."""
    for minute in range(10):
        assert (await door.refused("wrong", now=now + minute * MINUTE)).code is RefusalCode.FORBIDDEN
    refusal = await door.refused(now=now + 10 * MINUTE)
    assert (refusal.code, refusal.field) == (RefusalCode.LIMIT_EXCEEDED, ("email",))
    assert refusal.message.endswith("Try again in 5 minutes.")
    assert refusal.retry_after_seconds == 300
    neighbour = await door.refused(address="192.0.2.200", now=now + 10 * MINUTE)
    assert neighbour.code is RefusalCode.LIMIT_EXCEEDED
    assert (await door.enter(address=AWAY, now=now + 10 * MINUTE)).user_id == user


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (MINUTE, "14 minutes."),
        (timedelta(minutes=13, seconds=59), "2 minutes."),
        (timedelta(minutes=14), "60 seconds."),
        (timedelta(minutes=14, seconds=59), "1 second."),
        (timedelta(minutes=15, microseconds=-1), "1 second."),
        (timedelta(minutes=15), None),
    ],
)
async def test_the_window_ends_exactly_on_time(
    door: Door, user: UUID, now: datetime, passed: timedelta, words: str | None
) -> None:
    for _ in range(3):
        await door.refused("wrong", limits=FEW)
    if words is None:
        await door.enter(now=now + passed, limits=FEW)
    else:
        assert (await door.refused(now=now + passed, limits=FEW)).message.endswith(f" in {words}")


async def test_refused_tries_do_not_extend_the_window(door: Door, user: UUID, now: datetime) -> None:
    for minute in range(15):
        await door.refused("wrong", now=now + minute * MINUTE, limits=FEW)
    await door.enter(now=now + LIMITS.window, limits=FEW)


@pytest.mark.parametrize("email", [EMAIL, "nobody@company.example"])
async def test_concurrent_guesses_are_limited_like_sequential_ones(
    door: Door, user: UUID, email: str
) -> None:
    """For a known and an unknown email address, from one network and from many."""
    here = (door.enter(f"guess {i}", email=email) for i in range(30))
    results = await asyncio.gather(*here, return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 5, RefusalCode.LIMIT_EXCEEDED: 25}
    anywhere = (door.enter(f"guess {i}", email=email, address=f"10.0.{i}.1") for i in range(30))
    results = await asyncio.gather(*anywhere, return_exceptions=True)
    assert codes(results) == {RefusalCode.LIMIT_EXCEEDED: 30}


async def test_concurrent_guesses_from_a_known_network_are_limited_too(
    door: Door, user: UUID, now: datetime
) -> None:
    """They are delayed by their own count, and a right password resets it."""
    await door.enter(address=HOME)
    guesses = (door.enter(f"guess {i}", address=HOME) for i in range(30))
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 5, RefusalCode.LIMIT_EXCEEDED: 25}
    await door.enter(address=HOME, now=now + SECOND)
    assert await counted("known") == []


async def test_one_client_guessing_for_many_is_limited(door: Door, user: UUID) -> None:
    guesses = (door.enter("guess", email=f"user{i}@company.example") for i in range(60))
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert codes(results) == {RefusalCode.FORBIDDEN: 50, RefusalCode.LIMIT_EXCEEDED: 10}
    assert (await door.refused()).code is RefusalCode.LIMIT_EXCEEDED
    assert (await door.enter(address="192.0.2.2")).user_id == user


async def test_a_refused_client_neither_delays_nor_uses_up_anything_of_others(door: Door, user: UUID) -> None:
    for i in range(5):
        await door.refused("guess", email=f"user{i}@company.example", limits=FEW)
    before = await counted()
    for _ in range(9):
        await door.refused("guess", limits=FEW)
    assert await counted() == before
    assert (await door.enter(address="192.0.2.2", limits=FEW)).user_id == user


async def test_a_refusal_by_the_limit_of_an_email_address_does_not_count_for_the_client(
    door: Door, user: UUID
) -> None:
    for i in range(5):
        await door.refused("guess", address=f"10.0.{i}.1")
    for _ in range(60):
        assert (await door.refused("guess", address=AWAY)).code is RefusalCode.LIMIT_EXCEEDED
    assert (await door.refused("guess", address=AWAY, email="other@company.example")).code is (
        RefusalCode.FORBIDDEN
    )
    assert await counted("address") == [1] * 6


async def test_concurrent_right_passwords_lock_nobody_out(
    door: Door, user: UUID, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For one user and for many, 250 behind one address: each signs in, and no failure is counted."""
    monkeypatch.setattr(passwords, "turns", FairQueue(4, 300, longest_wait=300))  # however busy it is
    people = [f"colleague{i}@company.example" for i in range(5)]
    for person in people:
        await create_user(connection(), passwords, email=person, password=PASSWORD, name="A Colleague")
    entering = (door.enter(email=([EMAIL, *people])[i % 6]) for i in range(250))
    results = await asyncio.gather(*entering, return_exceptions=True)
    assert codes(results) == {SignedIn: 250}
    assert sum(await counted()) == 0
    assert (await door.refused("wrong", email="new@company.example")).code is RefusalCode.FORBIDDEN


async def test_a_success_does_not_change_the_clients_count(door: Door, user: UUID) -> None:
    for i in range(9):
        await door.refused("wrong", email=f"user{i}@company.example")
    for _ in range(100):
        await door.enter()
    assert await counted("address") == [9]


async def test_a_success_does_not_change_a_later_window(
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
    assert await counted("address") == [1]


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
async def test_an_ipv4_address_or_an_ipv6_64_network_counts_as_one_client(
    door: Door, user: UUID, first: str | None, second: str | None, same: bool
) -> None:
    one = TryLimits(per_network=100, per_address=1)
    await door.refused("guess", address=first, limits=one)
    refusal = await door.refused("guess", address=second, limits=one)
    assert (refusal.code is RefusalCode.LIMIT_EXCEEDED) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("::ffff:192.0.2.7", "192.0.2.8", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:f::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
async def test_an_ipv4_24_or_an_ipv6_64_counts_as_one_network(
    door: Door, user: UUID, first: str, second: str, same: bool
) -> None:
    one = TryLimits(per_network=1, per_address=100)
    await door.refused("guess", address=first, limits=one)
    refusal = await door.refused("guess", address=second, limits=one)
    assert (refusal.code is RefusalCode.LIMIT_EXCEEDED) is same


async def networks() -> int:
    (row,) = await fetch(connection(), "SELECT count(*) AS count FROM sign_in_network")
    count: int = row["count"]
    return count


async def test_only_the_newest_networks_of_a_user_are_stored(door: Door, user: UUID, now: datetime) -> None:
    """Only the newest ten, as hashes; a wrong password adds none."""
    await door.refused("wrong", address=AWAY)
    assert await networks() == 0
    for i in range(MOST_NETWORKS + 3):
        await door.enter(address=f"10.0.{i}.1", now=now + i * SECOND)
    await door.enter(address="10.0.3.1", now=now + MINUTE)
    assert await networks() == MOST_NETWORKS
    (row,) = await fetch(connection(), "SELECT string_agg(network, ' ') AS text FROM sign_in_network")
    assert "10.0" not in row["text"]
    assert {len(word) for word in row["text"].split()} == {64}


async def test_a_network_is_deleted_with_the_sessions_and_after_a_while(
    door: Door, user: UUID, now: datetime
) -> None:
    await door.enter(address=HOME)
    await end_sessions(connection(), user, now)
    assert await networks() == 0
    await door.enter(address=HOME)
    await forget_ended_sessions(now + NETWORK_LIFETIME)
    assert await networks() == 1
    await forget_ended_sessions(now + NETWORK_LIFETIME + SECOND)
    assert await networks() == 0


async def test_a_busy_server_does_not_count_an_attempt(
    door: Door, user: UUID, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> object:
        raise PasswordsBusy

    monkeypatch.setattr(passwords, "compare", busy)
    refusal = await door.refused()
    assert (refusal.code, refusal.retry_after_seconds) == (RefusalCode.LIMIT_EXCEEDED, 10)
    assert sum(await counted()) == 0


async def test_during_a_flood_a_known_network_has_priority(
    door: Door, user: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that finds the queue full gets the time to retry, and is not counted."""
    await door.enter(address=HOME)
    door.passwords = flooded = Passwords(CHEAP, at_once=1, most_waiting=4)
    original, compared, gate = flooded.compare, list[str](), asyncio.Event()

    async def slow(stored: str | None, password: str) -> object:
        compared.append(password)
        await gate.wait()
        return await original(stored, password)

    monkeypatch.setattr(flooded, "compare", slow)

    def stranger(i: int) -> asyncio.Task[Refusal]:
        return asyncio.create_task(
            door.refused(f"guess {i}", email=f"user{i}@company.example", address=f"10.0.{i}.1")
        )

    flood = [stranger(i) for i in range(5)]
    while flooded.turns.waiting < 4:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.005)
    late = await stranger(5)
    assert (late.code, late.retry_after_seconds) == (RefusalCode.LIMIT_EXCEEDED, 10)
    owner = asyncio.create_task(door.enter(address=HOME))
    while not any(one.done() for one in flood):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.005)
    gate.set()
    assert (await owner).user_id == user
    assert compared[1] == PASSWORD
    results = [await one for one in flood]
    assert codes([*results]) == {RefusalCode.FORBIDDEN: 4, RefusalCode.LIMIT_EXCEEDED: 1}
    assert sum(await counted("address")) == 4
    flooded.close()


async def test_old_windows_are_deleted(door: Door, user: UUID, issuer: TokenIssuer, now: datetime) -> None:
    await door.refused("wrong", email=EMAIL)
    await forget_ended_sessions(now + timedelta(days=1))
    assert await counted() == [1, 1, 1]
    await forget_ended_sessions(now + timedelta(days=2))
    assert await counted() == []
