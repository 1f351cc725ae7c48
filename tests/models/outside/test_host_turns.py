"""A host gets two requests at a time, with a second between them, by the test's clock."""

import asyncio
import itertools
from itertools import pairwise

import pytest

from models.outside.host_turns import AT_ONCE_IN_ALL, LONGEST_REST, HostBusy, HostTurns
from tests.support.outside_world import StillClock


def turns() -> tuple[HostTurns, StillClock]:
    """Turns and their clock."""
    clock = StillClock()
    return HostTurns(clock.seconds, clock.sleep), clock


async def test_a_second_passes_between_two_requests_to_a_host() -> None:
    hosts, clock = turns()
    begun = []
    for _ in range(3):
        async with hosts.of("site.de", 60):
            begun.append(clock.now)
    assert begun == [1_000, 1_001, 1_002]


async def test_requests_to_different_hosts_do_not_wait_for_each_other() -> None:
    hosts, clock = turns()
    for host in ("a.de", "b.de", "c.de"):
        async with hosts.of(host, 60):
            pass
    assert clock.waits == []


async def test_two_requests_to_a_host_are_in_progress_at_most() -> None:
    hosts, _ = turns()
    inside, most, released = 0, 0, asyncio.Event()
    both = asyncio.Event()

    async def one() -> None:
        nonlocal inside, most
        async with hosts.of("site.de", 60):
            inside += 1
            most = max(most, inside)
            if inside == 2:
                both.set()
            await released.wait()
            inside -= 1

    tasks = [asyncio.create_task(one()) for _ in range(5)]
    await both.wait()
    released.set()
    await asyncio.gather(*tasks)
    assert most == 2


async def test_a_second_passes_between_requests_that_waited_for_others_to_end() -> None:
    """Their turns by the second have come long ago, when the first two end at the same time."""
    hosts, clock = turns()
    begun: list[float] = []
    released, both = asyncio.Event(), asyncio.Event()

    async def one() -> None:
        async with hosts.of("site.de", 60):
            begun.append(clock.now)
            if len(begun) == 2:
                both.set()
            await released.wait()

    tasks = [asyncio.create_task(one()) for _ in range(4)]
    await both.wait()
    clock.now += 20
    released.set()
    await asyncio.gather(*tasks)
    assert [later - before for before, later in pairwise(begun)] == [1, 20, 1]


async def test_a_second_passes_between_requests_that_waited_for_other_hosts() -> None:
    hosts, clock = turns()
    begun: list[float] = []
    released, full = asyncio.Event(), asyncio.Event()
    others = itertools.count(1)

    async def another(number: int) -> None:
        async with hosts.of(f"host{number}.de", 60):
            if next(others) == AT_ONCE_IN_ALL:
                full.set()
            await released.wait()

    async def one() -> None:
        async with hosts.of("site.de", 60):
            begun.append(clock.now)

    tasks = [asyncio.create_task(another(number)) for number in range(AT_ONCE_IN_ALL)]
    await full.wait()
    tasks += [asyncio.create_task(one()) for _ in range(2)]
    await asyncio.sleep(0)
    clock.now += 20
    released.set()
    await asyncio.gather(*tasks)
    assert begun == [1_020, 1_021]


async def test_a_host_that_wants_to_be_left_alone_is_not_asked_by_who_waits_already() -> None:
    hosts, clock = turns()
    async with hosts.of("site.de", 60):
        waiting = asyncio.create_task(_begun(hosts, clock))
        hosts.leave_alone("site.de", 30)
        assert await waiting == 1_030
    async with hosts.of("site.de", 60):
        waiting = asyncio.create_task(_begun(hosts, clock))
        hosts.leave_alone("site.de", 90)
        with pytest.raises(HostBusy):
            await waiting


async def _begun(hosts: HostTurns, clock: StillClock, *, last: bool = False) -> float:
    async with hosts.of("site.de", 60, last=last):
        return clock.now


async def test_the_last_lets_others_go_first_although_they_come_later() -> None:
    hosts, clock = turns()
    async with hosts.of("site.de", 60):
        pass
    last = asyncio.create_task(_begun(hosts, clock, last=True))
    others = [asyncio.create_task(_begun(hosts, clock)) for _ in range(2)]
    assert max(await asyncio.gather(*others)) < await last


async def test_a_turn_that_would_come_too_late_is_refused_at_once() -> None:
    hosts, clock = turns()
    for _ in range(3):
        async with hosts.of("site.de", 60):
            pass
    now = clock.now
    with pytest.raises(HostBusy):
        async with hosts.of("site.de", 0.5):
            pass
    assert clock.now == now


@pytest.mark.parametrize(("asked", "rests"), [(30.0, 30.0), (1e9, LONGEST_REST), (-5.0, 0.0)])
async def test_a_host_that_wants_to_be_left_alone_is_left_alone(asked: float, rests: float) -> None:
    hosts, clock = turns()
    hosts.leave_alone("site.de", asked)
    clock.now += rests - 1e-6
    if rests:
        with pytest.raises(HostBusy):
            async with hosts.of("site.de", 0):
                pass
    clock.now += 1e-5
    async with hosts.of("site.de", 0):
        pass


async def test_hosts_that_may_be_asked_are_forgotten() -> None:
    hosts, clock = turns()
    hosts.leave_alone("busy.de", 1_000)
    for number in range(5_000):
        async with hosts.of(f"host{number}.de", 60):
            clock.now += 0.1
    assert len(hosts._next) <= 1_000
    with pytest.raises(HostBusy):
        async with hosts.of("busy.de", 1):
            pass


async def test_a_refused_request_takes_no_turn() -> None:
    hosts, clock = turns()
    hosts.leave_alone("site.de", 30)
    for _ in range(10):
        with pytest.raises(HostBusy):
            async with hosts.of("site.de", 1):
                pass
    clock.now += 30
    async with hosts.of("site.de", 0):
        pass
