"""A search wakes a worker, which asks the sources apart from the sweeps."""

import asyncio
from uuid import UUID

from arq.connections import ArqRedis

from jobs.looking_up import LookUps
from jobs.sweeping import Sweeper
from jobs.worker import build_worker
from models.base.ids import new_id
from models.process.wake import LOOK_UP_JOB, RedisWake, Silence


async def nobody(_: UUID) -> None:
    """No account."""


async def each(search_id: UUID) -> UUID:
    """An account for each search."""
    return search_id


async def test_a_search_is_one_job_that_does_not_wait_for_it(redis: ArqRedis) -> None:
    begun: list[UUID] = []
    hold = asyncio.Event()

    async def run(search_id: UUID) -> None:
        begun.append(search_id)
        await hold.wait()

    look_ups, search_id = LookUps(run, nobody), new_id()
    wake = RedisWake(redis)
    for _ in range(2):
        await wake.look_up(search_id)
        await wake.drain()
    assert await redis.zrange("arq:queue", 0, -1) == [f"{LOOK_UP_JOB}:{search_id}".encode()]
    worker = build_worker(redis, Sweeper(Silence(), 10), look_ups, burst=True)
    await worker.async_run()
    assert (worker.jobs_complete, worker.jobs_failed, begun) == (1, 0, [search_id])
    await look_ups.close()


async def test_so_many_are_searched_at_a_time_and_a_failure_frees_its_place() -> None:
    running, most = set[UUID](), 0
    two, go = asyncio.Event(), asyncio.Event()

    async def run(search_id: UUID) -> None:
        nonlocal most
        running.add(search_id)
        most = max(most, len(running))
        if most == 2:
            two.set()
        await go.wait()
        running.discard(search_id)
        raise RuntimeError("a fault")

    look_ups = LookUps(run, each, most=2)
    for _ in range(5):
        look_ups.begin(new_id())
    tasks = list(look_ups._tasks)
    await two.wait()
    go.set()
    await asyncio.gather(*tasks)
    assert (most, running) == (2, set())


async def test_searches_of_one_account_that_never_end_leave_places_to_others() -> None:
    vendor, rival, searches = new_id(), new_id(), dict[UUID, UUID]()
    running: list[UUID] = []
    rivals = asyncio.Event()

    async def account_of(search_id: UUID) -> UUID:
        return searches[search_id]

    async def run(search_id: UUID) -> None:
        running.append(searches[search_id])
        if searches[search_id] == rival:
            rivals.set()
        await asyncio.Event().wait()

    look_ups = LookUps(run, account_of, most=4, most_of_account=3)
    for account in [vendor] * 10 + [rival]:
        search_id = new_id()
        searches[search_id] = account
        look_ups.begin(search_id)
    await rivals.wait()
    assert (running.count(vendor), running.count(rival)) == (3, 1)
    await look_ups.close()


async def test_a_worker_that_stops_gives_up_its_searches() -> None:
    async def run(_: UUID) -> None:
        await asyncio.Event().wait()

    look_ups = LookUps(run, nobody)
    look_ups.begin(new_id())
    await look_ups.close()
    assert not look_ups._tasks
