"""The demo world for tests, and a door to it whose clock never waits."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpcore

from embedded.world.server import World
from models.outside.dns_questions import DnsQuestions
from models.outside.door import Door
from models.outside.fetching import Fetcher
from models.outside.guard import HTTP, HTTPS, Guard
from models.outside.host_turns import HostTurns
from models.outside.robots import Robots
from models.outside.rounds import Asked, Rounds
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideSource, Question
from models.outside.transport import Bounds, OutsideTransport, outside_client
from models.outside.world import WorldPorts, WorldTransport, resolver_of_world

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
AGENT = "Leadgate (+https://leadgate.test/about)"
SECONDS = 60.0  # of a document: a busy machine does not make an answer late


@dataclass
class StillClock:
    """A clock that advances only when somebody waits by it, which takes no time."""

    now: float = 1_000.0
    waits: list[float] = field(default_factory=list)

    def seconds(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class OutsideWorld:
    """A running world, a door to it, and what the door noted."""

    world: World
    ports: WorldPorts
    door: Door
    clock: StillClock
    counted: list[Asked]


def door_to(
    ports: WorldPorts,
    *,
    clock: StillClock | None = None,
    sources: Collection[OutsideSource] = tuple(OutsideSource),
    seconds: float = SECONDS,
    bounds: Bounds | None = None,
    network: httpcore.AsyncNetworkBackend | None = None,
    counted: list[Asked] | None = None,
    gravatar_key: str | None = None,
) -> Door:
    """Return a door whose names under `example` lead to this world; there is no DNS for any other name."""
    clock = clock or StillClock()
    noted = counted if counted is not None else []

    async def tally(asked: Sequence[Asked]) -> None:
        noted.extend(asked)

    bounds = bounds or Bounds(connect_seconds=SECONDS, step_seconds=SECONDS, seconds=seconds)
    outside = OutsideTransport(Guard(None, ports=(HTTPS, HTTP), network=network), bounds, for_sites=True)
    transport = WorldTransport(outside, lambda: ports, bounds)
    fetcher = Fetcher(
        outside_client(transport, user_agent=AGENT), HostTurns(clock.seconds, clock.sleep), seconds
    )
    return Door(
        on=frozenset(sources),
        fetcher=fetcher,
        robots=Robots(fetcher, clock.seconds),
        dns=DnsQuestions(None, lambda: resolver_of_world(lambda: ports), SECONDS),
        rounds=Rounds(tally, clock.seconds),
        now=lambda: NOW,
        rdap={"example": "https://rdap.nic.example/"},
        gravatar_key=gravatar_key,
        services_in_world=True,
    )


@asynccontextmanager
async def outside_world(world: World, ports: WorldPorts) -> AsyncIterator[OutsideWorld]:
    """Yield a new door to a running world, of which all sources are on; nothing was asked yet."""
    clock, counted = StillClock(), list[Asked]()
    world.keep()
    door = door_to(ports, clock=clock, counted=counted)
    try:
        yield OutsideWorld(world, ports, door, clock, counted)
    finally:
        await door.aclose()


def about(domain: str | None, email: str | None = None) -> Question:
    """Return a question about the organisation of a domain, or about a person with an address."""
    return Question(LookUp.ORGANISATION if email is None else LookUp.PERSON, email, domain)


def values(found: Sequence[Found], kind: FoundKind) -> list[str]:
    """Return the values of a kind."""
    return [one.value for one in found if one.kind is kind]
