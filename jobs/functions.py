"""The arq jobs: what a wake-up and the nightly cron call.

A job keeps no state between calls: it may run twice, late, or never.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from arq import Retry

from jobs.sweeping import Sweeper
from models.accounts.sessions import forget_ended_sessions
from models.base.clock import database_now
from models.base.database import connection
from models.base.metrics import RECONCILIATION_FINDINGS
from models.base.unavailable import Unavailable
from models.files.store import forget_templates
from models.process.wake import SWEEP_JOB
from models.reconciliation import reconcile

AGAIN_SECONDS = 60  # after which a nightly job that found no database is tried again, a few times

Context = dict[Any, Any]  # arq's; ours in it: "sweeper", and "redis" from arq itself

_log = structlog.get_logger(__name__)


async def sweep(ctx: Context) -> int:
    """Settle what is due and return how many deadlines were; what is left over goes to another job.

    While the database is away it does nothing: the safety net asks again every second.
    """
    sweeper: Sweeper = ctx["sweeper"]
    try:
        swept = await sweeper.settle_bucket()
    except Unavailable:
        return 0
    if swept.more:
        await ctx["redis"].enqueue_job(SWEEP_JOB)
    return swept.deadlines


async def forget_nightly(ctx: Context) -> None:  # noqa: ARG001 - as below
    """Delete sessions that have been over for a day, past failures to sign in, templates without a link."""
    with _again_later():
        now = await database_now(connection())
        await forget_ended_sessions(now)
        await forget_templates(connection(), now)


async def reconcile_nightly(ctx: Context) -> int:  # noqa: ARG001 - arq calls with its context
    """Compare the books and return how many findings there are; each is for a person to look at."""
    with _again_later():
        report = await reconcile()
    for check, count in report.counts.items():
        RECONCILIATION_FINDINGS.labels(check).set(count)
    found = {check: count for check, count in report.counts.items() if count}
    if report.findings:
        examples = [str(finding) for finding in report.findings[:10]]
        _log.error("reconciliation_found", counts=found, examples=examples)
    else:
        _log.info("reconciliation_agrees", checks=len(report.counts), warnings=len(report.warnings))
    return sum(found.values())


@contextmanager
def _again_later() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise Retry(defer=AGAIN_SECONDS) from error
