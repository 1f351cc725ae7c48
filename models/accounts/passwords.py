"""Passwords: length limits, hashing with argon2id (RFC 9106) and verification.

No password is logged, returned or stored.
"""

import asyncio
import os
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from models.process.fair_queue import FairQueue

LONGEST_BYTES = 1024
SHORTEST_CHARS = 12  # NIST SP 800-63B asks for 8, OWASP for 12 without a second factor

# RFC 9106, section 4, the second recommended choice: 3 passes over 64 MiB.
RECOMMENDED = PasswordHasher(
    time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID
)

_Result = TypeVar("_Result")


class UnfitPassword(ValueError):  # noqa: N818 - named after the problem, as in `contact_data`
    """A new password is too short or too long; the message includes the remedy."""


class PasswordsBusy(RuntimeError):  # noqa: N818 - a state, not a fault
    """Too many passwords are waiting to be compared in this process."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a password was right, and its new hash if the stored one has old parameters."""

    right: bool
    new_hash: str | None = None


class Passwords:
    """Hashes in dedicated threads, so that their number bounds the memory (64 MiB each), not the number of
    requests.

    Cancelling a request does not free its thread, so a semaphore would not bound the memory. Take one of
    `turns` before you compare a password for an unauthenticated client, so that a flood of sign-ins leaves
    threads for others.
    """

    def __init__(
        self, hasher: PasswordHasher = RECOMMENDED, *, at_once: int | None = None, most_waiting: int = 300
    ) -> None:
        """Take argon2's parameters, how many hash concurrently (`at_once`; default: cores, at most 4) and may
        wait.
        """
        self._hasher = hasher
        self._at_once = at_once or min(4, os.cpu_count() or 1)
        self._most_waiting = most_waiting
        self._waiting = 0
        self.turns = FairQueue(self._at_once, most_waiting)

    async def hash(self, password: str) -> str:
        """Return the hash of a new password, in argon2's own text form.

        Raises `UnfitPassword` below 12 characters or above 1024 bytes, and `PasswordsBusy`.
        """
        prepared = _prepared(password)
        if prepared is None:
            raise UnfitPassword(f"must be text of at most {LONGEST_BYTES} bytes")
        if len(prepared.decode()) < SHORTEST_CHARS:
            raise UnfitPassword(f"must have at least {SHORTEST_CHARS} characters; a sentence works well")
        return await self._in_thread(lambda: self._hasher.hash(prepared))

    async def compare(self, stored: str | None, password: str) -> Comparison:
        """Compare a password with a stored hash; without one, take as long and return that it is wrong.

        Raises `PasswordsBusy`.
        """
        return await self._in_thread(lambda: self._compare(stored, password))

    def close(self) -> None:
        """End the threads when their work is done."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _compare(self, stored: str | None, password: str) -> Comparison:
        prepared = _prepared(password)
        # Hash even if the password cannot be right: the time taken must not reveal which users exist.
        known = stored is not None and prepared is not None
        reference = stored if stored is not None and prepared is not None else self._nobodys
        try:
            self._hasher.verify(reference, prepared or b"")
        except (VerificationError, InvalidHashError):
            return Comparison(right=False)
        if not known or prepared is None:
            return Comparison(right=False)
        renew = self._hasher.check_needs_rehash(reference)
        return Comparison(right=True, new_hash=self._hasher.hash(prepared) if renew else None)

    async def _in_thread(self, work: Callable[[], _Result]) -> _Result:
        if self._waiting >= self._most_waiting:
            raise PasswordsBusy("too many passwords are waiting to be checked")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._at_once, thread_name_prefix="argon2")

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_bytes(16))


def _prepared(password: str) -> bytes | None:
    """Return the bytes to hash, in Unicode's form C (RFC 8265, 4.2.2), or None if it cannot be a password."""
    if len(password) > LONGEST_BYTES:  # before normalising, which takes time
        return None
    try:
        prepared = unicodedata.normalize("NFC", password).encode()
    except UnicodeEncodeError:  # lone surrogates, which JSON can contain
        return None
    return prepared if len(prepared) <= LONGEST_BYTES else None
