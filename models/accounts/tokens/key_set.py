"""One issuer's keys as last fetched from its JWKS URL: when to fetch them again, and how long to use them."""

import asyncio
import ipaddress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
import structlog

from models.accounts.tokens.keys import InvalidKeySet, Key, choose_key, parse_key_set
from models.outside.reading import read_answer

FRESH = timedelta(minutes=10)
KEY_LIFETIME = timedelta(hours=24)  # after that, an issuer that is down may have revoked them
PAUSE = timedelta(seconds=30)  # between fetches, so that forged key ids cannot make us flood the issuer
TIMEOUT_SECONDS = 5.0
LARGEST_BYTES = 262_144

_log = structlog.get_logger(__name__)


class KeySet:
    """The keys of one issuer, fetched on first use. Raises `ValueError` for a URL that is not https."""

    def __init__(self, issuer: str, url: str, client: httpx.AsyncClient) -> None:
        _check_url(url)
        self._issuer = issuer
        self._url = url
        self._client = client
        self._keys: tuple[Key, ...] = ()
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str | None, algorithm: str, now: datetime) -> Key | None:
        """Return the key that a token specifies; fetch if it is unknown or the keys are older than 10
        minutes.

        Fetches at most once in 30 s; a failure is logged, and the keys stay in use for up to 24 h.
        """
        if self._fetched_at is not None and now - self._fetched_at >= KEY_LIFETIME:
            self._keys = ()
        key = choose_key(self._keys, key_id, algorithm)
        if key is not None and (self._fresh(now) or self._fetching.locked()):
            return key
        async with self._fetching:  # one task fetches, the others wait for its result
            unknown = choose_key(self._keys, key_id, algorithm) is None
            if (unknown or not self._fresh(now)) and not self._paused(now):
                await self._fetch(now)
        return choose_key(self._keys, key_id, algorithm)

    def _fresh(self, now: datetime) -> bool:
        return self._fetched_at is not None and now - self._fetched_at < FRESH

    def _paused(self, now: datetime) -> bool:
        # Compare in both directions: a task that waited for another's fetch may have read the clock before
        # it, and a clock that is set back must not stop us from fetching again.
        return self._tried_at is not None and abs(now - self._tried_at) < PAUSE

    async def _fetch(self, now: datetime) -> None:
        self._tried_at = now
        try:
            self._keys = parse_key_set(await self._read())
        except (httpx.HTTPError, httpx.InvalidURL, InvalidKeySet) as error:
            _log.warning("key_set_fetch_failed", issuer=self._issuer, error=type(error).__name__)
        else:
            self._fetched_at = now

    async def _read(self) -> bytes:
        answer = await read_answer(
            self._client,
            self._url,
            accept="application/jwk-set+json, application/json",
            most_bytes=LARGEST_BYTES,
            seconds=TIMEOUT_SECONDS,
        )
        if answer.status != httpx.codes.OK:
            raise InvalidKeySet(f"was returned with status {answer.status}")
        return answer.body


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and _loopback(parts.hostname))
    ):
        raise ValueError("the address of an issuer's keys must begin with https://")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
