"""Opens Redis lazily: one pool per process, with jobs as JSON.

A process starts and keeps running without Redis.
"""

from typing import Any

import orjson
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool

ANSWER_SECONDS = 5.0  # the timeout of one command


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
    """Return a client with a separate pool, for `redis://`, `rediss://` or `unix:///path?db=0`.

    A command that waits longer than `answer_seconds` fails with redis' `TimeoutError`; a reader of channels
    passes None, because otherwise `listen()` would end when nothing arrives. Close it with `aclose()`.
    """
    pool = ConnectionPool.from_url(url, socket_connect_timeout=ANSWER_SECONDS, socket_timeout=answer_seconds)
    redis = ArqRedis(pool_or_conn=pool, job_serializer=to_json, job_deserializer=from_json)
    redis.auto_close_connection_pool = True
    return redis
