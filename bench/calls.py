"""Benchmark of the phone secretariat: growth of a company, `callRoutePreview` against a hand-written
endpoint, recognition of a caller against a scan, and coverage against asking minute by minute.

All answers are compared before or while they are timed.
"""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from contextvars import Context, copy_context
from datetime import UTC, datetime
from typing import TypeVar

import orjson
from tortoise.context import TortoiseContext

import embedded
from bench import client, companies, environment, processor, serving
from bench.client import Load
from bench.companies import IN_BLOCK, KNOWN, UNKNOWN, load_company, next_monday, owner_of
from bench.coverage import measure_coverage
from bench.data import OWNER, SESSION, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median, percentile
from bench.recognition import measure_recognition
from models.base.database import connection
from models.calls.preview import ask_about_call, routes_of_calls
from models.policies.versions import forget_policies
from schema.graphql.ids import write_id
from settings import tortoise_config

SMALL, LARGE, COVERED = 10, 10_000, 200  # employees
CONNECTIONS = 8
QUERY = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) {
    script { greeting handlingInstruction faq { question answer } askedFields { key label required }
             vips { name note treatment } }
    routes { standing changesAt
        routes { action hop number ringSeconds said announcement employee { displayName }
                 decision { ruleId reason } }
        skipped { action hop number ringSeconds said announcement employee { displayName }
                  decision { ruleId reason } } } } }"""

_Answer = TypeVar("_Answer")


def employee(company: int, number: int) -> str:
    """The global id of an employee."""
    return write_id("Employee", row_id(companies.EMPLOYEE, company * 1_000_000 + number))


class Place:
    """A database with companies, and the context in which this process's models use it."""

    def __init__(self, context: Context) -> None:
        """Start without measurements."""
        self.context = context
        self.seconds: list[float] = []

    async def within(self, work: Awaitable[_Answer]) -> _Answer:
        """Run some work on this database."""

        async def run() -> _Answer:
            return await work

        return await asyncio.create_task(run(), context=self.context)


async def run(options: Options) -> list[Figure]:
    """Load the companies, then measure each pair in turns."""
    monday = next_monday(datetime.now(UTC))
    with environment.services() as pair:
        small_url = await _load(pair, "calls_small", {1: SMALL}, monday)
        large_url = await _load(pair, "calls_large", {1: LARGE, 2: COVERED}, monday)
        async with AsyncExitStack() as stack:
            small, large = [await open_place(stack, url) for url in (small_url, large_url)]
            figures = await _growth(small, large, monday, options)
            figures += await large.within(measure_recognition(options))
            figures += await large.within(measure_coverage(2, COVERED, monday, options))
        return [*figures[:3], *await _preview(pair, small_url, monday, options), *figures[3:]]


async def _load(pair: embedded.Services, name: str, sizes: dict[int, int], monday: datetime) -> str:
    url = await environment.make_database(pair, name)
    async with loading(url, leads=0) as loaded:
        await load_marketplace(loaded, leads=1, vendors=len(sizes), now=datetime.now(UTC))
        for number, employees in sizes.items():
            await load_company(loaded, number, employees=employees, monday=monday)
    return url


async def open_place(stack: AsyncExitStack, url: str) -> Place:
    """Connect the models to a database, in a separate context."""
    forget_policies()
    opened = await stack.enter_async_context(TortoiseContext())
    await opened.init(config=tortoise_config(url))
    return Place(copy_context())


async def _script_and_routes(monday: datetime, caller: str) -> tuple[int, list[str]]:
    """Read and decide what an agent is shown; return the number of VIPs and the rules."""
    conn = connection()
    wanted = row_id(companies.EMPLOYEE, 1_000_001)
    asked = await ask_about_call(
        conn, owner_of(1), secretariat_id=None, caller=caller, employee_id=wanted, at=monday
    )
    (routes,) = await routes_of_calls(conn, [(asked, wanted)])
    if routes is None:
        raise RuntimeError("the wanted employee is not one of the company's")
    return len(asked.vips), [route.decision.rule_id for route in routes.routes]


