"""The events, each with what it does to an installation under load, and the longest gap that it may cause."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.cluster.installation import Installation
from tests.cluster.load import Load
from tests.cluster.looking_up import look_up
from tests.cluster.outcome import Outcome, longest_gap

LEASE = 20.0  # Patroni's ttl, in seconds
BEFORE, AFTER = 20.0, 25.0  # seconds of load before an event and from its beginning on
FREEZE = 20.0
ROLL_PAUSE = 2.0
MOST_LEADS = 5_000  # that a run may use up: 100 applications a second

Strike = Callable[[Installation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Event:
    """A failure: its name, the words of the table, the limit of the gap in seconds, and how it is caused.

    `strike` also mends what would not mend itself, such as a host that stays off.
    """

    name: str
    title: str
    limit: float
    strike: Strike
    after: float = AFTER
    fewest_in_doubt: int = 0
    most_repeats: int | None = None


async def _host(installation: Installation) -> None:
    installation.databases.kill_host(await installation.databases.leader())


# The gap is Patroni's lease, and a third for the promotion and what notices it.
HOST = Event("host", "host dies", 1.3 * LEASE, _host)
EVENTS = {event.name: event for event in (HOST,)}


async def happen(installation: Installation, event: Event, first_lead: int) -> tuple[Outcome, int]:
    """Let an event happen under load; return what it did, and the first lead that was not used.

    Afterwards everything is there twice again. Raises `RuntimeError` or `TimeoutError` if it is not.
    """
    load = Load(installation.web, first_lead)
    seconds = BEFORE + event.after

    async def strike() -> None:
        await asyncio.sleep(BEFORE)
        await event.strike(installation)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(load.run(seconds))
        tasks.create_task(strike())
    for host in installation.databases.missing_hosts():
        installation.databases.start_host(host)
    await installation.whole()
    found = await look_up(installation.superuser_url, load)
    outcome = Outcome(
        event.title,
        gap=longest_gap(load.operations, load.ends),
        limit=event.limit,
        acknowledged=found.acknowledged,
        repeats=sum(len(one.failures) for one in load.operations),
        in_doubt=found.in_doubt,
        lost=found.lost,
        doubled=found.doubled,
        revealed=sum(load.reveals.get(application) == 1 for application in load.accepted()),
        accepted=len(load.accepted()),
        reconcile=await _reconcile(installation),
        fewest_in_doubt=event.fewest_in_doubt,
        most_repeats=event.most_repeats,
        refused=[one.refusal for one in load.operations if one.refusal],
        closed=len(load.closed),
    )
    return outcome, load.next_lead


async def _reconcile(installation: Installation) -> str:
    try:
        await installation.leadgate("reconcile")
    except RuntimeError as error:
        return str(error)
    return ""
