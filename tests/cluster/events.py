"""The events, each with what it does to an installation under load, and the longest gap that it may cause."""

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.cluster.installation import SERVERS, Installation
from tests.cluster.load import Load
from tests.cluster.looking_up import look_up
from tests.cluster.outcome import Outcome, is_internal, longest_gap, median_answer
from tests.cluster.processes import send
from tests.cluster.waiting import until

LEASE = 20.0  # Patroni's ttl, in seconds
# Seconds of load before an event, from its beginning on, and after its end.
BEFORE, SINCE, AFTER = 20.0, 25.0, 10.0
FREEZE = 20.0
ROLL_PAUSE = 2.0
CUTS, CUT_PAUSE, CUT_SECONDS = 100, 0.3, 60.0  # how many, the longest pause, and how long at most
MOST_LEADS = 5_000  # that a run may use up: 100 applications a second

Strike = Callable[[Installation, Load], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Event:
    """A failure: its name, the words of the table, the limit of the gap in seconds, and how it is caused."""

    name: str
    title: str
    limit: float
    strike: Strike
    fewest_in_doubt: int = 0
    most_repeats: int | None = None


async def _host(installation: Installation, _: Load) -> None:
    installation.databases.kill_host(await installation.databases.leader())


async def _postgres_crashes(installation: Installation, _: Load) -> None:
    leader = await installation.databases.leader()
    send(installation.databases.postgres(leader), signal.SIGKILL)


async def _switchover(installation: Installation, _: Load) -> None:
    await installation.databases.switch_over()


async def _standby_hangs(installation: Installation, _: Load) -> None:
    standby = await installation.databases.standby()
    await _freeze(installation.databases.postgres(standby))


async def _etcd_hangs(installation: Installation, _: Load) -> None:
    await _freeze([installation.processes.pid("etcd")])


async def _redis_dies(installation: Installation, _: Load) -> None:
    installation.processes.kill(await installation.redis_primary())


async def _redis_hangs(installation: Installation, _: Load) -> None:
    await _freeze([installation.processes.pid(await installation.redis_primary())])


async def _cuts(installation: Installation, load: Load) -> None:
    """Close all connections to the database or to a server at random moments, often before an answer."""
    leader = await installation.databases.leader()
    targets = [("postgres", leader)] * len(SERVERS) + [("web", name) for name in SERVERS]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CUT_SECONDS):
            for _ in range(CUTS):
                installation.balancer.cut(*random.choice(targets))
                await load.next_answer()  # they are connected again
                await asyncio.sleep(random.uniform(0.0, CUT_PAUSE))


async def _roll(installation: Installation, _: Load) -> None:
    """Restart the servers one after the other, as a release does."""
    for name in SERVERS:
        await asyncio.to_thread(installation.processes.stop, name)
        installation.start_server(name)
        await until(partial(installation.server_is_ready, name), name)
        await asyncio.sleep(ROLL_PAUSE)


async def _freeze(pids: Sequence[int]) -> None:
    """Stop processes, which keep their connections, and let them go on after a while."""
    send(pids, signal.SIGSTOP)
    try:
        await asyncio.sleep(FREEZE)
    finally:
        send(pids, signal.SIGCONT)


# At a host's death the gap is Patroni's lease, and a third for the promotion and for those who notice it;
# where something reports the failure, at most 0.4 of that. A standby that hangs holds up commits until
# wal_sender_timeout (5 s) and Patroni's next look; no answer waits for etcd or Redis.
HOST = Event("host", "host dies", 1.3 * LEASE, _host)
EVENTS = {
    event.name: event
    for event in (
        HOST,
        Event("pg-crash", "PostgreSQL crashes", 0.4 * 1.3 * LEASE, _postgres_crashes),
        Event("switchover", "planned switchover", 10, _switchover),
        Event("standby-hangs", "standby hangs", 10, _standby_hangs),
        Event("etcd-hangs", "etcd hangs", 2, _etcd_hangs),
        Event("redis-dies", "Redis dies", 2, _redis_dies),
        Event("redis-hangs", "Redis hangs", 2, _redis_hangs),
        Event("cuts", "connections are cut", 5, _cuts, fewest_in_doubt=20),
        Event("roll", "servers restart in turn", 2, _roll, most_repeats=0),
    )
}


async def happen(installation: Installation, event: Event, first_lead: int) -> tuple[Outcome, int]:
    """Let an event happen under load; return what it did, and the first lead that was not used.

    Afterwards everything is there twice again. Raises `RuntimeError` if it is not.
    """
    load = Load(installation.web, first_lead)
    running = asyncio.create_task(load.run())
    try:
        await asyncio.wait({running}, timeout=BEFORE)
        struck = time.time()
        await event.strike(installation, load)
        load.ends = max(struck + SINCE, time.time() + AFTER)
        await running
    finally:
        running.cancel()
    await installation.mend()
    found = await look_up(installation.superuser_url, load)
    failures = [failure for one in load.operations for failure in one.failures]
    outcome = Outcome(
        event.title,
        gap=longest_gap(load.operations, load.ends),
        limit=event.limit,
        acknowledged=found.acknowledged,
        repeats=len(failures),
        in_doubt=found.in_doubt,
        lost=found.lost,
        doubled=found.doubled,
        revealed=sum(load.reveals.get(application) == 1 for application in load.accepted()),
        accepted=len(load.accepted()),
        reconcile=await _reconcile(installation),
        fewest_in_doubt=event.fewest_in_doubt,
        most_repeats=event.most_repeats,
        refused=[one.refusal for one in load.operations if one.refusal],
        unanswered=sum(one.answered is None for one in load.operations),
        internal=[*filter(is_internal, failures), *installation.logged_faults()],
        resumed=len(load.closed),
        median_before=median_answer(load.operations, struck - BEFORE / 2, struck),
        median_since=median_answer(load.operations, struck, load.ends),
    )
    return outcome, load.next_lead


async def _reconcile(installation: Installation) -> str:
    try:
        await installation.leadgate("reconcile")
    except RuntimeError as error:
        return str(error)
    return ""
