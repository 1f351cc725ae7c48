"""A host gets two requests at a time, with a second between them, by the test's clock."""

import asyncio

import pytest

from models.outside.host_turns import LONGEST_REST, HostBusy, HostTurns
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
