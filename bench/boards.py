"""Benchmark of the boards: from a call that rings to 200 agents who follow `callUpdates`.

A missing or duplicate event is an error.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import orjson

from bench import environment, reveals, serving, sockets
from bench.committing import committed_by
from bench.companies import load_company, next_monday
from bench.data import OWNER, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, percentile
from bench.sockets import Follower

AGENTS, RATE, WARM = 200, 50, 50
PATIENCE = 120.0  # seconds to wait for the last one
UPDATES = """subscription Follow($after: Cursor) { callUpdates(after: $after) { __typename
    ... on CallEvent { cursor change call { id state startedAt caller callerTrust dialled } } } }"""
# Vendors' owners become agents, and follow all companies' calls.
_AGENTS = "UPDATE users SET account_id = NULL, account_role = NULL, agent = true WHERE id = ANY($1::uuid[])"


async def run(options: Options) -> list[Figure]:
    """Measure reveals, then let calls ring at a steady rate, and compare."""
    found = await reveals.run(options)
    (usual,) = (figure.value for figure in found if figure.name.endswith("p99"))
    late, rate, cost = await _boards(options)
    p99 = percentile(late, 0.99)
    return [
        Figure("ringing to 200 boards, relative to a reveal: p99", p99 / usual, "times", most=1.5),
        Figure("calls", rate, "per second"),
        Figure("ringing to a board: p50", percentile(late, 0.5), "ms"),
        Figure("ringing to a board: p99", p99, "ms"),
        Figure("ringing to a board: longest", max(late), "ms"),
        Figure("reveal to a client: p99", usual, "ms"),
        Figure("server's processor time per message", cost * 1e6, "µs", note=f"{len(late):,} messages"),
    ]


async def _boards(options: Options) -> tuple[list[float], float, float]:
    """Return how late each event arrived at each agent, in milliseconds, the calls per second, and the
    processor time that the server used per message, in seconds.
    """
    count = RATE * options.pick(5, 2)
    now = datetime.now(UTC)
    with environment.services() as pair:
        url = await environment.make_database(pair, "boards")
        async with loading(url, leads=0) as connection:
            await load_marketplace(connection, leads=1, vendors=AGENTS + 1, now=now)
            await load_company(connection, 1, employees=10, monday=next_monday(now))
            await connection.execute(_AGENTS, [row_id(OWNER, number) for number in range(2, AGENTS + 2)])
        async with serving.running(pair, url) as server:
            followers = [
                await sockets.subscribe(server.port, token(number), document=UPDATES)
                for number in range(2, AGENTS + 2)
            ]
            await asyncio.sleep(2)
            for follower in followers:
                follower.follow()
            try:
                await committed_by(pair, url, "bench.ringing", WARM, WARM, RATE)
                await _arrived(followers, WARM)
                used = server.cpu_seconds()
                committed = await committed_by(pair, url, "bench.ringing", count, count, RATE)
                await _arrived(followers, WARM + count)
                used = server.cpu_seconds() - used
            finally:
                await asyncio.gather(*[follower.close() for follower in followers])
    instants = sorted(committed.values())
    rate = (len(instants) - 1) / (instants[-1] - instants[0])
    return _late(followers, committed), rate, used / (count * AGENTS)


async def _arrived(followers: list[Follower], each: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(len(one.arrived) < each for one in followers):  # noqa: ASYNC110 - rare
            await asyncio.sleep(0.05)


def _late(followers: list[Follower], committed: dict[str, float]) -> list[float]:
    late: list[float] = []
    for follower in followers:
        events = [(at, orjson.loads(text)["payload"]["data"]["callUpdates"]) for at, text in follower.arrived]
        times = Counter(event["call"]["id"] for _, event in events)
        if len(times) != len(events) or any(times[call] != 1 for call in committed):
            raise RuntimeError(f"not each call once: {times.most_common(3)}")
        arrived = {event["call"]["id"]: at for at, event in events}
        late += [(arrived[call] - at) * 1000 for call, at in committed.items()]
    return late


BENCHMARK = Benchmark(
    "boards",
    "From a call to the agents' boards",
    "200 agents follow `callUpdates` on sockets of one server process while 50 calls per second ring (in a "
    "separate process, by calling the action). Timed from just after the commit until each client, on the "
    "same machine, receives the message; each message arrived once at each agent. The reveals of the same "
    "run have 1,000 subscribers, one for each reveal.",
    run,
)
