"""A marketplace with every kind of movement, and a function that plants faults by bypassing all triggers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest_asyncio

from models.applications.answer import accept, decline, review
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import (
    HOUR,
    START,
    MadeMarket,
    MadeProspect,
    MadeVendor,
    apply,
    make_lead,
    make_market,
    make_prospect,
    make_vendor,
)

Plant = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Books:
    """Applications by their outcome."""

    vendor: MadeVendor
    market: MadeMarket
    prospect: MadeProspect
    accepted: UUID
    declined: UUID
    withdrawn: UUID
    silent: UUID
    free: UUID
    after_meeting: UUID
    waiting: UUID


@pytest_asyncio.fixture(loop_scope="session")
async def books(database: Database) -> Books:
    """One application with each outcome, created only by the actions; 51 hours after `START`."""
    await database.clock.set(START)
    market, prospect, vendor = await make_market(), await make_prospect(), await make_vendor(500)
    made = {}
    for name in ("accepted", "declined", "withdrawn", "silent", "free", "after_meeting"):
        lead = await make_lead(market, prospect, fee=0 if name == "free" else 10)
        meeting_at = START + HOUR if name == "after_meeting" else None
        made[name] = await apply(vendor, lead, meeting_at=meeting_at)
    await database.clock.advance(2 * HOUR)
    viewer, wake = prospect.viewer, Silence()
    await review(viewer, wake, made["silent"])
    await accept(viewer, wake, made["accepted"])
    await decline(viewer, wake, made["declined"])
    await accept(viewer, wake, made["withdrawn"])
    await decline(viewer, wake, made["withdrawn"])
    await decline(viewer, wake, made["after_meeting"])
    await database.clock.advance(49 * HOUR)
    await sweep(wake)
    made["waiting"] = await apply(vendor, await make_lead(market, prospect))
    return Books(vendor, market, prospect, **made)


@pytest_asyncio.fixture(loop_scope="session")
async def plant(database: Database) -> Plant:
    """Run a statement without triggers and foreign keys, as only a fault or a superuser could."""

    async def run(sql: str, *values: object) -> None:
        connection = await asyncpg.connect(database.url)
        try:
            await connection.execute("SET session_replication_role = replica")
            status = await connection.execute(sql, *values)
        finally:
            await connection.close()
        assert not status.endswith(" 0"), f"planted nothing: {status}"

    return run
