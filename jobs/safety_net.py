"""Safety net: a loop in every worker that sweeps from the database if Redis fails or loses a wake-up.

It replaces an arq cron, which would stop with Redis. It checks the database every ten seconds,
and at the due time of each deadline that it knows of; wake-ups through Redis are for deadlines that are due
sooner.
"""

import asyncio

import structlog

from jobs.sweeping import Pause, Sweeper
from models.base.metrics import SWEEP_FAILURES
from models.base.unavailable import Unavailable

NET_SECONDS = 10.0
RETRY_SECONDS = 1.0  # after a failure, such as a database that restarts

_log = structlog.get_logger(__name__)


async def keep_sweeping(sweeper: Sweeper, *, pause: Pause = asyncio.sleep) -> None:
    """Sweep until cancelled; the first round finds what became due while no worker ran."""
    failing = False
    while True:
        try:
            wait = await sweeper.settle_round(NET_SECONDS)
            failing = False
        except Unavailable:
            SWEEP_FAILURES.inc()
            failing = False  # the database is unavailable, which the pool has logged; due deadlines stay due
            wait = RETRY_SECONDS
        except Exception as error:  # noqa: BLE001 - the next sweep is due even if this one fails
            SWEEP_FAILURES.inc()
            _log.error("sweep_failed", error=type(error).__name__, exc_info=not failing)
            failing = True
            wait = RETRY_SECONDS
        await pause(wait)
