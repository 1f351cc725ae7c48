"""Benchmark of contacting: a page of leads with and without the permissions of five media.

Both sides are asked in turns, one request at a time, and each round gives one ratio.
"""

from datetime import UTC, datetime

import orjson

import embedded
from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import load_marketplace, loading, token
from bench.figures import Benchmark, Figure, Options, median, ratio

PAGE, VENDORS = 100, 2
FIELDS = """id title brief category city country budgetMax publishedAt
    visibility { outcome ruleId changesAt } contact { fullName organisation email phone }"""
PERMISSIONS = "contacting { permissions { medium right { outcome } permission { outcome changesAt } } }"
LIST = f"{{ leads(first: {PAGE}) {{ nodes {{ {FIELDS} %s }} }} }}"
# The vendor sees the contact data of all leads.
CASES = f"""SELECT n, n, 1, 'ACCEPTED', clock_timestamp() - interval '3 days'
    FROM generate_series(1::bigint, {PAGE}) AS n"""


async def run(options: Options) -> list[Figure]:
    """Load a vendor with 100 contacts, then ask both in turns."""
    with environment.services() as pair:
        url = await environment.make_database(pair, "contacting")
        async with loading(url, leads=PAGE) as connection:
            await load_marketplace(connection, leads=PAGE, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(connection, CASES)
        return await _ask(pair, url, options)


async def _ask(pair: embedded.Services, url: str, options: Options) -> list[Figure]:
    async with serving.running(pair, url) as server:
        plain, asked = _request(LIST % ""), _request(LIST % PERMISSIONS)
        shown = orjson.loads(await client.ask_once(server.port, asked))["data"]["leads"]["nodes"]
        decided = sum(len((node["contacting"] or {"permissions": ()})["permissions"]) for node in shown)
        if decided != 5 * PAGE:
            raise RuntimeError(f"{decided} permissions instead of {5 * PAGE}")
        without, with_permissions = await in_turns(server.port, plain, asked, options.pick(9, 3))
    return [
        Figure(
            f"a page of {PAGE} leads with the permissions of 5 media, its rate relative to one without",
            ratio(without, with_permissions),
            "times",
            least=0.8,
        ),
        Figure("a page without permissions", median(without) * 1_000, "ms"),
        Figure("a page with permissions", median(with_permissions) * 1_000, "ms"),
    ]


def _request(query: str) -> bytes:
    return client.request("/graphql", orjson.dumps({"query": query}), token(1))


async def in_turns(port: int, one: bytes, other: bytes, rounds: int) -> tuple[list[float], list[float]]:
    """Return the median of seconds in each round; the first round warms up."""
    seconds: tuple[list[float], list[float]] = [], []
    for number in range(rounds + 1):
        for request, taken in zip((one, other), seconds, strict=True):
            load = await client.load(port, request, connections=1, seconds=1.0)
            if number:
                taken.append(median(load.latencies))
    return seconds


BENCHMARK = Benchmark(
    "contacting",
    "Contacting persons",
    "`leads(first: 100)`, all with visible contact data, with and without the right and the permission of "
    "each of five media. One request at a time over HTTP, in turns.",
    run,
)
