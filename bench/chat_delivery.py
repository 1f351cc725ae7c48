"""Benchmark of messages in chats: from a commit to a subscribed client, against reveals in the same run.

A missing or duplicate event is an error.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

import embedded
from bench import environment, serving, sockets
from bench.cases import load_cases
from bench.committing import committed_by
from bench.data import CASE, LEAD, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, percentile
from bench.sockets import Follower
from schema.graphql.ids import write_id

SOCKETS, RATE, WARM = 200, 20, 100
PATIENCE = 60.0  # seconds to wait for the last one
FOLLOW = """subscription Follow($after: Cursor) { chatMessages(applicationId: "%s", after: $after) {
    ... on ChatMessage { id cursor author text masked { start end kind } decision { outcome ruleId } } } }"""

Late = list[float]


async def run(options: Options) -> list[Figure]:
    """Write messages and accept applications in turn, each followed by as many sockets."""
    turns, count = options.pick(4, 2), RATE * options.pick(10, 5)
    accepted = WARM + turns * count
    leads = SOCKETS + accepted
    with environment.services() as pair:
        url = await environment.make_database(pair, "chat_delivery")
        async with loading(url, leads=leads) as connection:
            await load_marketplace(connection, leads=leads, vendors=SOCKETS, now=datetime.now(UTC))
            await load_cases(
                connection,
                f"""SELECT n, n, n % {SOCKETS} + 1, 'PENDING', clock_timestamp() - interval '3 hours'
                    FROM generate_series(1::bigint, {leads}) AS n""",
            )
        async with serving.running(pair, url) as server:
            reveals = await _open(server.port, lambda _: sockets.REVEALS)
            chats = await _open(server.port, _chat_of)
            try:
                late = await _alternate(pair, url, reveals, chats, turns, count)
            finally:
                await asyncio.gather(*[one.close() for one in (*reveals, *chats)])
    return _figures(late, turns * count)


async def _open(port: int, document: Callable[[int], str]) -> list[Follower]:
    """Open a socket for each vendor, and start receiving."""
    followed = [(token(vendor), document(vendor)) for vendor in range(1, SOCKETS + 1)]
    followers = await sockets.subscribe_all(port, followed)
    for follower in followers:
        follower.follow()
    return followers


def _chat_of(vendor: int) -> str:
    """Return the subscription to the chat of a vendor's first case."""
    return FOLLOW % write_id("Application", row_id(CASE, vendor - 1 or SOCKETS))


async def _alternate(
    pair: embedded.Services, url: str, reveals: list[Follower], chats: list[Follower], turns: int, count: int
) -> Mapping[str, Late]:
    late: dict[str, Late] = {"reveal": [], "message": []}
    await asyncio.sleep(3)
    first, wanted = 0, 0
    for turn in range(1 + turns):
        size = count if turn else WARM
        wanted += size
        committed = await committed_by(pair, url, "bench.accepting", size, SOCKETS + 1 + first, size, RATE)
        await sockets.arrived(reveals, wanted, PATIENCE)
        revealed = {str(write_id("Lead", row_id(LEAD, int(name)))): at for name, at in committed.items()}
        written = await committed_by(pair, url, "bench.writing", size, first, size, RATE, SOCKETS)
        await sockets.arrived(chats, wanted, PATIENCE)
        sent = {str(write_id("ChatMessage", UUID(name))): at for name, at in written.items()}
        if turn:  # the first warms up
            late["reveal"] += _late(reveals, revealed, lambda data: data["reveals"]["lead"]["id"])
            late["message"] += _late(chats, sent, _masked_id)
        first += size
    return late


def _masked_id(data: Any) -> str:
    message = data["chatMessages"]
    if message["decision"]["outcome"] != "MASK" or "[phone]" not in message["text"]:
        raise RuntimeError(str(message)[:400])
    return str(message["id"])


def _late(followers: list[Follower], committed: dict[str, float], of: Callable[[Any], str]) -> Late:
    """Return how long each took, in milliseconds."""
    seen: dict[str, float] = {}
    for follower in followers:
        for at, text in follower.arrived:
            message = orjson.loads(text)
            if message["type"] != "next":
                raise RuntimeError(str(message)[:400])
            seen[of(message["payload"]["data"])] = at
    return [(seen[name] - at) * 1000 for name, at in committed.items()]


def _figures(late: Mapping[str, Late], count: int) -> list[Figure]:
    p99 = {name: percentile(found, 0.99) for name, found in late.items()}
    return [
        Figure(
            "a message to the client, relative to a reveal: p99",
            p99["message"] / p99["reveal"],
            "times",
            most=1.2,
            note=f"{count} of each",
        ),
        *(Figure(f"{name}: p50", percentile(found, 0.5), "ms") for name, found in late.items()),
        *(Figure(f"{name}: p99", p99[name], "ms") for name in late),
    ]


BENCHMARK = Benchmark(
    "chat_delivery",
    "From a message of a chat to the client",
    f"{SOCKETS} vendors follow `reveals` and {SOCKETS} a chat on sockets of one server process, while "
    f"prospects in turn accept {RATE} applications and write {RATE} messages per second (in separate "
    "processes, by calling the actions). Timed from just after the commit until the client receives the "
    "event; each arrived once, the message with its number masked.",
    run,
)
