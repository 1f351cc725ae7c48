"""The arq jobs, called by wake-ups and the nightly cron.

A job keeps no state between calls: it may run twice, late, or never.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from arq import Retry

from jobs.looking_up import LookUps
from jobs.sweeping import Sweeper
from models.accounts.sessions import forget_ended_sessions
from models.base.clock import database_now
from models.base.database import connection
from models.base.metrics import RECONCILIATION_FINDINGS
from models.base.unavailable import Unavailable
from models.calls.forget_callers import forget_callers
from models.calls.forget_news import forget_news
from models.calls.phone.forget_events import forget_events
from models.chat.store_searches import store_searches
from models.files.store import forget_short_lived
from models.messages.devices.remove import forget_devices
from models.messages.links import forget_links
from models.placements.forget_dismissals import forget_dismissals
from models.process.wake import SWEEP_JOB
from models.reconciliation import reconcile_since
from models.retention.remove_old import Kept, remove_old
from models.smart_data.forget_expired import forget_expired

AGAIN_SECONDS = 60  # before a nightly job that found no database is retried, a few times

Context = dict[Any, Any]  # arq's context; it has our "sweeper", "look_ups", "kept", and "redis" from arq

_log = structlog.get_logger(__name__)


async def sweep(ctx: Context) -> int:
    """Carry out due deadlines and return their number; another job is enqueued for the rest.

    While the database is unavailable it does nothing: the safety net retries every second.
    """
    sweeper: Sweeper = ctx["sweeper"]
    try:
        swept = await sweeper.settle_bucket()
    except Unavailable:
        return 0
    if swept.more:
        await ctx["redis"].enqueue_job(SWEEP_JOB)
    return swept.deadlines


async def look_up(ctx: Context, search_id: str) -> None:
    """Begin to ask public sources for a search; without a worker that does, it fails and costs nothing."""
    look_ups: LookUps | None = ctx.get("look_ups")
    if look_ups is not None:
        look_ups.begin(UUID(search_id))


async def forget_nightly(ctx: Context) -> None:  # noqa: ARG001 - as below
    """Delete sessions that ended over a day ago, past sign-in failures, templates and exports without a link,
    links of letters that expired over a year ago, addresses of devices that get no more messages, who called
    where a company's retention is over, old events of the feed of calls that agents share and of telephone
    systems, dismissals of banners that have ended, and found values that have expired.
    """
    with _again_later():
        now = await database_now(connection())
        await forget_ended_sessions(now)
        await forget_short_lived(connection(), now)
        await forget_links(connection(), now)
        await forget_devices(connection(), now)
        await forget_callers(now)
        await forget_news(now)
        await forget_events(now)
        await forget_dismissals(now)
        await forget_expired(now)


async def remove_nightly(ctx: Context) -> int:
    """Remove rows by age, as the settings say, and return their number."""
    kept: Kept = ctx["kept"]
    with _again_later():
        removed = await remove_old(kept)
    _log.info("old_rows_removed", counts=removed)
    return sum(removed.values())


async def search_nightly(ctx: Context) -> int:  # noqa: ARG001 - as below
    """Store what is found in texts of chats without a current search, and return their number."""
    with _again_later():
        return await store_searches()


async def reconcile_nightly(ctx: Context) -> int:  # noqa: ARG001 - arq calls with its context
    """Reconcile what has changed and a share of all accounts, and return the number of findings; each needs a
    person's attention.
    """
    with _again_later():
        report = await reconcile_since()
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
