"""The state of each public source: whether it is on, whom it tells what, and how it has been answering."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.outside.sources.registry import SOURCES, Source
from models.outside.sources.source import OutsideSource

_STATES = f"""WITH {CLOCK}
    SELECT source,
        CASE WHEN day = ({NOW} AT TIME ZONE 'UTC')::date THEN asked ELSE 0 END AS asked,
        CASE WHEN day = ({NOW} AT TIME ZONE 'UTC')::date THEN failed ELSE 0 END AS failed,
        CASE WHEN away_until > {NOW} THEN away_until END AS away_until
    FROM outside_asked"""


@dataclass(frozen=True, slots=True)
class OutsideSourceView:
    """A source, and its numbers of today (UTC) in all processes."""

    source: OutsideSource
    on: bool
    about: Source
    asked_today: int = 0
    failed_today: int = 0
    away_until: datetime | None = None


async def outside_sources(conn: Connection, on: Collection[OutsideSource]) -> list[OutsideSourceView]:
    """Return all sources, in the order of OutsideSource, in one statement."""
    rows = {row["source"]: row for row in await fetch(conn, _STATES)}
    return [
        OutsideSourceView(source, source in on, about)
        if (row := rows.get(source)) is None
        else OutsideSourceView(source, source in on, about, row["asked"], row["failed"], row["away_until"])
        for source, about in SOURCES.items()
    ]
