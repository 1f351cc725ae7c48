"""Benchmark of two more pages: a vendor's applications and a company's calls, against hand-written floors.

All answers are compared before anything is timed. Then the same pages among few and among many rows.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

import embedded
from bench import client, environment, serving
from bench.call_rows import load_old
from bench.cases import load_cases
from bench.companies import load_company, next_monday
from bench.data import VENDOR, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median
from bench.serving import Server
from bench.sides import Side, alone, in_turns, relative

SMALL, LARGE = 10_000, 1_000_000  # leads and calls
VENDORS, EMPLOYEES, OF_THE_VENDOR = 500, 100, 200
WARM = 5


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name in the figures, the field of the root, and its selection."""

    name: str
    field: str
    nodes: str

    def asking(self) -> bytes:
        """The request, as the owner of vendor 1."""
        body = {"query": f"{{ {self.field}(first: 100) {{ nodes {{ {self.nodes} }} }} }}"}
        return client.request("/graphql", orjson.dumps(body), token(1))


PAGES = (
    Page(
        "page of applications",
        "applications",
        """id version status fee submittedAt receivedAt answeredAt revealedAt
        lead { id title category city country budgetMax contact { fullName organisation email phone } }
        visibility { verdict ruleId changesAt }""",
    ),
    Page(
        "page of calls",
        "calls",
        """id version state outcome flags caller callerTrust dialled startedAt answeredAt hungUpAt endedAt
        waitSeconds talkSeconds agent { name } wantedEmployee { id displayName }
        attempts { id ordinal result startedAt }""",
    ),
)
# Of vendor 1's newest 100 applications, 25 each are waiting, accepted, declined and revealed; a fifth of the
# leads has an application of others, long ago.
_CASES = f"""
    SELECT n, n, 1, CASE WHEN n > 75 THEN 'REVEALED'
                         ELSE (ARRAY['PENDING', 'ACCEPTED', 'DECLINED'])[1 + n % 3] END,
           clock_timestamp() - n * interval '1 minute'
               - CASE WHEN n > 75 THEN interval '3 days' ELSE interval '3 hours' END
    FROM generate_series(1::bigint, {OF_THE_VENDOR}) AS n
    UNION ALL
    SELECT n, n, 2 + n % {VENDORS - 1}, 'REVEALED',
           clock_timestamp() - interval '4 days' - n * interval '1 minute'
    FROM generate_series({OF_THE_VENDOR} + 1::bigint, {{leads}} / 5) AS n"""


async def run(options: Options) -> list[Figure]:
    """Load a small and a large marketplace; compare with the floors in the small one, then both sizes."""
    large = options.pick(LARGE, LARGE // 10)
    with environment.services() as pair:
        urls = {count: await _load(pair, count) for count in (SMALL, large)}
        vendor = str(row_id(VENDOR, 1))
        async with AsyncExitStack() as stack:
            servers = {
                count: await stack.enter_async_context(serving.running(pair, url))
                for count, url in urls.items()
            }
            floor = await stack.enter_async_context(
                serving.running(pair, urls[SMALL], ("bench.pages_floor",), BENCH_VENDOR=vendor)
            )
            database = pair.pids["postgres"]
            figures = []
            for page in PAGES:
                figures += await _against_floor(page, servers[SMALL], floor, database, options)
                figures += await _growth(page, servers, options)
    return figures


async def _load(pair: embedded.Services, count: int) -> str:
    url, now = await environment.make_database(pair, f"pages_{count}"), datetime.now(UTC)
    async with loading(url, leads=count) as loaded:
        await load_marketplace(loaded, leads=count, vendors=VENDORS, now=now)
        await load_cases(loaded, _CASES.format(leads=count))
        for company in range(1, 11):
            await load_company(loaded, company, employees=EMPLOYEES, monday=next_monday(now))
        await load_old(
            loaded, count, within=count // 10, begin=datetime(2026, 1, 1, tzinfo=UTC), employees=EMPLOYEES
        )
    return url


async def _against_floor(
    page: Page, product: Server, floor: Server, database: int, options: Options
) -> list[Figure]:
    asked, plain = page.asking(), client.request(f"/{page.field}")
    answers = [await client.ask_once(product.port, asked), await client.ask_once(floor.port, plain)]
    ours, theirs = (orjson.loads(answer)["data"] for answer in answers)
    if ours != theirs or len(ours[page.field]["nodes"]) != 100:
        pairs = zip(ours[page.field]["nodes"], theirs[page.field]["nodes"], strict=False)
        first = next(((one, other) for one, other in pairs if one != other), None)
        raise RuntimeError(f"the floor's {page.field} differ: {first}")
    sides = Side(product, asked, database), Side(floor, plain, database)
    await in_turns(sides, options)
    return [
        *relative(f"{page.name} relative to the floor", *sides),
        *alone(f"{page.name}, product", sides[0]),
        *alone(f"{page.name}, floor", sides[1]),
    ]


async def _growth(page: Page, servers: dict[int, Server], options: Options) -> list[Figure]:
    """Ask for the page in both marketplaces in turns, on one connection each."""
    seconds: dict[int, list[float]] = {count: [] for count in servers}
    for turn in range(WARM + options.pick(40, 15)):
        for count, server in servers.items():
            load = await client.load(server.port, page.asking(), connections=1, seconds=0.4)
            seconds[count] += load.latencies if turn >= WARM else []
    (few, small), (many, large) = ((count, median(found) * 1_000) for count, found in seconds.items())
    return [
        Figure(f"{page.name}: among {many:,} relative to {few:,}", large / small, "times", most=1.2),
        Figure(f"{page.name}: among {few:,}", small, "ms"),
        Figure(f"{page.name}: among {many:,}", large, "ms"),
    ]


BENCHMARK = Benchmark(
    "pages",
    "Pages of applications and calls",
    "`applications(first: 100)` of a vendor with the lead, the visibility and, for half of them, contact "
    "data, and `calls(first: 100)` of a company's owner with agents, employees and attempts: on 8 "
    "connections to one process, compared with hand-written Starlette endpoints (the floors) that return the "
    "same JSON from the same tables in one statement (asyncpg, orjson, no authentication). Then on one "
    "connection, among few and many leads with applications, and among few and many calls, in turns.",
    run,
)
