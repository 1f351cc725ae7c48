"""Answers together what the tasks of one turn of the event loop ask, with one statement for example.

It is `DataLoader` without a cache and beyond one operation: whatever is asked is read after it was asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Questions that wait for the end of this turn of the loop."""

    def __init__(self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A]]]) -> None:
        """Take the function that answers questions, in their order; it runs in the context of the first
        who asks.
        """
        self._answer = answer
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._running: set[asyncio.Task[None]] = set()  # held, because a loop refers to its tasks weakly

    def ask(self, question: Q) -> "asyncio.Future[A]":
        """Return the answer, or raise what the function raises for those who ask in this turn."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._begin, loop)
        answer: asyncio.Future[A] = loop.create_future()
        self._waiting.append((question, answer))
        return answer

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting, self._waiting = self._waiting, []
        task = loop.create_task(self._run(waiting))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, waiting: "Sequence[tuple[Q, asyncio.Future[A]]]") -> None:
        try:
            answers = await self._answer([question for question, _ in waiting])
        except BaseException as error:
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error) if isinstance(error, Exception) else future.cancel()
            if not isinstance(error, Exception):
                raise
        else:
            for (_, future), answer in zip(waiting, answers, strict=True):
                if not future.done():  # otherwise nobody waits for it any more
                    future.set_result(answer)
