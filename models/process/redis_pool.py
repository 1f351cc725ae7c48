"""Opens Redis lazily: one pool per process, with jobs as JSON.

A process starts and keeps running without Redis.
"""

import socket
from typing import Any

import orjson
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool

from settings.redis_url import SENTINEL_SCHEMES, SentinelUrl, read_sentinel_url

ANSWER_SECONDS = 5.0  # the timeout of one command
SENTINEL_SECONDS = 1.0  # the timeout of one Sentinel; then the next one is asked
# Seconds until an idle connection is checked, seconds between checks, and how many may fail. Linux only.
KEEPALIVE = {
    getattr(socket, name): value
    for name, value in {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 2, "TCP_KEEPCNT": 3}.items()
    if hasattr(socket, name)
}


def to_json(job: dict[str, Any]) -> bytes:
    """Serialize a job of arq; an exception, which has no JSON form, becomes its text."""
    return orjson.dumps(job, default=repr)


def from_json(job: bytes) -> dict[str, Any]:
    """Read what `to_json` wrote; raises `ValueError` for anything else, including pickles."""
    read = orjson.loads(job)
    if not isinstance(read, dict):
        raise ValueError(f"a job must be a JSON object, not {type(read).__name__}")  # noqa: TRY004 - one error for all
    return read


def open_redis(url: str, *, answer_seconds: float | None = ANSWER_SECONDS) -> ArqRedis:
    """Return a client with a separate pool, for `redis://`, `rediss://`, `unix:///path?db=0` or the primary
    that Sentinels name (`redis+sentinel://`, `rediss+sentinel://`; see `settings.redis_url`).

    A command that waits longer than `answer_seconds` fails with redis' `TimeoutError`; a reader of channels
    passes None, because otherwise `listen()` would end when nothing arrives. Close it with `aclose()`.
    """
    limits = {"socket_connect_timeout": ANSWER_SECONDS, "socket_timeout": answer_seconds}
    if url.startswith(SENTINEL_SCHEMES):
        pool: ConnectionPool = _PrimaryPool(read_sentinel_url(url), limits)
    else:
        pool = ConnectionPool.from_url(url, **limits)
    redis = ArqRedis(pool_or_conn=pool, job_serializer=to_json, job_deserializer=from_json)
    redis.auto_close_connection_pool = True
    return redis


class _PrimaryPool(SentinelConnectionPool):
    """Connections to the primary that Sentinels name now, and to the Sentinels themselves."""

    def __init__(self, url: SentinelUrl, limits: dict[str, float | None]) -> None:
        asked = {"socket_connect_timeout": SENTINEL_SECONDS, "socket_timeout": SENTINEL_SECONDS}
        whom = {"username": url.sentinel_username, "password": url.sentinel_password}
        self._sentinel = Sentinel(  # type: ignore[no-untyped-call]
            url.sentinels, sentinel_kwargs={**asked, **whom, "ssl": url.tls}
        )
        super().__init__(  # type: ignore[no-untyped-call]
            url.name,
            self._sentinel,
            ssl=url.tls,
            db=url.db,
            username=url.username,
            password=url.password,
            socket_keepalive=True,  # a reader of channels sends nothing and would wait for a dead host
            socket_keepalive_options=KEEPALIVE,
            **limits,
        )

    async def disconnect(self, inuse_connections: bool = True) -> None:
        """Close the connections; those to Sentinels as well if all are closed."""
        await super().disconnect(inuse_connections)
        if inuse_connections:
            for sentinel in self._sentinel.sentinels:
                await sentinel.aclose()
