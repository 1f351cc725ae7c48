"""Benchmark of reveals: from a commit to a subscribed client, with a thousand subscribers.

A missing or duplicate reveal is an error.
"""

import asyncio
import gc
from datetime import UTC, datetime

import orjson

import embedded
from bench import environment, serving, sockets
from bench.cases import load_cases
from bench.committing import committed_by
from bench.data import LEAD, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, percentile
from bench.sockets import Follower
from schema.graphql.ids import write_id

SOCKETS, RATE, WARM = 1_000, 100, 200
PATIENCE = 20.0  # seconds to wait for the last one


async def run(options: Options) -> list[Figure]:
    """Open the sockets, accept applications at a steady rate, and compare the instants."""
    count = RATE * options.pick(20, 5)
    leads = count + WARM
    with environment.services() as pair:
        url = await environment.make_database(pair, "reveals")
        async with loading(url, leads=leads) as connection:
            await load_marketplace(connection, leads=leads, vendors=SOCKETS, now=datetime.now(UTC))
            await load_cases(
                connection,
                f"""SELECT n, n, n % {SOCKETS} + 1, 'PENDING', clock_timestamp() - interval '3 hours'
                    FROM generate_series(1::bigint, {leads}) AS n""",
            )
        async with serving.running(pair, url) as server:
            warm = await sockets.subscribe(server.port, token(1))
            await warm.close()
            await asyncio.sleep(1)
            before = server.resident()
            followed = [(token(vendor), sockets.REVEALS) for vendor in range(1, SOCKETS + 1)]
            followers = await sockets.subscribe_all(server.port, followed)
            await asyncio.sleep(3)
            held = (server.resident() - before) / SOCKETS
            for follower in followers:
                follower.follow()
            gc.disable()  # a collection takes 40 ms, in which no arrival is noted
            try:
                committed = await _accept(pair, url, leads)
                await sockets.arrived(followers, WARM + count, PATIENCE)
            finally:
                gc.enable()
                await asyncio.gather(*[follower.close() for follower in followers])
    return _figures(followers, committed, held)


async def _accept(pair: embedded.Services, url: str, count: int) -> dict[str, float]:
    """Run the process that accepts; return when each reveal was committed, by the lead's id, without the
    first ones: that process connects and plans its statements with them, and takes a core for it.
    """
    committed = await committed_by(pair, url, "bench.accepting", count, 1, count, RATE)
    return {
        write_id("Lead", row_id(LEAD, int(number))): at
        for number, at in committed.items()
        if int(number) > WARM
    }


def _figures(followers: list[Follower], committed: dict[str, float], held: float) -> list[Figure]:
    seen: dict[str, float] = {}
    for follower in followers:
        for at, text in follower.arrived:
            message = orjson.loads(text)
            if message["type"] != "next" or not message["payload"]["data"]["reveals"]["lead"]["contact"]:
                raise RuntimeError(str(message)[:400])
            seen[message["payload"]["data"]["reveals"]["lead"]["id"]] = at
    late = [(seen[lead] - at) * 1000 for lead, at in committed.items()]
    instants = sorted(committed.values())
    return [
        Figure(
            "reveals", (len(instants) - 1) / (instants[-1] - instants[0]), "per second", note=f"{len(late)}"
        ),
        Figure("commit to client: p50", percentile(late, 0.5), "ms"),
        Figure("commit to client: p99", percentile(late, 0.99), "ms", most=10),
        Figure("commit to client: longest", max(late), "ms"),
        Figure("memory per socket", held / 1024, "KiB", most=50, note=f"{SOCKETS:,} sockets"),
    ]


BENCHMARK = Benchmark(
    "reveals",
    "From a reveal to the client",
    "1,000 vendors follow `reveals` on sockets of one server process while prospects accept 100 applications "
    "per second (in a separate process, by calling the action). Timed from just after the commit until the "
    "client, on the same machine, receives the message, once that process has accepted 200; each message "
    "arrived once, with its contact data.",
    run,
)
