"""Benchmark of scale: what grows with the number of rows, and what must not.

Bytes and shares of updates are counted by PostgreSQL; ratios of times are of work done alternately.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from prometheus_client import REGISTRY

import embedded
from bench import environment
from bench.cases import load_cases
from bench.data import (
    BALANCE,
    GROUP,
    LEAD,
    OWNER,
    POINTS,
    POSTING,
    VENDOR,
    Connection,
    load_marketplace,
    loading,
    row_id,
)
from bench.figures import Benchmark, Figure, Options, median, percentile
from jobs.sweeping import Sweeper
from models.applications.submit import submit
from models.base.ids import new_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.deadlines.sweep import sweep
from models.process.gc_tuning import look_less_often
from models.process.health import DatabaseMetrics
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.reconciliation.part import NIGHTS, Part
from models.retention.kinds import BATCH, KINDS
from models.retention.remove_old import PAUSE_SECONDS, Night, remove_kind

VENDORS, MANY_ACCOUNTS, AT_ONCE = 1_000, 20, 16
TABLES = (
    "lead",
    "contact",
    "prospect",
    "application",
    "deadline",
    "decision",
    "delivery",
    "disclosure",
    "posting_group",
    "posting",
    "feed_event",
    "outbox_message",
)
_UPDATES = """SELECT relname, n_tup_upd AS updates, n_tup_hot_upd AS hot FROM pg_stat_user_tables
    WHERE relname = ANY($1)"""
_SIZES = """SELECT relname, pg_relation_size(oid) AS heap, pg_indexes_size(oid) AS indexes FROM pg_class
    WHERE oid = ANY($1::regclass[])"""
# Points for each vendor, bought by one movement.
PURCHASES = (
    f"""INSERT INTO posting_group (id, business_key, kind, account_id, unit, at, ordinal, available_after,
                                   on_hold_after)
        SELECT bench_id({GROUP}, n), 'purchase:' || n, 'PURCHASE', bench_id({VENDOR}, n), 'POINTS',
               clock_timestamp(), 1, {POINTS}, 0 FROM generate_series(1, {VENDORS}) AS n""",
    f"""INSERT INTO posting (id, group_id, book, amount)
        SELECT bench_id({POSTING}, n * 2 + leg), bench_id({GROUP}, n),
               CASE leg WHEN 1 THEN 'AVAILABLE' ELSE 'ISSUED' END,
               CASE leg WHEN 1 THEN 1 ELSE -1 END * {POINTS}
        FROM generate_series(1, {VENDORS}) AS n, (VALUES (0), (1)) AS legs (leg)""",
    f"""INSERT INTO balance (id, account_id, unit, available, on_hold, movements)
        SELECT bench_id({BALANCE}, n), bench_id({VENDOR}, n), 'POINTS', {POINTS}, 0, 1
        FROM generate_series(1, {VENDORS}) AS n""",
)
# Done and waiting deadlines, feeds and dispatches of nobody: as many as a large marketplace has.
_STORED = (
    """INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at, outcome)
       SELECT gen_random_uuid(), 'REVEAL', gen_random_uuid(), 0,
              clock_timestamp() + CASE WHEN n % 10 = 0 THEN interval '1 day' ELSE n * interval '-10 s' END,
              CASE WHEN n % 10 > 0 THEN clock_timestamp() - n * interval '10 s' END,
              CASE WHEN n % 10 > 0 THEN 'answered' END
       FROM generate_series(1, $1::bigint) AS n""",
    """INSERT INTO feed_counter (recipient, last_seq, removed_through)
       SELECT gen_random_uuid(), 1, 1 FROM generate_series(1, $1::bigint)""",
)
# Old rows of requests, which the removal finds in the order of their ids.
_OLD = """INSERT INTO idempotency (id, scope, operation, key, input_hash, result, created_at)
    SELECT bench_id(900, n), bench_id(900, n), 'applicationSubmit', n::text, '\\x00', bench_id(900, n),
           clock_timestamp() - interval '100 days' FROM generate_series(1, $1::bigint) AS n"""


_PART = Part(UUID(int=2**128 - 1), datetime.now(UTC) + timedelta(days=1), night=0)  # nothing new


_EMPTY = "scale"


async def run(options: Options) -> list[Figure]:
    """Measure each on a database of its own."""
    with environment.services() as pair:
        await environment.make_database(pair, _EMPTY)
        return [
            *await _sweeping(pair, options.pick(100_000, 20_000)),
            *await _metrics(pair, options.pick(1_000_000, 100_000)),
            *await _removing(pair, options.pick(60_000, 20_000)),
            *await _accounts(pair, options.pick(4_000, 600)),
        ]


async def _sweeping(pair: embedded.Services, cases: int) -> list[Figure]:
    """Sweep reveals, all due at one instant; compare the tables before and after."""
    url = await _cases(pair, "scale_sweep", cases)
    connection = await asyncpg.connect(url)
    try:
        before, updates = await _sizes(connection), await _updates(connection)
        async with environment.models_on(url):
            look_less_often()
            sweeper = Sweeper(Silence(), 1_000)
            while (await sweeper.settle_due()).deadlines:
                pass
            everything, part = await _timed(_reconciled), await _timed(lambda: _reconciled(_PART))
        await connection.execute("SELECT pg_stat_force_next_flush()")
        await asyncio.sleep(2)  # the backends of the pool report when they end
        after, swept = await _sizes(connection), await _updates(connection)
        stored = {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}
    finally:
        await connection.close()
    hot = {table: (swept[table][1] - updates[table][1]) / cases for table in ("application", "deadline")}
    return [
        Figure("updates of `application` in a sweep that write no index", hot["application"], "", least=0.8),
        Figure("the same of `deadline`", hot["deadline"], "", note="its indexes say what is done"),
        Figure(
            f"heap of `application` after {cases:,} reveals, relative to before",
            after["application"][0] / before["application"][0],
            "times",
            most=1.2,
        ),
        Figure(
            "indexes of `lead`, relative to its heap",
            before["lead"][1] / before["lead"][0],
            "times",
            most=0.33,
        ),
        Figure(
            f"reconciliation of a {NIGHTS}th of {VENDORS:,} accounts, relative to everything: time",
            part / everything,
            "times",
            note=f"{part:.2f} s against {everything:.2f} s",
        ),
        *(
            Figure(
                f"a row of `{table}` in the heap",
                after[table][0] / rows,
                "bytes",
                note=f"{after[table][1] / rows:.0f} in indexes",
            )
            for table, rows in stored.items()
        ),
    ]


async def _reconciled(part: Part | None = None) -> None:
    if (await reconcile(part=part)).findings:
        raise RuntimeError("the books disagree")


async def _metrics(pair: embedded.Services, rows: int) -> list[Figure]:
    """Refresh the gauges with few and with ten times as many rows, alternately."""
    seconds: dict[int, list[float]] = {rows // 10: [], rows: []}
    urls = {}
    for count in seconds:
        urls[count] = await _database(pair, f"scale_metrics_{count}")
        async with loading(urls[count], leads=count) as connection:
            for statement in _STORED:
                await connection.execute(statement, count)
    for _ in range(3):
        for count, url in urls.items():
            async with environment.models_on(url):
                await DatabaseMetrics().refresh()
                for _ in range(10):
                    began = time.perf_counter()
                    await DatabaseMetrics().refresh()  # a new one, so that it reads the lateness too
                    seconds[count].append(time.perf_counter() - began)
                if abs((REGISTRY.get_sample_value("leadgate_deadlines_stored") or 0) / count - 1) > 0.1:
                    raise RuntimeError("the gauges were not read")
    few, many = (median(taken) * 1000 for taken in seconds.values())
    return [
        Figure(
            f"gauges with {rows:,} deadlines and feeds, relative to a tenth", many / few, "times", most=1.2
        ),
        Figure(f"gauges with {rows:,}", many, "ms"),
    ]


async def _removing(pair: embedded.Services, cases: int) -> list[Figure]:
    """Sweep alone, then beside the removal of old rows."""
    url = await _cases(pair, "scale_removing", cases, old=20 * cases)
    seconds: dict[bool, list[float]] = {False: [], True: []}
    async with environment.models_on(url):
        look_less_often()
        night = Daylight(PAUSE_SECONDS)
        removing = asyncio.create_task(remove_kind(night, KINDS[0], datetime.now(UTC)))
        for _ in range(cases // 1_000 // 2):
            for beside, taken in seconds.items():
                night.is_night(beside)
                taken.append(await _timed(lambda: sweep(Silence(), 1_000)))
        over = removing.done()
        removing.cancel()
        await asyncio.gather(removing, return_exceptions=True)
    alone, beside_it = seconds.values()
    if over:
        raise RuntimeError("there was nothing left to remove")
    removed = sum(night.removed.values()) / sum(beside_it)
    return [
        Figure(
            "a sweep of 1,000 beside the removal of old rows, relative to alone: median",
            median(beside_it) / median(alone),
            "times",
        ),
        Figure("the same: p99", percentile(beside_it, 0.99) / percentile(alone, 0.99), "times", most=1.2),
        Figure("removed beside it", removed, "rows per second", note=f"{BATCH:,} at a time"),
    ]


class Daylight(Night):
    """A night that begins and ends when it is told to."""

    def __init__(self, pause: float) -> None:
        """Begin by day."""
        super().__init__(pause)
        self._night = asyncio.Event()

    def is_night(self, night: bool) -> None:
        """Let the removal go on, or hold it."""
        if night:
            self._night.set()
        else:
            self._night.clear()

    async def check(self) -> None:
        """Wait for the night."""
        await self._night.wait()


async def _accounts(pair: embedded.Services, count: int) -> list[Figure]:
    """Apply for leads as one account and as twenty, alternately, sixteen at once."""
    rounds = 4
    url = await _database(pair, "scale_accounts")
    async with loading(url, leads=count) as connection:
        await load_marketplace(connection, leads=count, vendors=VENDORS, now=datetime.now(UTC))
        for statement in PURCHASES:
            await connection.execute(statement)
    leads = iter(range(1, count + 1))
    seconds: dict[int, list[float]] = {1: [], MANY_ACCOUNTS: []}
    async with environment.models_on(url):
        look_less_often()
        for _ in range(rounds):
            for accounts, taken in seconds.items():
                share = [next(leads) for _ in range(count // rounds // 2)]
                waiting = iter([(lead, lead % accounts + 1) for lead in share])
                began = time.perf_counter()
                await asyncio.gather(*[apply_for(waiting) for _ in range(AT_ONCE)])
                taken.append((time.perf_counter() - began) / len(share))
    one, many = (1 / median(taken) for taken in seconds.values())
    return [
        Figure(
            f"applications of one account, relative to {MANY_ACCOUNTS}: rate", one / many, "times", least=0.6
        ),
        Figure("applications of one account", one, "per second"),
    ]


async def apply_for(waiting: Iterator[tuple[int, int]]) -> None:
    """Apply for leads as the owners of vendors, one after the other; both by their numbers."""
    for lead, vendor in waiting:
        viewer = Viewer(row_id(OWNER, vendor), row_id(VENDOR, vendor), roles=frozenset({Role.OWNER}))
        await submit(
            viewer,
            Silence(),
            lead_id=row_id(LEAD, lead),
            introduction="We renew websites and would like to show you how.",
            idempotency_key=new_id().hex,
        )


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _database(pair: embedded.Services, name: str) -> str:
    """Copy the empty database, which is faster than migrating another one; return the copy's URL."""
    administrator = await asyncpg.connect(pair.admin_url())
    try:
        await administrator.execute(f"CREATE DATABASE {name} TEMPLATE {_EMPTY}")
    finally:
        await administrator.close()
    return pair.admin_url(name)


