"""Passwords: length limits, comparison, new parameters, and equal work for unknown users."""

import asyncio
import threading
import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from models.accounts.passwords import RECOMMENDED, Comparison, Passwords, PasswordsBusy, UnfitPassword
from tests.models.accounts.support import PASSWORD
from tests.support.hashing import CHEAP


class Watched(PasswordHasher):
    """A hasher that counts its work and how much of it runs concurrently; a gate can block it."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gate = threading.Event()
        self.gate.set()
        self._lock = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002
        with self._lock:
            self.verified += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.gate.wait(10)
        try:
            return super().verify(hash, password)
        finally:
            with self._lock:
                self.at_once -= 1


async def test_only_the_right_password_matches(passwords: Passwords) -> None:
    stored = await passwords.hash(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert await passwords.compare(stored, PASSWORD) == Comparison(right=True)
    assert await passwords.compare(stored, PASSWORD + "!") == Comparison(right=False)
    assert await passwords.compare(stored, "") == Comparison(right=False)


def test_production_uses_the_recommended_parameters() -> None:
    assert extract_parameters(RECOMMENDED.hash("x")) == RFC_9106_LOW_MEMORY


async def test_composed_and_decomposed_accents_are_the_same_password(passwords: Passwords) -> None:
    stored = await passwords.hash(unicodedata.normalize("NFC", "Grüße aus Köln"))
    assert (await passwords.compare(stored, unicodedata.normalize("NFD", "Grüße aus Köln"))).right


@pytest.mark.parametrize("unfit", ["", "elevenchars", "é" * 513, "x" * 1025, "valid but \ud800 lone"])
async def test_a_new_password_that_is_too_short_or_too_long_is_refused(
    passwords: Passwords, unfit: str
) -> None:
    with pytest.raises(UnfitPassword):
        await passwords.hash(unfit)


@pytest.mark.parametrize("fit", ["twelve chars", "x" * 1024, "é" * 512])
async def test_the_bounds_of_a_password_are_inclusive(passwords: Passwords, fit: str) -> None:
    assert (await passwords.compare(await passwords.hash(fit), fit)).right


async def test_a_nul_does_not_truncate_a_password(passwords: Passwords) -> None:
    stored = await passwords.hash("before\x00after it")
    assert not (await passwords.compare(stored, "before\x00after!!")).right


async def test_what_cannot_be_a_password_is_wrong_without_an_error(passwords: Passwords) -> None:
    stored = await passwords.hash(PASSWORD)
    for odd in ("x" * 5000, "\ud800"):
        assert await passwords.compare(stored, odd) == Comparison(right=False)
    assert await passwords.compare("not a hash", PASSWORD) == Comparison(right=False)


async def test_a_hash_with_old_parameters_is_renewed() -> None:
    stored = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    compared = await Passwords(CHEAP).compare(stored, PASSWORD)
    assert compared.right
    assert compared.new_hash is not None
    assert extract_parameters(compared.new_hash).memory_cost == 8
    assert await Passwords(CHEAP).compare(compared.new_hash, PASSWORD) == Comparison(right=True)
    assert (await Passwords(CHEAP).compare(stored, "wrong")).new_hash is None


async def test_an_unknown_user_costs_as_much_as_a_known_one() -> None:
    hasher = Watched()
    passwords = Passwords(hasher)
    stored = await passwords.hash(PASSWORD)
    for given, password in [(stored, PASSWORD), (stored, "wrong"), (None, PASSWORD), (None, "x" * 5000)]:
        before = hasher.verified
        assert (await passwords.compare(given, password)).right is (
            given is not None and password == PASSWORD
        )
        assert hasher.verified == before + 1


async def test_concurrent_hashing_and_waiting_are_limited() -> None:
    hasher = Watched()
    passwords = Passwords(hasher, at_once=2, most_waiting=6)
    hasher.gate.clear()
    waiting = [asyncio.create_task(passwords.compare(None, PASSWORD)) for _ in range(6)]
    await asyncio.sleep(0)
    with pytest.raises(PasswordsBusy):
        await passwords.compare(None, PASSWORD)
    hasher.gate.set()
    await asyncio.gather(*waiting)
    assert hasher.most_at_once <= 2
    assert not (await passwords.compare(None, PASSWORD)).right


async def test_a_cancelled_comparison_does_not_allow_more_memory() -> None:
    hasher = Watched()
    passwords = Passwords(hasher, at_once=1)
    hasher.gate.clear()
    given_up = asyncio.create_task(passwords.compare(None, PASSWORD))
    await asyncio.to_thread(lambda: None)
    given_up.cancel()
    patient = asyncio.create_task(passwords.compare(None, PASSWORD))
    await asyncio.sleep(0)
    hasher.gate.set()
    await patient
    assert hasher.most_at_once == 1
