"""What the tasks of one turn of the loop ask is answered together, and never from an earlier answer."""

import asyncio
from collections.abc import Sequence

import pytest

from models.base import together
from models.base.together import Together


class _Counting:
    """Answers with a counter, which says when a question was read, and notes what was asked together."""

    def __init__(self, *, in_turn: bool = False) -> None:
        self.asked: list[list[str]] = []
        self.began, self.read = asyncio.Event(), asyncio.Event()
        self.error: Exception | None = None
        self.together = Together(self._answer, in_turn=in_turn)

    async def _answer(self, questions: Sequence[str]) -> list[tuple[str, int]]:
        self.asked.append(list(questions))
        self.began.set()
        await self.read.wait()
        if self.error is not None:
            raise self.error
        return [(one, len(self.asked)) for one in questions]


async def test_questions_of_one_turn_are_answered_together_in_their_order() -> None:
    counting = _Counting()
    counting.read.set()
    answers = await asyncio.gather(*(counting.together.ask(one) for one in "abca"))
    assert counting.asked == [["a", "b", "c", "a"]]
    assert answers == [("a", 1), ("b", 1), ("c", 1), ("a", 1)]


async def test_a_question_that_comes_while_others_are_read_is_read_after_it_was_asked() -> None:
    """Nothing is kept, and nobody waits for an earlier reading."""
    counting = _Counting()
    first = counting.together.ask("a")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert counting.asked == [["a"]]
    second = counting.together.ask("a")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert counting.asked == [["a"], ["a"]]
    counting.read.set()
    assert (await first, await second) == (("a", 2), ("a", 2))
    assert await counting.together.ask("a") == ("a", 3)


async def test_in_turn_those_who_come_while_others_are_read_are_read_together_afterwards() -> None:
    """In the context of the first of them."""
    counting = _Counting(in_turn=True)
    first = counting.together.ask("a")
    await counting.began.wait()
    late = [counting.together.ask(one) for one in "bc"]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert counting.asked == [["a"]]
    counting.read.set()
    assert await asyncio.gather(first, *late) == [("a", 1), ("b", 2), ("c", 2)]
    assert counting.asked == [["a"], ["b", "c"]]


async def test_in_turn_a_reading_that_hangs_does_not_hold_up_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "PATIENCE", 0.0)
    counting = _Counting(in_turn=True)
    first = counting.together.ask("a")
    await counting.began.wait()
    counting.began.clear()
    late = counting.together.ask("b")
    async with asyncio.timeout(60):
        await counting.began.wait()
    assert counting.asked == [["a"], ["b"]]
    counting.read.set()
    assert (await first, await late) == (("a", 2), ("b", 2))


async def test_in_turn_an_error_is_only_that_of_those_who_were_read_together() -> None:
    counting = _Counting(in_turn=True)
    counting.error = LookupError("a")
    first = counting.together.ask("a")
    await counting.began.wait()
    late = counting.together.ask("b")
    counting.read.set()
    with pytest.raises(LookupError):
        await first
    counting.error = None
    assert await late == ("b", 2)


async def test_one_who_is_cancelled_takes_no_answer_from_the_others() -> None:
    counting = _Counting()

    async def ask(question: str) -> tuple[str, int]:
        return await counting.together.ask(question)

    tasks = [asyncio.create_task(ask(one)) for one in "abc"]
    async with asyncio.timeout(60):
        await counting.began.wait()
    tasks[0].cancel()
    counting.read.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [("b", 1), ("c", 1)]


async def test_all_who_ask_together_get_the_error_and_the_next_are_answered() -> None:
    counting = _Counting()
    counting.read.set()
    counting.error = LookupError("away")
    found = await asyncio.gather(*(counting.together.ask(one) for one in "ab"), return_exceptions=True)
    assert [type(one) for one in found] == [LookupError, LookupError]
    counting.error = None
    assert await counting.together.ask("c") == ("c", 2)
