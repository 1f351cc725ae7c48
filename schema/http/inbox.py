"""Messages of a socket that the application has not received yet."""

import asyncio

from uvicorn._types import ASGIReceiveEvent


class Inbox(asyncio.Queue[ASGIReceiveEvent]):
    """What uvicorn uses of a queue, for one reader. An idle queue takes 3 KiB, because it has four deques."""

    def __init__(self) -> None:
        """Create an empty one."""
        self._messages: list[ASGIReceiveEvent] = []  # few: reading stops until they are received
        self._waiting: asyncio.Future[None] | None = None

    def put_nowait(self, item: ASGIReceiveEvent) -> None:
        """Add a message, and let the reader go on."""
        self._messages.append(item)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def empty(self) -> bool:
        """Return whether there is no message."""
        return not self._messages

    async def get(self) -> ASGIReceiveEvent:
        """Return the next message; cancelling the wait loses none."""
        while not self._messages:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        return self._messages.pop(0)
