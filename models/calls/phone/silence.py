"""Telephone systems that were busy and fell silent, for `/metrics`.

A provider whose settings were changed, or whose requests are refused, sends nothing that is stored. A night
is no silence: what counts is whether a whole hour of usual traffic has passed since a system's last event.
"""

import time

from prometheus_client import Gauge

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.forget_events import KEPT

WEEKS = 3  # that are compared: those before the week of silence of which events are still kept
BUSY = 5  # events in each quarter of an hour
AGAIN_SECONDS = 60.0  # between two counts

_SILENT = Gauge(
    "leadgate_phone_systems_silent",
    "Telephone systems that sent nothing during an hour of their usual traffic, and nothing since.",
    ("driver",),
    multiprocess_mode="mostrecent",
)
# The hours after the last event, up to a week of them, are compared with the same local hours of the weeks
# before it. The zone is that of the company whose call was the last one, because offices keep local hours.
_SELECT = f"""WITH {CLOCK}, quiet AS MATERIALIZED (
        SELECT system.id, system.driver, system.created_at, last.received_at AS last_at,
            least(168, floor(extract(epoch FROM {NOW} - last.received_at) / 3600))::int AS hours,
            coalesce((
                SELECT time_zone FROM phone_event AS event JOIN call ON call.id = event.call_id
                    JOIN secretariat ON secretariat.id = call.secretariat_id
                WHERE event.system_id = system.id ORDER BY event.id DESC LIMIT 1), 'UTC') AS zone
        FROM phone_system AS system CROSS JOIN LATERAL (
            SELECT received_at FROM phone_event AS event WHERE event.system_id = system.id
            ORDER BY event.id DESC LIMIT 1) AS last
        WHERE deleted_at IS NULL AND last.received_at <= {NOW} - interval '1 hour')
    SELECT driver, count(*) AS n FROM quiet
    WHERE EXISTS (
        SELECT FROM generate_series(0, hours - 1) AS place
        WHERE (
            SELECT 2 * count(*) FILTER (WHERE (
                SELECT count(*) FROM (
                    SELECT FROM phone_event AS event
                    WHERE event.system_id = quiet.id AND event.received_at >= begun
                      AND event.received_at < begun + interval '1 hour'
                    GROUP BY floor(extract(epoch FROM event.received_at - begun) / 900)
                    HAVING count(*) >= $2) AS quarter) = 4) > count(*)
            FROM (
                SELECT (last_at AT TIME ZONE zone + place * interval '1 hour' - week * interval '7 days')
                    AT TIME ZONE zone AS begun
                FROM generate_series(1, $1) AS week) AS earlier
            WHERE begun >= created_at AND begun >= {NOW} - $3::interval))
    GROUP BY driver"""


async def silent_systems(conn: Connection) -> dict[PhoneDriver, int]:
    """Count, by driver, the telephone systems that sent nothing during an hour of their usual traffic.

    An hour is usual if at the same time of most of up to three weeks, each quarter had at least five events.
    A system younger than a week has no usual traffic; after about three weeks of silence, none is known.
    """
    rows = await fetch(conn, _SELECT, WEEKS, BUSY, KEPT)
    return {PhoneDriver(row["driver"]): row["n"] for row in rows}


class SilenceMetric:
    """Updates the gauge above for `/metrics`, at most once a minute; one per process."""

    def __init__(self) -> None:
        """Start without a count: the first `refresh` reads it."""
        self._read_at: float | None = None

    async def refresh(self, conn: Connection) -> None:
        """Count again, if the last count is older than a minute."""
        if self._read_at is not None and time.monotonic() - self._read_at < AGAIN_SECONDS:
            return
        found = await silent_systems(conn)
        for driver in PhoneDriver:
            _SILENT.labels(driver).set(found.get(driver, 0))
        self._read_at = time.monotonic()
