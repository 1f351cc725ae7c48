"""Benchmark of the public sources: all together against the slowest, the guard against plain httpx, and a
thousand searches of hosts that never answer.
"""

import asyncio
import gc
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.figures import Benchmark, Figure, Options, median, ratio
from bench.outside_sink import PAGE as SENT
from bench.outside_sink import outside_sink
from embedded.world.server import running_world
from models.outside.asking import ask_all
from models.outside.dns_questions import DnsQuestions
from models.outside.door import Door
from models.outside.fetching import Fetcher
from models.outside.guard import Guard
from models.outside.host_turns import AT_ONCE_IN_ALL, HostTurns
from models.outside.robots import Robots
from models.outside.rounds import Rounds
from models.outside.sources.source import LookUp, OutsideOutcome, OutsideSource, Question
from models.outside.transport import Bounds, OutsideTransport, outside_client
from models.outside.world import WorldPorts, WorldTransport, resolver_of_world

EVERY = tuple(OutsideSource)
ORGANISATION = Question(LookUp.ORGANISATION, None, "speichenwerk.example")
PERSON = Question(LookUp.PERSON, "ines.falkenried@speichenwerk.example", "speichenwerk.example")
HANGING_SECONDS = 0.2  # instead of 8: the hosts never answer
MOST_SOCKETS, AT_A_TIME = 64, 100


async def run(options: Options) -> list[Figure]:
    """Measure each."""
    return [
        *await _together(options.pick(5, 1)),
        await _guarded(options.pick(200, 20), 30),
        *await _hanging(options.pick(1_000, 100)),
    ]


def _door(ports: WorldPorts, bounds: Bounds, rounds: Rounds | None = None) -> Door:
    transport = WorldTransport(OutsideTransport(Guard(None), bounds), lambda: ports, bounds)
    fetcher = Fetcher(outside_client(transport), HostTurns(), bounds.seconds)
    return Door(
        on=frozenset(EVERY),
        fetcher=fetcher,
        robots=Robots(fetcher),
        dns=DnsQuestions(None, lambda: resolver_of_world(lambda: ports), bounds.seconds),
        rounds=rounds or Rounds(),
        now=lambda: datetime.now(UTC),
        rdap={"example": "https://rdap.nic.example/"},
        services_in_world=True,
    )


async def _together(rounds: int) -> list[Figure]:
    """Compare a search of all sources with the slowest of them alone, each with a new door."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    async with running_world() as (http, dns):

        async def seconds(question: Question, sources: Sequence[OutsideSource]) -> float:
            door = _door(WorldPorts(http, dns), Bounds())
            begun = time.perf_counter()
            answers = await ask_all(sources, question, door)
            spent = time.perf_counter() - begun
            await door.aclose()
            if any(one.outcome in {OutsideOutcome.BAD_ANSWER, OutsideOutcome.TIMED_OUT} for one in answers):
                raise RuntimeError("a source failed")
            return spent

        for name, question in (("an organisation", ORGANISATION), ("a person", PERSON)):
            together, slowest = found[name] = list[float](), list[float]()
            for _ in range(rounds):
                together.append(await seconds(question, EVERY))
                slowest.append(max([await seconds(question, [source]) for source in EVERY]))
    return [
        Figure(
            f"all sources about {name}, relative to the slowest one: time",
            ratio(together, slowest),
            "times",
            most=1.2,
            note=f"{median(together):.2g} s against {median(slowest):.2g} s",
        )
        for name, (together, slowest) in found.items()
    ]


async def _guarded(rounds: int, requests: int) -> Figure:
    """Compare pages through the guarded transport with pages through plain httpx, with the same limits."""
    with outside_sink() as (port, _, _):
        url, bounds = f"http://127.0.0.1:{port}/", Bounds()
        guard = Guard(None, private=[("127.0.0.1", port)])
        limits = httpx.Timeout(bounds.step_seconds, connect=bounds.connect_seconds)
        ours: list[float] = []
        plain: list[float] = []
        async with (
            outside_client(OutsideTransport(guard, bounds)) as guarded,
            httpx.AsyncClient(trust_env=False, timeout=limits) as bare,
        ):
            for turn in range(rounds + 1):
                one = await _rate(requests, lambda: _whole(guarded, url, bounds))
                other = await _rate(requests, lambda: _whole(bare, url, bounds))
                if turn:  # the first warms up
                    ours.append(one)
                    plain.append(other)
    return Figure(
        "a guarded page, relative to plain httpx with the same limits: rate",
        ratio(ours, plain),
        "times",
        least=0.95,
        note=f"{median(ours):,.0f} against {median(plain):,.0f} per second",
    )


async def _rate(requests: int, fetch: Callable[[], Awaitable[int]]) -> float:
    begun = time.perf_counter()
    for _ in range(requests):
        if await fetch() != len(SENT):
            raise RuntimeError("another page")
    return requests / (time.perf_counter() - begun)


async def _whole(client: httpx.AsyncClient, url: str, bounds: Bounds) -> int:
    """Read a page within its time and size, as any careful reader of a stranger's page would."""
    size = 0
    async with asyncio.timeout(bounds.seconds), client.stream("GET", url) as response:
        async for part in response.aiter_raw():
            size += len(part)
            if size > bounds.most_bytes:
                break
    return size


