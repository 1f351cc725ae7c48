"""Questions to external services: a few at a time, within a time limit, with cached answers.

A question that fails has no answer and raises nothing. One account's questions cannot block another's.
"""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

import structlog

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits: questions asked at the same time, time for each and for a batch, and how long answers are
    cached.

    `parallel` is per account, `parallel_in_all` for all accounts together.
    """

    parallel: int = 16
    parallel_in_all: int = 64
    seconds_each: float = 5.0
    seconds_all: float = 20.0
    keep_seconds: float = 3_600.0
    keep_failure_seconds: float = 60.0
    most_answers: int = 20_000
    most_accounts: int = 1_000


@dataclass(slots=True)
class _Asker:
    """One account: its questions in progress, and until when it gets no answers because nothing responded."""

    turn: asyncio.Semaphore
    away_until: float = 0.0


class Asking(Generic[K, V]):
    """Questions of one kind; `ask` may raise, and the answer is None if it fails or takes too long."""

    def __init__(
        self,
        name: str,
        ask: Callable[[K], Awaitable[V]],
        patience: Patience,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`name` is for the log; `seconds` is the clock for cached answers."""
        self._name, self._ask, self._patience, self._seconds = name, ask, patience, seconds
        self._turn = asyncio.Semaphore(patience.parallel_in_all)
        self._answers: dict[K, tuple[float, V]] = {}
        # Failures are kept per account: the same question of another account may have been answered.
        self._failed: dict[tuple[UUID, K], float] = {}
        self._askers: OrderedDict[UUID, _Asker] = OrderedDict()

    async def answers(self, questions: Iterable[tuple[UUID, K]]) -> dict[tuple[UUID, K], V | None]:
        """Return the answers to the accounts' questions, at the latest when the time for the batch is up."""
        found: dict[tuple[UUID, K], V | None] = {}
        tasks: dict[tuple[UUID, K], asyncio.Task[V | None]] = {}
        now = self._seconds()
        for asked in dict.fromkeys(questions):
            account, question = asked
            until, answer = self._answers.get(question, (now, None))
            if now < until:
                found[asked] = answer
            elif now < max(self._failed.get(asked, now), self._asker(account).away_until):
                found[asked] = None
            else:
                tasks[asked] = asyncio.create_task(self._answer(account, question))
        try:
            if tasks:
                await asyncio.wait(tasks.values(), timeout=self._patience.seconds_all)
        finally:  # also if the caller is cancelled
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        answered = {key: None if task.cancelled() else task.result() for key, task in tasks.items()}
        self._note_away(answered)
        return found | answered

    def _note_away(self, answered: dict[tuple[UUID, K], V | None]) -> None:
        asked = Counter(account for account, _ in answered)
        failed = Counter(account for (account, _), answer in answered.items() if answer is None)
        if failed:
            _log.warning("evidence_not_found", check=self._name, asked=len(answered), failed=failed.total())
        for account, count in failed.items():
            if count == asked[account] >= self._patience.parallel:
                # Nothing responds: the account's next questions would only wait as long again.
                self._asker(account).away_until = self._seconds() + self._patience.keep_failure_seconds

    def _asker(self, account: UUID) -> _Asker:
        asker = self._askers.pop(account, None) or _Asker(asyncio.Semaphore(self._patience.parallel))
        self._askers[account] = asker
        if len(self._askers) > self._patience.most_accounts:
            self._askers.popitem(last=False)
        return asker

    async def _answer(self, account: UUID, question: K) -> V | None:
        patience = self._patience
        async with self._asker(account).turn, self._turn:
            answer: V | None = None
            try:
                async with asyncio.timeout(patience.seconds_each):
                    answer = await self._ask(question)
            except Exception as error:  # noqa: BLE001 - whatever the error, there is no answer
                _log.debug("evidence_not_found", check=self._name, error=type(error).__name__)
            now = self._seconds()
            if answer is None:
                _keep(self._failed, (account, question), now + patience.keep_failure_seconds, patience)
            else:
                _keep(self._answers, question, (now + patience.keep_seconds, answer), patience)
            return answer


def _keep(answers: dict[K, V], key: K, value: V, patience: Patience) -> None:
    answers.pop(key, None)
    answers[key] = value
    if len(answers) > patience.most_answers:
        del answers[next(iter(answers))]  # the oldest entry
