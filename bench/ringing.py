"""A process that lets calls ring at a steady rate and prints when each was committed.

It is separate from the clients so that it does not delay them.
"""

import asyncio
import os
import sys
import time

import uvloop

from bench.accepting import Noting
from bench.companies import UNKNOWN, number_of
from bench.environment import models_on
from models.calls.ring import ring
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake
from schema.graphql.ids import write_id


async def main(count: int, rate: float) -> None:
    """Let calls ring at the first company; print one line per call: its id and time (monotonic)."""
    async with (
        models_on(os.environ["DATABASE_URL"], pool_size=10),
        open_redis(os.environ["REDIS_URL"]) as redis,
        RedisWake(redis) as wake,
    ):

        async def ring_one() -> tuple[str, float]:
            noting = Noting(wake)
            rung = await ring(noting, dialled=number_of(1), caller=UNKNOWN, wanted=None)
            return write_id("Call", rung.id), noting.at

        began, tasks = time.monotonic(), []
        for turn in range(count):
            await asyncio.sleep(max(0.0, began + turn / rate - time.monotonic()))
            tasks.append(asyncio.create_task(ring_one()))
        for call_id, at in await asyncio.gather(*tasks):
            sys.stdout.write(f"{call_id} {at!r}\n")


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2])))
