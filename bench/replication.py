"""Benchmark of replication: what it costs that each commit waits for a standby."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import asyncpg

import embedded
from bench import environment
from bench.data import Connection, load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, ratio
from bench.scale import AT_ONCE, PURCHASES, VENDORS, apply_for
from models.process.gc_tuning import look_less_often
from tests.support.standby import standby_of

_ROUNDS = 6
_STANDBYS = ("", "*")  # none is waited for; one is
_FOLLOWS = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = $1"


async def run(options: Options) -> list[Figure]:
    """Apply for leads with and without a synchronous standby, alternately, on servers that flush."""
    share = options.pick(400, 40)
    leads = share * _ROUNDS * len(_STANDBYS) * 2
    with environment.services(durable=True) as pair:
        url = await environment.make_database(pair, "replication")
        async with loading(url, leads=leads) as connection:
            await load_marketplace(connection, leads=leads, vendors=VENDORS, now=datetime.now(UTC))
            for statement in PURCHASES:
                await connection.execute(statement)
        with standby_of(pair, durable=True):
            async with environment.models_on(url):
                look_less_often()
                numbers = itertools.count(1)
                return [
                    Figure(
                        f"applications whose commits wait for a standby, relative to others: {words}",
                        await _compared(pair, itertools.islice(numbers, leads // 2), share, at_once),
                        "times the rate",
                        least=0.7,
                    )
                    for words, at_once in ((f"{AT_ONCE} at once", AT_ONCE), ("one at a time", 1))
                ]


async def _compared(pair: embedded.Services, leads: Iterator[int], share: int, at_once: int) -> float:
    rates: dict[str, list[float]] = {names: [] for names in _STANDBYS}
    administrator = await asyncpg.connect(pair.admin_url())
    try:
        for _ in range(_ROUNDS):
            for names, found in rates.items():
                await _wait_for(administrator, names)
                waiting = iter([(lead, lead % VENDORS + 1) for lead in itertools.islice(leads, share)])
                began = time.perf_counter()
                await asyncio.gather(*[apply_for(waiting) for _ in range(at_once)])
                found.append(share / (time.perf_counter() - began))
    finally:
        await administrator.close()
    without, with_one = (rates[names] for names in _STANDBYS)
    return ratio(with_one, without)


async def _wait_for(administrator: Connection, names: str) -> None:
    """Set which standbys a commit waits for."""
    await administrator.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    await administrator.execute("SELECT pg_reload_conf()")
    async with asyncio.timeout(60):
        state = "sync" if names else "async"
        while not await administrator.fetchval(_FOLLOWS, state):  # noqa: ASYNC110 - the database sends no event
            await asyncio.sleep(0.01)


BENCHMARK = Benchmark(
    "replication",
    "A synchronous standby",
    "Applications of 1,000 accounts, submitted by calling the action, while commits wait for a standby on "
    "the same machine and while they do not, in turn; both servers flush to the same disk.",
    run,
)
