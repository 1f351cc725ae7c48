"""A process that writes messages in chats at a steady rate and prints when each was committed.

It is separate from the clients so that it does not delay them.
"""

import asyncio
import os
import sys
import time
from uuid import UUID

import uvloop

from bench.accepting import Noting
from bench.data import CASE, OWNER, PROSPECT, row_id
from bench.environment import models_on
from models.base.role import Role
from models.base.viewer import Viewer
from models.chat.send import send_message
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake

TEXT = "Thank you, that sounds good. Call me on 0151 23456789 before you come; Tuesday is fine."


async def main(first: int, count: int, rate: float, chats: int) -> None:
    """Write as the prospects of the first cases in turn, messages numbered from `first` on.

    Prints one line per message: its id and time (monotonic).
    """
    async with (
        models_on(os.environ["DATABASE_URL"], pool_size=10),
        open_redis(os.environ["REDIS_URL"]) as redis,
        RedisWake(redis) as wake,
    ):

        async def write_one(number: int) -> tuple[UUID, float]:
            noting, chat = Noting(wake), number % chats + 1
            viewer = Viewer(row_id(OWNER, 1), None, row_id(PROSPECT, chat), frozenset({Role.PROSPECT}))
            return await send_message(viewer, noting, row_id(CASE, chat), TEXT, f"{number}"), noting.at

        began, tasks = time.monotonic(), []
        for turn in range(count):
            await asyncio.sleep(max(0.0, began + turn / rate - time.monotonic()))
            tasks.append(asyncio.create_task(write_one(first + turn)))
        for message_id, at in await asyncio.gather(*tasks):
            sys.stdout.write(f"{message_id.hex} {at!r}\n")


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
