"""Trials of policies: a loop in every worker that looks for unfinished ones; no trial needs a wake-up."""

import asyncio

import structlog

from jobs.sweeping import Pause
from models.base.metrics import TRIAL_FAILURES
from models.base.unavailable import Unavailable
from models.policies.trial.run import TrialRunner
from models.process.faults import kind, places

LOOK_SECONDS = 3.0  # between looks, while there is nothing to do or after a failure
BETWEEN_SECONDS = 0.0  # between batches: others of this process run

_log = structlog.get_logger(__name__)


class TrialRounds:
    """Carries out trials batch by batch."""

    def __init__(self, runner: TrialRunner | None = None) -> None:
        """Take the runner."""
        self._runner = runner or TrialRunner()

    async def run(self, *, pause: Pause = asyncio.sleep) -> None:
        """Run trials until cancelled; what was begun of a batch is done again by the next worker."""
        try:
            while True:
                wait = LOOK_SECONDS
                try:
                    if await self._runner.carry_on():
                        wait = BETWEEN_SECONDS
                except Unavailable:  # which the pool has logged; the trial stays where it is
                    TRIAL_FAILURES.inc()
                except Exception as error:  # noqa: BLE001 - the next trial runs even if this one fails
                    TRIAL_FAILURES.inc()
                    _log.error("trial_failed", kind=kind(error), trace=places(error))
                await pause(wait)
        finally:
            await self._runner.close()
