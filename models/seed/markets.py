"""The demo's two markets and their policy versions.

Existing versions are never changed; new ones are added.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.policies.versions import publish_policy
from rules import demo_parameters, production_parameters
from rules.parameters import Parameters

_DEMO_VERSION = re.compile(r"demo-\d+-(\d+)s")  # demo-<number>-<seconds per hour>s


@dataclass(frozen=True, slots=True)
class Markets:
    """The ids of the two markets."""

    default: UUID
    demo: UUID


async def create_markets(demo_hour_seconds: int) -> Markets:
    """Create what is missing of `default` and `demo`, and a version of demo's policy with this hour."""
    async with transaction() as conn:
        markets = Markets(
            default=await _market(conn, "default", "Marketplace"),
            demo=await _market(conn, "demo", "Demo marketplace with shortened deadlines"),
        )
        if not await _versions(conn, markets.default):
            await _publish(conn, markets.default, "default-1", production_parameters())
        versions = await _versions(conn, markets.demo)
        ours = [found for version in versions if (found := _DEMO_VERSION.fullmatch(version))]
        if not ours or int(ours[-1][1]) != demo_hour_seconds:
            version = f"demo-{len(versions) + 1}-{demo_hour_seconds}s"
            await _publish(conn, markets.demo, version, demo_parameters(demo_hour_seconds))
    return markets


async def _market(conn: Connection, code: str, name: str) -> UUID:
    await fetch(
        conn,
        "INSERT INTO market (id, code, name) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING",
        new_id(),
        code,
        name,
    )
    rows = await fetch(conn, "SELECT id FROM market WHERE code = $1", code)
    market_id: UUID = rows[0]["id"]
    return market_id


async def _versions(conn: Connection, market_id: UUID) -> list[str]:
    """Return the names of a market's versions, oldest first."""
    rows = await fetch(
        conn, "SELECT version FROM policy WHERE market_id = $1 ORDER BY effective_from", market_id
    )
    return [row["version"] for row in rows]


async def _publish(conn: Connection, market_id: UUID, version: str, parameters: Parameters) -> None:
    now = await database_now(conn)
    await publish_policy(conn, market_id, version, parameters=parameters, effective_from=now)
