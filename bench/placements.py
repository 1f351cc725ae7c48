"""Benchmark of placements: a page of applications with and without `placed`, and the banners of a viewer.

Both sides are asked in turns, one request at a time, and each round gives one ratio.
"""

from datetime import UTC, datetime

import orjson

import embedded
from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import load_marketplace, loading, token
from bench.figures import Benchmark, Figure, Options, median, ratio

PAGE, SMALL, LARGE, VENDORS = 100, 100, 10_000, 3
FIELDS = """id status fee submittedAt revealedAt refundedAt
    lead { id title visibility { outcome } contact { fullName email phone } }
    refund { outcome message changesAt }"""
PLACED = "placed { place title body action actionUntil dismissible }"
LIST = f"{{ applications(first: {PAGE}) {{ nodes {{ {FIELDS} %s }} }} }}"
BANNERS = """{ viewer { banners(first: 20) { title body action actionUntil dismissible decision { ruleId }
    subject { id } } } }"""


def _cases(vendor: int, offset: int, count: int) -> str:
    """A third is pending; the rest was accepted, revealed by silence or declined within two weeks."""
    return f"""SELECT {offset} + n, {offset} + n, {vendor},
        CASE n % 6 WHEN 0 THEN 'ACCEPTED' WHEN 1 THEN 'REVEALED' WHEN 2 THEN 'DECLINED' WHEN 3 THEN 'REVEALED'
                   ELSE 'PENDING' END,
        clock_timestamp() - CASE WHEN n % 6 > 3 THEN interval '1 minute' + n * interval '2 seconds'
                                 ELSE interval '3 days' + n * interval '30 seconds' END
    FROM generate_series(1::bigint, {count}) AS n"""


async def run(options: Options) -> list[Figure]:
    """Load a vendor with 100 applications and one with 10,000, then ask both in turns."""
    with environment.services() as pair:
        url = await environment.make_database(pair, "placements")
        async with loading(url, leads=SMALL + LARGE) as connection:
            await load_marketplace(connection, leads=SMALL + LARGE, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(connection, f"{_cases(1, 0, SMALL)} UNION ALL {_cases(2, SMALL, LARGE)}")
        return await _ask(pair, url, options)


async def _ask(pair: embedded.Services, url: str, options: Options) -> list[Figure]:
    async with serving.running(pair, url) as server:
        pages = [(_request(LIST % "", 1), _request(LIST % PLACED, 1))]
        shown = orjson.loads(await client.ask_once(server.port, pages[0][1]))["data"]["applications"]["nodes"]
        messages = sum(len(node["placed"]) for node in shown)
        if len(shown) != PAGE or messages < 2 * PAGE:
            raise RuntimeError(f"{len(shown)} applications with {messages} messages")
        rounds = options.pick(9, 3)
        without, with_placed = await _in_turns(server.port, *pages[0], rounds)
        few, many = _request(BANNERS, 1), _request(BANNERS, 2)
        for request in (few, many):
            found = orjson.loads(await client.ask_once(server.port, request))["data"]["viewer"]["banners"]
            if len(found) != 20:
                raise RuntimeError(f"{len(found)} banners instead of 20")
        small, large = await _in_turns(server.port, few, many, rounds)
    return [
        Figure(
            f"a page of {PAGE} applications with `placed`, relative to one without",
            ratio(with_placed, without),
            "times",
            most=1.3,
        ),
        Figure(
            "the banners of a vendor with 10,000 applications, relative to one with 100",
            ratio(large, small),
            "times",
            most=2.0,
        ),
        Figure("a page without `placed`", median(without) * 1_000, "ms"),
        Figure("a page with `placed`", median(with_placed) * 1_000, "ms", note=f"{messages} messages"),
        Figure("20 banners of 100 applications", median(small) * 1_000, "ms"),
        Figure("20 banners of 10,000 applications", median(large) * 1_000, "ms"),
    ]


def _request(query: str, vendor: int) -> bytes:
    return client.request("/graphql", orjson.dumps({"query": query}), token(vendor))


async def _in_turns(port: int, one: bytes, other: bytes, rounds: int) -> tuple[list[float], list[float]]:
    """Return the median of seconds in each round; the first round warms up."""
    seconds: tuple[list[float], list[float]] = [], []
    for number in range(rounds + 1):
        for request, taken in zip((one, other), seconds, strict=True):
            load = await client.load(port, request, connections=1, seconds=1.0)
            if number:
                taken.append(median(load.latencies))
    return seconds


BENCHMARK = Benchmark(
    "placements",
    "What is shown where",
    "`applications(first: 100)` with the fields of a dashboard, with and without `placed`; and "
    "`viewer.banners(first: 20)` of a vendor with 100 applications and of one with 10,000. "
    "One request at a time over HTTP, in turns.",
    run,
)
