"""Owns asking the outside about many things: a few at a time, in bounded time, answers kept for a while.

It must not raise what the outside does wrong: a question that fails has no answer.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many questions at once, how long for each and for all of a batch, and how long answers are kept."""

    parallel: int = 16
    seconds_each: float = 5.0
    seconds_all: float = 20.0
    keep_seconds: float = 3_600.0
    keep_failure_seconds: float = 60.0
    most_kept: int = 20_000


class Asking(Generic[K, V]):
    """Questions of one kind; `ask` may raise, and None is the answer of what failed or took too long."""

    def __init__(
        self,
        name: str,
        ask: Callable[[K], Awaitable[V]],
        patience: Patience,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`name` is for the log; `seconds` counts how long answers are kept."""
        self._name, self._ask, self._patience, self._seconds = name, ask, patience, seconds
        self._turn = asyncio.Semaphore(patience.parallel)
        self._kept: dict[K, tuple[float, V | None]] = {}
        self._away_until = 0.0

    async def answers(self, questions: Iterable[K]) -> dict[K, V | None]:
        """Return what is known about each question, at the latest when the time for all is over."""
        found: dict[K, V | None] = {}
        tasks: dict[K, asyncio.Task[V | None]] = {}
        for question in dict.fromkeys(questions):
            until, answer = self._kept.get(question, (self._away_until, None))
            if self._seconds() < until:
                found[question] = answer
            else:
                tasks[question] = asyncio.create_task(self._answer(question))
        try:
            if tasks:
                await asyncio.wait(tasks.values(), timeout=self._patience.seconds_all)
        finally:  # also when the one who waits is cancelled
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        answered = {key: None if task.cancelled() else task.result() for key, task in tasks.items()}
        failed = sum(answer is None for answer in answered.values())
        if failed:
            _log.warning("evidence_not_found", check=self._name, asked=len(tasks), failed=failed)
        if failed == len(tasks) >= self._patience.parallel:
            # Nobody answers: what comes next would only wait as long again.
            self._away_until = self._seconds() + self._patience.keep_failure_seconds
        return found | answered

    async def _answer(self, question: K) -> V | None:
        patience = self._patience
        async with self._turn:
            answer: V | None = None
            try:
                async with asyncio.timeout(patience.seconds_each):
                    answer = await self._ask(question)
            except Exception as error:  # noqa: BLE001 - whatever ails the outside, it has not answered
                _log.debug("evidence_not_found", check=self._name, error=type(error).__name__)
            kept_for = patience.keep_failure_seconds if answer is None else patience.keep_seconds
            self._kept.pop(question, None)
            self._kept[question] = (self._seconds() + kept_for, answer)
            if len(self._kept) > patience.most_kept:
                del self._kept[next(iter(self._kept))]  # the one that was asked the longest ago
            return answer