async def _growth(small: Place, large: Place, monday: datetime, options: Options) -> list[Figure]:
    rounds, warm = options.pick(400, 100), 20
    for number in range(warm + rounds):
        caller = (KNOWN, IN_BLOCK, UNKNOWN)[number % 3]
        answers = []
        for place in (small, large):
            began = time.perf_counter()
            answers.append(await place.within(_script_and_routes(monday, caller)))
            if number >= warm:
                place.seconds.append(time.perf_counter() - began)
        expected = (0 if caller == UNKNOWN else 1), ["deputy_takes_all", "appointment"]
        if answers != [expected, expected]:
            raise RuntimeError(f"{caller}: {answers}")
    one, other = median(small.seconds), median(large.seconds)
    name = "script and routes for a caller"
    sizes = f"{LARGE:,} to {SMALL} employees"
    return [
        Figure(f"{name}: company of {sizes}", other / one, "times", most=1.2),
        Figure(f"{name}: {SMALL} employees, 100 VIPs, 200 appointments", one * 1_000, "ms"),
        Figure(f"{name}: {LARGE:,} employees, 100,000 VIPs, 200,000 appointments", other * 1_000, "ms"),
    ]


async def _preview(pair: embedded.Services, url: str, monday: datetime, options: Options) -> list[Figure]:
    """Compare the product's answer with the floor's, then load both in turns."""
    given = {"caller": KNOWN, "employeeId": employee(1, 1), "at": monday.isoformat()}
    words = client.request(
        "/graphql", orjson.dumps({"query": QUERY, "variables": {"input": given}}), token(1)
    )
    wanted = str(row_id(companies.EMPLOYEE, 1_000_001))
    plain = client.request(
        "/preview", orjson.dumps({"caller": KNOWN, "employee": wanted, "at": monday.isoformat()})
    )
    session = {"BENCH_USER": str(row_id(OWNER, 1)), "BENCH_SESSION": str(row_id(SESSION, 1))}
    async with (
        serving.running(pair, url) as product,
        serving.running(pair, url, ("bench.calls_floor",), **session) as floor,
    ):
        answers = [
            orjson.loads(await client.ask_once(port, asked))["data"]
            for port, asked in ((product.port, words), (floor.port, plain))
        ]
        if answers[0] != answers[1]:
            raise RuntimeError(f"the floor's answer differs: {answers}")
        database = pair.pids["postgres"]
        loads: dict[str, list[Load]] = {"product": [], "floor": []}
        spent: dict[str, list[float]] = {"product": [], "floor": []}
        for number in range(1 + options.pick(7, 3)):
            for name, server, asked in (("product", product, words), ("floor", floor, plain)):
                began = processor.seconds(server.pid, database)
                load = await client.load(
                    server.port, asked, connections=CONNECTIONS, seconds=options.pick(3, 1)
                )
                took = processor.seconds(server.pid, database) - began
                if number:  # the first warms up
                    loads[name].append(load)
                    spent[name].append(took / len(load.latencies))
    pairs = zip(loads["product"], loads["floor"], strict=True)
    ratio = median([one.rate / other.rate for one, other in pairs])
    figures = [Figure("callRoutePreview relative to the floor", ratio, "of its requests", least=0.3)]
    for name, rounds in loads.items():
        p50 = median([percentile(load.latencies, 0.5) for load in rounds]) * 1_000
        figures += [
            Figure(f"{name}: requests", median([load.rate for load in rounds]), "per second"),
            Figure(f"{name}: p50", p50, "ms"),
            Figure(f"{name}: processor time", median(spent[name]) * 1_000, "ms per request"),
        ]
    return figures


BENCHMARK = Benchmark(
    "calls",
    "The phone secretariat",
    "Script and routes for a caller (known, in a block, unknown): the models' functions in companies of two "
    "sizes, in turns. `callRoutePreview` with script and routes on 8 connections to one process, compared "
    "with a hand-written Starlette endpoint (the floor) that sends the same statements, that of the session "
    "included, and returns the same JSON (asyncpg, orjson, no token). Recognition of a caller by an index, "
    "compared with a scan of the stored numbers with `phonenumbers.is_number_match`; both find the same "
    "entries, except for digits without a prefix. Coverage, compared with asking for the routes of each "
    "employee until one gets the call; the gaps are compared at a sample of the minutes and around their "
    "ends.",
    run,
)
