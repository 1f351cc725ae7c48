"""How late deadlines were settled in the last hour, by any worker, as the database knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import REGISTRY
from prometheus_client.core import GaugeHistogramMetricFamily
from prometheus_client.registry import Collector

from models.base.clock import CLOCK
from models.base.database import Connection, fetch
from models.base.metrics import LATENESS_BUCKETS

MOST_ROWS = 100_000
NAME = "leadgate_deadlines_recent_lateness_seconds"

# What was settled before it was due (an answer did it) was not late, nor in time: it is left out.
_WITHIN = ", ".join(
    f"count(*) FILTER (WHERE late <= {bound}) AS within_{i}" for i, bound in enumerate(LATENESS_BUCKETS)
)
_RECENT = f"""WITH {CLOCK}, recent AS (
        SELECT kind, extract(epoch FROM done_at - due_at)::float8 AS late FROM deadline
        WHERE done_at > (SELECT now FROM clock) - interval '1 hour' ORDER BY done_at DESC LIMIT {MOST_ROWS})
    SELECT kind, count(*) AS count, sum(late) AS sum, {_WITHIN} FROM recent WHERE late >= 0
    GROUP BY kind ORDER BY kind"""


@dataclass(frozen=True, slots=True)
class KindLateness:
    """The lateness of one kind: how many were late by at most each bound, in all, and seconds together."""

    kind: str
    within: tuple[int, ...]
    count: int
    sum: float


async def recent_lateness(conn: Connection) -> list[KindLateness]:
    """Return how late the deadlines were that were settled in the latest hour, at most the latest 100,000."""
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
    """A histogram of a window: it goes down as well, so ask for its quantiles without `rate`."""

    def __init__(self) -> None:
        self.kinds: list[KindLateness] = []

    def collect(self) -> Iterator[GaugeHistogramMetricFamily]:
        """Show what was read last."""
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


_SHOWN = _Recent()
REGISTRY.register(_SHOWN)


async def show_recent_lateness(conn: Connection) -> None:
    """Read it, for the next who looks at the metrics."""
    _SHOWN.kinds = await recent_lateness(conn)
