"""Stored policies as `rules.Policy`, cached per process because a version never changes.

The database is asked each time which version is in force.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.policies.public_holidays import public_holidays
from rules import Policy
from rules.parameters import Parameters

_SELECT = """SELECT policy.id, policy.version, policy.effective_from, policy.parameters, market.code AS market
             FROM policy JOIN market ON market.id = policy.market_id"""

_known: dict[UUID, Policy] = {}


def _parse(row: Record) -> Policy:
    policy = Policy.from_parameters(
        version=row["version"],
        market=row["market"],
        effective_from=row["effective_from"],
        parameters=orjson.loads(row["parameters"]),
    )
    public_holidays(policy)  # fail early for an unknown place
    _known[row["id"]] = policy
    return policy


async def policies_by_id(conn: Connection, ids: Collection[UUID]) -> dict[UUID, Policy]:
    """Return the policies with these ids; one statement if any is not cached, none otherwise."""
    missing = [policy_id for policy_id in set(ids) if policy_id not in _known]
    if missing:
        for row in await fetch(conn, f"{_SELECT} WHERE policy.id = ANY($1::uuid[])", missing):
            _parse(row)
    return {policy_id: _known[policy_id] for policy_id in ids}


async def policy_in_force(conn: Connection, market_id: UUID, at: datetime) -> tuple[UUID, Policy]:
    """Return the version of a market's policy that is effective at an instant.

    Raises `LookupError` if the market has none yet.
    """
    row = await fetch_one(
        conn,
        f"""{_SELECT} WHERE policy.market_id = $1 AND policy.effective_from <= $2
            ORDER BY policy.effective_from DESC LIMIT 1""",
        market_id,
        at,
    )
    if row is None:
        message = f"market {market_id} has no policy in force at {at.isoformat()}: publish one"
        raise LookupError(message)
    policy_id: UUID = row["id"]
    return policy_id, _known.get(policy_id) or _parse(row)


async def all_policies(conn: Connection) -> dict[UUID, Policy]:
    """Return every stored policy version by market and time; one more statement if any is not cached."""
    rows = await fetch(
        conn,
        """SELECT policy.id FROM policy JOIN market ON market.id = policy.market_id
           ORDER BY market.code, policy.effective_from""",
    )
    return await policies_by_id(conn, [row["id"] for row in rows])


def forget_policies() -> None:
    """Clear the cache: tests create new databases in the same process."""
    _known.clear()


async def publish_policy(
    conn: Connection, market_id: UUID, version: str, *, parameters: Parameters, effective_from: datetime
) -> None:
    """Store a new version of a market's policy, effective from an instant on; nothing is checked."""
    await insert_policy(
        conn, new_id(), market_id, version, parameters=parameters, effective_from=effective_from
    )


async def insert_policy(
    conn: Connection,
    policy_id: UUID,
    market_id: UUID,
    version: str,
    *,
    parameters: Parameters,
    effective_from: datetime,
) -> None:
    """Insert the row of a version."""
    await fetch(
        conn,
        """INSERT INTO policy (id, market_id, version, effective_from, parameters, published_at)
           VALUES ($1, $2, $3, $4, $5::jsonb, leadgate_clock())""",
        policy_id,
        market_id,
        version,
        effective_from,
        orjson.dumps(parameters).decode(),
    )
