"""How late deadlines were settled in the last hour, by any worker, according to the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import REGISTRY
from prometheus_client.core import GaugeHistogramMetricFamily
from prometheus_client.registry import Collector

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.metrics import LATENESS_BUCKETS

MOST_ROWS = 100_000
NAME = "leadgate_deadlines_recent_lateness_seconds"

# Deadlines settled before they were due, by an answer, were neither late nor on time: they are left out.
_WITHIN = ", ".join(
    f"count(*) FILTER (WHERE late <= {bound}) AS within_{i}" for i, bound in enumerate(LATENESS_BUCKETS)
)
_RECENT = f"""WITH {CLOCK}, recent AS (
        SELECT kind, extract(epoch FROM done_at - due_at)::float8 AS late FROM deadline
        WHERE done_at > {NOW} - interval '1 hour' ORDER BY done_at DESC LIMIT {MOST_ROWS})
    SELECT kind, count(*) AS count, sum(late) AS sum, {_WITHIN} FROM recent WHERE late >= 0
    GROUP BY kind ORDER BY kind"""


@dataclass(frozen=True, slots=True)
class KindLateness:
    """The lateness of one kind: the number late by at most each bound, the total number, and the sum in
    seconds.
    """

    kind: str
    within: tuple[int, ...]
    count: int
    sum: float


async def recent_lateness(conn: Connection) -> list[KindLateness]:
    """Return how late the deadlines settled in the last hour were, at most the latest 100,000."""
    return [
        KindLateness(
            row["kind"],
            tuple(row[f"within_{i}"] for i in range(len(LATENESS_BUCKETS))),
            row["count"],
            row["sum"],
        )
        for row in await fetch(conn, _RECENT)
    ]


class _Recent(Collector):
    """A histogram over a window: its counts also decrease, so compute quantiles without `rate`."""

    def __init__(self) -> None:
        self.kinds: list[KindLateness] = []

    def collect(self) -> Iterator[GaugeHistogramMetricFamily]:
        """Yield what was read last."""
        family = GaugeHistogramMetricFamily(
            NAME,
            "How late deadlines were carried out in the last hour; a sliding window: don't use rate().",
            labels=["kind"],
        )
        for one in self.kinds:
            buckets = [
                (str(float(bound)), within)
                for bound, within in zip(LATENESS_BUCKETS, one.within, strict=True)
            ]
            family.add_metric([one.kind], [*buckets, ("+Inf", one.count)], one.sum)
        yield family


RECENT = _Recent()
REGISTRY.register(RECENT)


async def show_recent_lateness(conn: Connection) -> None:
    """Read the lateness, for the next request for metrics."""
    RECENT.kinds = await recent_lateness(conn)


def hide_recent_lateness() -> None:
    """Show no lateness, because it could not be read."""
    RECENT.kinds = []
