"""Benchmark of the edge: what a request costs before and after its fields are resolved, in processor time.

The figure is the difference between two servers that return the same bytes: the product, for a document
whose field reads nothing, and a bare Starlette endpoint.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from bench import client, environment, processor, serving
from bench.data import load_marketplace, loading, token
from bench.figures import Benchmark, Figure, Options, median
from bench.serving import Server

CONNECTIONS = 8
MOST = 0.15  # ms of the server's processor time
QUERY = "{ viewer { __typename } }"


@dataclass(slots=True)
class _Side:
    """A server, its request, and the rounds so far: requests per second, and milliseconds per request."""

    server: Server
    words: bytes
    others: tuple[int, ...] = ()  # processes that work for this server
    rates: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)

    async def round(self, seconds: float, *, warms_up: bool) -> None:
        before = processor.seconds(self.server.pid), processor.seconds(*self.others)
        load = await client.load(self.server.port, self.words, connections=CONNECTIONS, seconds=seconds)
        after = processor.seconds(self.server.pid), processor.seconds(*self.others)
        if warms_up:
            return
        count = len(load.latencies)
        self.rates.append(load.rate)
        self.own.append((after[0] - before[0]) / count * 1000)
        self.behind.append((after[1] - before[1]) / count * 1000)


async def run(options: Options) -> list[Figure]:
    """Measure alternately: the product, the floor, the product …"""
    with environment.services() as pair:
        url = await environment.make_database(pair, "edge")
        async with loading(url, leads=1) as connection:
            await load_marketplace(connection, leads=1, vendors=500, now=datetime.now(UTC))
        words = client.request("/graphql", orjson.dumps({"query": QUERY}), token(1))
        async with serving.running(pair, url) as product:
            answer = await client.ask_once(product.port, words)
            if orjson.loads(answer)["data"] != {"viewer": {"__typename": "Viewer"}}:
                raise RuntimeError(f"an unexpected answer: {answer[:400]!r}")
            async with serving.running(
                pair, url, ("bench.edge_floor",), BENCH_ANSWER=answer.decode()
            ) as floor:
                ours = _Side(product, words, tuple(pair.pids.values()))
                theirs = _Side(floor, words)
                for number in range(1 + options.pick(7, 3)):
                    for side in (ours, theirs):
                        await side.round(options.pick(4, 2), warms_up=not number)
        return _figures(ours, theirs)


def _figures(ours: _Side, theirs: _Side) -> list[Figure]:
    edge = [one - other for one, other in zip(ours.own, theirs.own, strict=True)]
    return [
        Figure("the edge", median(edge), "ms of processor time per request", most=MOST),
        Figure("product: requests", median(ours.rates), "per second"),
        Figure("product: processor time", median(ours.own), "ms per request"),
        Figure("PostgreSQL and Valkey behind it", median(ours.behind), "ms per request"),
        Figure("floor: requests", median(theirs.rates), "per second"),
        Figure("floor: processor time", median(theirs.own), "ms per request"),
    ]


BENCHMARK = Benchmark(
    "edge",
    "The edge of a request",
    "`{ viewer { __typename } }` as a vendor on 8 connections to one process: token, session, context, "
    "document, limits, rate limit, headers, log and metrics, for a field that reads nothing. The edge is the "
    "processor time of the server's process less that of a bare Starlette endpoint on the same uvicorn, "
    "which returns the same bytes.",
    run,
)
