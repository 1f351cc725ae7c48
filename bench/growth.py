"""Benchmark of growth: the same work in a small and in a large marketplace, alternating.

The work itself does not grow: page, batch and replay have the same size in both.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import asyncpg
from tortoise.context import TortoiseContext

import embedded
from bench import client, environment, serving, sockets
from bench.cases import load_cases
from bench.data import VENDOR, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median
from bench.list_query import asking
from models.deadlines.sweep import sweep
from models.process.gc_tuning import COLLECT_AFTER_BATCHES, look_less_often
from models.process.wake import Silence
from schema.feed.cursor import write_feed_cursor
from settings import tortoise_config

SMALL, VENDORS, BATCH, BATCHES, WARM = 10_000, 1_000, 1_000, 30, 4
DUE, REPLAYED, RESUMED = BATCH * BATCHES, 10, 40
# Due case number `n`: each lead has three, of vendors far apart, and each vendor thirty.
LEAD_OF_DUE = f"(n - 1) % {SMALL} + 1"
VENDOR_OF_DUE = f"((n - 1) / {VENDORS // 100} + (n - 1) / {SMALL} * 333) % {VENDORS} + 1"


class Market:
    """A marketplace of some size, its server, and its measurements in seconds."""

    def __init__(self, leads: int, url: str) -> None:
        """Start without measurements."""
        self.leads, self.url = leads, url
        self.port = 0
        self.seconds: dict[str, list[float]] = {"list": [], "sweep": [], "resume": []}
        self._asked: asyncio.Queue[asyncio.Future[float]] = asyncio.Queue()

    async def load(self) -> None:
        """Load it: each of 1,000 vendors waits for 30 due reveals, and a fifth of the leads is closed."""
        async with loading(self.url, leads=self.leads) as connection:
            await load_marketplace(connection, leads=self.leads, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(
                connection,
                f"""SELECT n, {LEAD_OF_DUE}, {VENDOR_OF_DUE}, 'DUE', clock_timestamp() - interval '3 days'
                    FROM generate_series(1::bigint, {DUE}) AS n
                    UNION ALL
                    SELECT n, n, n % {VENDORS} + 1, 'REVEALED',
                           clock_timestamp() - interval '3 days' - n * interval '1 minute'
                    FROM generate_series({DUE} + 1::bigint, {self.leads} / 5) AS n""",
            )

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """Keep a worker's models connected in a separate task, because Tortoise's connections belong to a
        context.
        """
        working = asyncio.create_task(self._work())
        try:
            yield
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _work(self) -> None:
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(self.url))
            look_less_often(COLLECT_AFTER_BATCHES)  # as a worker does
            while True:
                asked = await self._asked.get()
                try:
                    began = time.perf_counter()
                    settled = await sweep(Silence(), BATCH)
                    took = time.perf_counter() - began
                    if len(settled.deadlines) != BATCH:
                        asked.set_exception(RuntimeError(f"{len(settled.deadlines)} were settled"))
                    else:
                        asked.set_result(took)
                except Exception as error:  # noqa: BLE001 - raised where the result is awaited
                    asked.set_exception(error)

    async def sweep(self) -> None:
        """Sweep one batch."""
        asked = asyncio.get_running_loop().create_future()
        await self._asked.put(asked)
        self.seconds["sweep"].append(await asked)

    async def list(self, seconds: float) -> None:
        """Request the list repeatedly."""
        load = await client.load(self.port, asking(), connections=1, seconds=seconds)
        self.seconds["list"] += load.latencies

    async def resume(self, vendor: int, last_seq: int) -> None:
        """Reconnect as a client that missed the last events, until they have arrived."""
        recipient = row_id(VENDOR, vendor)
        began = time.perf_counter()
        after = write_feed_cursor(recipient, last_seq - REPLAYED)
        follower = await sockets.subscribe(self.port, token(vendor), after)
        events = await follower.take(REPLAYED)
        self.seconds["resume"].append(time.perf_counter() - began)
        await follower.close()
        if any(event["data"]["reveals"]["__typename"] != "RevealEvent" for event in events):
            raise RuntimeError(str(events)[:400])

    async def ends(self) -> dict[int, int]:
        """Return where the vendors' feeds end."""
        connection = await asyncpg.connect(self.url)
        try:
            rows = await connection.fetch("SELECT recipient, last_seq FROM feed_counter")
        finally:
            await connection.close()
        last = {row["recipient"]: row["last_seq"] for row in rows}
        return {vendor: last[row_id(VENDOR, vendor)] for vendor in range(1, RESUMED + WARM + 1)}


async def run(options: Options) -> list[Figure]:
    """Load both, then measure them alternately."""
    large = options.pick(1_000_000, 100_000)
    with environment.services() as pair:
        markets = [await _market(pair, leads) for leads in (SMALL, large)]
        async with AsyncExitStack() as stack:
            for market in markets:
                market.port = (await stack.enter_async_context(serving.running(pair, market.url))).port
                await stack.enter_async_context(market.worker())
            for _ in range(BATCHES):
                for market in markets:
                    await market.sweep()
            for number in range(WARM + options.pick(40, 15)):
                for market in markets:
                    if number == WARM:
                        market.seconds["list"].clear()
                    await market.list(0.4)
            ends = [await market.ends() for market in markets]
            for vendor in range(1, RESUMED + WARM + 1):
                for market, last in zip(markets, ends, strict=True):
                    await market.resume(vendor, last[vendor])
    return _figures(*markets)


async def _market(pair: embedded.Services, leads: int) -> Market:
    market = Market(leads, await environment.make_database(pair, f"growth_{leads}"))
    await market.load()
    return market


def _figures(small: Market, large: Market) -> list[Figure]:
    figures = []
    for kind, name in (
        ("list", "list query"),
        ("sweep", f"sweep of {BATCH:,}"),
        ("resume", "resumed subscription"),
    ):
        first = 0 if kind == "list" else WARM
        one, other = (median(market.seconds[kind][first:]) * 1000 for market in (small, large))
        figures += [
            Figure(f"{name}: {large.leads:,} to {small.leads:,} leads", other / one, "times", most=1.2),
            Figure(f"{name} at {small.leads:,} leads", one, "ms"),
            Figure(f"{name} at {large.leads:,} leads", other, "ms"),
        ]
    return figures


BENCHMARK = Benchmark(
    "growth",
    "Growth",
    "Medians in two marketplaces, measured alternately: the list query over HTTP on one connection, a sweep "
    "of 1,000 due reveals, and a socket that reconnects and receives the 10 reveals that it missed. In the "
    "larger marketplace, a fifth of the leads have past applications, deliveries, postings and events.",
    run,
)
