"""Idempotency keys: stores the first answer, and returns it to repeated requests.

A key is claimed in the transaction of the action that it guards.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.base.refusals import RequestRefusal

_LONGEST_KEY = 200


class IdempotencyRecord(Model):
    """The first answer to a key: the id that the operation returned, and a hash of its input."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    scope = fields.UUIDField()
    operation = fields.CharField(max_length=60)
    key = fields.CharField(max_length=200)
    input_hash = fields.BinaryField()
    result = fields.UUIDField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency"
        constraints = (UniqueConstraint(fields=("scope", "operation", "key"), name="idempotency_key_once"),)


async def first_answer(
    conn: Connection,
    *,
    scope: UUID,
    operation: str,
    key: str,
    given: dict[str, object],
    result: UUID,
    now: datetime,
) -> UUID | None:
    """Claim a key for `result`; return None if it was free, otherwise the id that the first request got.

    Of two concurrent requests, the second waits here for the first to commit. `given` is the input as JSON
    types.

    Raises `Refusal` INVALID for a key that is empty or longer than 200 characters, and
    IDEMPOTENCY_CONFLICT for a key that was used with another input.
    """
    digest = _digest(key, given)
    claimed = await fetch(
        conn,
        """INSERT INTO idempotency (id, scope, operation, key, input_hash, result, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (scope, operation, key) DO NOTHING RETURNING id""",
        new_id(),
        scope,
        operation,
        key,
        digest,
        result,
        now,
    )
    if claimed:
        return None
    answer = await _stored(conn, scope, operation, key, digest)
    if answer is None:
        raise _conflict()
    return answer


async def earlier_answer(
    conn: Connection, *, scope: UUID, operation: str, key: str, given: dict[str, object]
) -> UUID | None:
    """Return what the first request with a key got, None if there was none; claims nothing.

    For actions with long work before their transaction. Raises the same errors as `first_answer`.
    """
    return await _stored(conn, scope, operation, key, _digest(key, given))


def check_key(key: str) -> None:
    """Raise `Refusal` INVALID for a key that is empty, longer than 200 characters or not printable."""
    if not key.strip() or len(key) > _LONGEST_KEY or not key.isprintable():
        raise RequestRefusal.IDEMPOTENCY_KEY_INVALID.at("idempotencyKey")


def _digest(key: str, given: dict[str, object]) -> bytes:
    check_key(key)
    return sha256(orjson.dumps(given, option=orjson.OPT_SORT_KEYS)).digest()


async def _stored(conn: Connection, scope: UUID, operation: str, key: str, digest: bytes) -> UUID | None:
    first = await fetch_one(
        conn,
        "SELECT input_hash, result FROM idempotency WHERE scope = $1 AND operation = $2 AND key = $3",
        scope,
        operation,
        key,
    )
    if first is None:
        return None
    if bytes(first["input_hash"]) != digest:
        raise _conflict()
    answer: UUID = first["result"]
    return answer


def _conflict() -> Refusal:
    return RequestRefusal.IDEMPOTENCY_KEY_REUSED.at("idempotencyKey")
