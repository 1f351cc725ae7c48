"""Safety net: a loop in every worker that sweeps from the database when Redis is away or lost a wake-up.

It replaces an arq cron, which would stop with Redis. It looks every ten seconds, and at the instant of each
deadline it knows of by then; wake-ups through Redis serve deadlines that are due sooner than that.
"""

import asyncio

import structlog

from jobs.sweeping import Pause, Sweeper
from models.base.metrics import SWEEP_FAILURES
from models.base.unavailable import Unavailable

NET_SECONDS = 10.0
MENDING_SECONDS = 1.0  # after a failure, such as a database that restarts

_log = structlog.get_logger(__name__)


async def keep_sweeping(sweeper: Sweeper, *, pause: Pause = asyncio.sleep) -> None:
    """Sweep for ever; the first round finds what came due while no worker ran. Ends when cancelled."""
    failing = False
    while True:
        try:
            wait = await sweeper.settle_round(NET_SECONDS)
            failing = False
        except Unavailable:
            SWEEP_FAILURES.inc()
            failing = False  # the database is away, which the pool has logged; whatever is due stays due
            wait = MENDING_SECONDS
        except Exception as error:  # noqa: BLE001 - whatever one sweep meets, the next is due all the same
            SWEEP_FAILURES.inc()
            _log.error("sweep_failed", error=type(error).__name__, exc_info=not failing)
            failing = True
            wait = MENDING_SECONDS
        await pause(wait)