async def _cases(pair: embedded.Services, name: str, cases: int, *, old: int = 0) -> str:
    """Load due cases in the order in which they came, as a marketplace does, and old keys of requests; return
    the database's URL.
    """
    url = await _database(pair, name)
    async with loading(url, leads=cases) as connection:
        await load_marketplace(connection, leads=cases, vendors=VENDORS, now=datetime.now(UTC))
        await load_cases(
            connection,
            f"""SELECT n, n, n % {VENDORS} + 1, 'DUE',
                       clock_timestamp() - interval '3 days' + n * interval '1 ms'
                FROM generate_series(1::bigint, {cases}) AS n""",
        )
        await connection.execute(_OLD, old)
    return url


async def _sizes(connection: Connection) -> dict[str, tuple[int, int]]:
    rows = await connection.fetch(_SIZES, [*TABLES])
    return {row["relname"]: (row["heap"], row["indexes"]) for row in rows}


async def _updates(connection: Connection) -> dict[str, tuple[int, int]]:
    rows = await connection.fetch(_UPDATES, [*TABLES])
    return {row["relname"]: (row["updates"], row["hot"]) for row in rows}


BENCHMARK = Benchmark(
    "scale",
    "What grows",
    "Reveals that were submitted one after the other and are due together, swept by one worker: the share "
    "of updates that write no index (HOT), and the size of tables. The gauges of `/metrics` with many rows "
    "and a tenth of them. Sweeps of 1,000 alone and beside the nightly removal of old rows. And applications "
    "submitted by calling the action, 16 at once, by one account and by 20 in turn.",
    run,
)
