"""Benchmark of the list query: requests per second against the hand-written floor, and where the time goes.

Both answers are decoded and compared before anything is timed.
"""

from datetime import UTC, datetime

import asyncpg
import orjson

import embedded
from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import VENDOR, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options
from bench.sides import Side, alone, in_turns, relative

LEADS, VENDORS = 10_000, 500
QUERY = """{ leads(first: 100) { nodes {
    id title brief category city country budgetMax publishedAt
    visibility { verdict ruleId changesAt } contact { fullName organisation email phone } } } }"""

# Of the 100 newest leads vendor 1 sees the contact data of 20, waits for 10 and was declined for 10; the
# other vendors have applied for two leads each in the past.
CASES = f"""
    SELECT n, n, 1, CASE WHEN n % 10 = 0 THEN 'ACCEPTED' WHEN n % 5 = 0 THEN 'REVEALED'
                         WHEN n <= 50 THEN 'PENDING' ELSE 'DECLINED' END,
           clock_timestamp() - CASE WHEN n % 5 = 0 THEN interval '3 days' ELSE interval '3 hours' END
    FROM generate_series(1::bigint, 100) AS n WHERE n % 5 IN (0, 1)
    UNION ALL
    SELECT 100 + n, n, 2 + (n + turn) % {VENDORS - 1}, CASE turn WHEN 0 THEN 'REVEALED' ELSE 'PENDING' END,
           clock_timestamp() - CASE turn WHEN 0 THEN interval '4 days' ELSE interval '1 day' END
    FROM (SELECT row_number() OVER () AS n, (row_number() OVER ()) % 2 AS turn
          FROM generate_series(1, 1000)) AS others"""


# As if no worker had settled the applications that nobody answered in time.
_UNSETTLED = f"""UPDATE application SET revealed_at = NULL
    WHERE account_id = bench_id({VENDOR}, 1) AND accepted_at IS NULL AND revealed_at IS NOT NULL"""


def asking() -> bytes:
    """The request, as vendor 1."""
    return client.request("/graphql", orjson.dumps({"query": QUERY}), token(1))


async def load(pair: embedded.Services, name: str) -> str:
    """Load the marketplace into a new database; return its URL."""
    url = await environment.make_database(pair, name)
    async with loading(url, leads=LEADS) as connection:
        await load_marketplace(connection, leads=LEADS, vendors=VENDORS, now=datetime.now(UTC))
        await load_cases(connection, CASES)
    return url


async def run(options: Options) -> list[Figure]:
    """Measure alternately: the product, the floor, the product …"""
    with environment.services() as pair:
        url = await load(pair, "list")
        vendor = str(row_id(VENDOR, 1))
        async with (
            serving.running(pair, url) as product,
            serving.running(pair, url, ("bench.floor",), BENCH_VENDOR=vendor) as floor,
        ):
            words, plain = asking(), client.request("/leads")
            await compare(product.port, words, floor.port, plain)
            database = pair.pids["postgres"]
            ours, theirs = Side(product, words, database), Side(floor, plain, database)
            await in_turns((ours, theirs), options)
            connection = await asyncpg.connect(url)
            await connection.execute(_UNSETTLED)
            await connection.close()
            await compare(product.port, words, floor.port, plain)
            due = Side(product, words, database)
            for _ in range(options.pick(3, 1)):
                await due.round(options.pick(4, 2))
        return [*_figures(ours, theirs), _due(ours, due), *await _breakdown(pair, url, options)]


def _due(ours: Side, due: Side) -> Figure:
    name = "the page with 10 rows due and unsettled, relative to the page without"
    return Figure(name, due.rate / ours.rate, "of the rate", note="one more statement, under a lock")


async def compare(port: int, words: bytes, floor_port: int, plain: bytes) -> None:
    """Raise `RuntimeError` unless both answer the same, with 20 contacts."""
    ours = orjson.loads(await client.ask_once(port, words))["data"]
    theirs = orjson.loads(await client.ask_once(floor_port, plain))["data"]
    if ours != theirs:
        raise RuntimeError(f"the floor's answer differs: {str(ours)[:400]} … {str(theirs)[:400]}")
    seen = sum(node["contact"] is not None for node in ours["leads"]["nodes"])
    if len(ours["leads"]["nodes"]) != 100 or seen != 20:
        raise RuntimeError(f"{seen} contacts are visible in the page, not 20")


def _figures(ours: Side, theirs: Side) -> list[Figure]:
    return [
        *relative("list query relative to the floor", ours, theirs, least=0.9),
        *alone("product", ours),
        *alone("floor", theirs),
    ]


async def _breakdown(pair: embedded.Services, url: str, options: Options) -> list[Figure]:
    """Send requests one at a time to a server with a stopwatch."""
    async with serving.running(pair, url, ("bench.instrumented",)) as server:
        words, times = asking(), client.request("/bench/times")
        await client.load(server.port, words, connections=1, seconds=1)
        await client.ask_once(server.port, times)
        asked = await client.load(server.port, words, connections=1, seconds=options.pick(5, 2))
        spent: dict[str, float] = orjson.loads(await client.ask_once(server.port, times))
    total, count = sum(spent.values()), len(asked.latencies)
    return [
        Figure(f"one request: {phase}", seconds / count * 1000, "ms", note=f"{seconds / total:.0%}")
        for phase, seconds in sorted(spent.items(), key=lambda item: -item[1])
    ]


BENCHMARK = Benchmark(
    "list",
    "The list query over HTTP",
    "`leads(first: 100)` with 8 public fields, the visibility and 4 contact fields, as a vendor who sees 20 "
    "of 100 contacts, on 8 connections to one process, compared with a hand-written Starlette endpoint (the "
    "floor) that returns the same JSON from the same tables (asyncpg, orjson, no authentication). The same "
    "document is sent again and again, so a plan answers it. The time per phase is measured on one "
    "connection, one request at a time.",
    run,
)
