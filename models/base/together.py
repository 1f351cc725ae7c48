"""Answers together what the tasks of one turn of the event loop ask, with one statement for example.

It is `DataLoader` without a cache and beyond one operation: whatever is asked is read after it was asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from typing import Generic, TypeVar

PATIENCE = 0.01  # seconds: one statement that hangs does not hold up those who ask afterwards

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Questions that wait for the end of this turn of the loop and, with `in_turn`, for the answers that are
    being read, at most for `PATIENCE`: under load, many are read with one statement.
    """

    def __init__(
        self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], *, in_turn: bool = False
    ) -> None:
        """Take the function that answers questions, in their order; it runs in the context of the first
        who asks.
        """
        self._answer = answer
        self._in_turn = in_turn
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._context = copy_context()
        self._timer: asyncio.Handle | None = None
        self._running: set[asyncio.Task[None]] = set()  # held, because a loop refers to its tasks weakly

    def ask(self, question: Q) -> "asyncio.Future[A]":
        """Return the answer, or raise what the function raises for those who ask with this one."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            self._context = copy_context()
            if self._in_turn and self._running:
                self._timer = loop.call_later(PATIENCE, self._begin, loop)
            else:
                self._timer = loop.call_soon(self._begin, loop)
        answer: asyncio.Future[A] = loop.create_future()
        self._waiting.append((question, answer))
        return answer

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting, self._waiting = self._waiting, []
        task = loop.create_task(self._run(waiting), context=self._context)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if self._in_turn and self._waiting and self._timer is not None:
            self._timer.cancel()
            self._begin(task.get_loop())

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