async def _hanging(searches: int) -> list[Figure]:
    """Search a world in which every host, and DNS, takes the question and never answers."""
    ticks = itertools.count(step=1_000)  # no source rests: all searches are made
    with outside_sink() as (_, http, dns):
        bounds = Bounds(HANGING_SECONDS, HANGING_SECONDS, HANGING_SECONDS, most_connections=AT_ONCE_IN_ALL)
        door = _door(WorldPorts(http, dns), bounds, Rounds(seconds=lambda: float(next(ticks))))

        async def search(number: int) -> None:
            domain = f"host{number}.example"
            answers = await ask_all(EVERY, Question(LookUp.PERSON, f"a@{domain}", domain), door)
            if any(one.outcome is OutsideOutcome.FOUND for one in answers):
                raise RuntimeError("a host answered")

        await asyncio.gather(*map(search, range(AT_A_TIME)))  # what is made once
        before, already = _memory(), _sockets()
        counts: list[int] = []
        watcher = asyncio.create_task(_watch(counts))
        turns = asyncio.Semaphore(AT_A_TIME)

        async def in_turn(number: int) -> None:
            async with turns:
                await search(number)

        await asyncio.gather(*map(in_turn, range(AT_A_TIME, AT_A_TIME + searches)))
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
        gc.collect()
        after = _memory()
        await door.aclose()
    name = f"{searches:,} searches of hosts that never answer, {AT_A_TIME} at a time"
    return [
        Figure(f"{name}: sockets open at the same time", max(counts) - already, most=MOST_SOCKETS),
        Figure(f"{name}: memory after, relative to before", after / before, "times", most=1.05),
    ]


async def _watch(counts: list[int]) -> None:
    while True:
        counts.append(_sockets())
        await asyncio.sleep(0.005)


def _sockets() -> int:
    """Return how many sockets this process has open."""
    found = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed meanwhile
            found += str(descriptor.readlink()).startswith("socket:")
    return found


def _memory() -> int:
    """Return the resident memory of this process, in pages."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


BENCHMARK = Benchmark(
    "outside",
    "Asking the outside",
    "Searches of the demo world, each with a new door, so that no rules of sites are kept; a host gets one "
    "request per second, so a web site with rules, a legal notice and a logo takes three seconds, and four "
    "if the keys of the person's domain are at the same host. The guard, with a page of "
    "20 kB over one connection, alternately with plain httpx. And searches of people at hosts that take "
    "every question and never answer, nor does DNS; there, a request may take 0.2 s.",
    run,
)
