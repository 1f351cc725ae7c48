"""A search wakes a worker, which asks the sources apart from the sweeps."""

import asyncio
from uuid import UUID

from arq.connections import ArqRedis

from jobs.looking_up import LookUps
from jobs.sweeping import Sweeper
from jobs.worker import build_worker
from models.base.ids import new_id
from models.process.wake import LOOK_UP_JOB, RedisWake, Silence


async def test_a_search_is_one_job_that_does_not_wait_for_it(redis: ArqRedis) -> None:
    begun: list[UUID] = []
    hold = asyncio.Event()

    async def run(search_id: UUID) -> None:
        begun.append(search_id)
        await hold.wait()

    look_ups, search_id = LookUps(run), new_id()
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

    look_ups = LookUps(run, most=2)
    for _ in range(5):
        look_ups.begin(new_id())
    tasks = list(look_ups._tasks)
    await two.wait()
    go.set()
    await asyncio.gather(*tasks)
    assert (most, running) == (2, set())


async def test_a_worker_that_stops_gives_up_its_searches() -> None:
    async def run(_: UUID) -> None:
        await asyncio.Event().wait()

    look_ups = LookUps(run)
    look_ups.begin(new_id())
    await look_ups.close()
    assert not look_ups._tasks
