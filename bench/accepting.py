"""A process that accepts applications at a steady rate and prints when each was committed.

It is separate from the clients so that it does not delay them.
"""

import asyncio
import os
import sys
import time
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import uvloop

from bench.data import CASE, OWNER, PROSPECT, row_id
from bench.environment import models_on
from models.applications.answer import accept
from models.base.role import Role
from models.base.viewer import Viewer
from models.process.gc_tuning import look_less_often
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake


class Noting:
    """Records when it is called, just after a commit, and passes the call on."""

    def __init__(self, wake: RedisWake) -> None:
        """Wrap another wake-up."""
        self._wake = wake
        self.at = 0.0

    async def look_up(self, search_id: UUID) -> None:
        """Pass the call on."""
        await self._wake.look_up(search_id)

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Record the time and pass the call on."""
        self.at = time.monotonic()
        await self._wake.send(recipients, due)


async def main(first: int, count: int, rate: float) -> None:
    """Accept the cases from number `first` on; print one line per case: its number and time (monotonic)."""
    async with (
        models_on(os.environ["DATABASE_URL"], pool_size=10),
        open_redis(os.environ["REDIS_URL"]) as redis,
        RedisWake(redis) as wake,
    ):

        async def accept_one(number: int) -> tuple[int, float]:
            noting = Noting(wake)
            viewer = Viewer(row_id(OWNER, 1), None, row_id(PROSPECT, number), frozenset({Role.PROSPECT}))
            await accept(viewer, noting, row_id(CASE, number))
            return number, noting.at

        look_less_often()  # as a server does
        began, tasks = time.monotonic(), []
        for turn in range(count):
            await asyncio.sleep(max(0.0, began + turn / rate - time.monotonic()))
            tasks.append(asyncio.create_task(accept_one(first + turn)))
        for number, at in await asyncio.gather(*tasks):
            sys.stdout.write(f"{number} {at!r}\n")


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
