"""Queries to external services: one account's queries do not affect others, and caches are bounded."""

import asyncio

from models.base.ids import new_id
from models.complaints.evidence.asking import Asking, Patience

MINE, OTHERS = new_id(), new_id()
FEW = Patience(parallel=4, parallel_in_all=8)


async def test_one_accounts_queries_do_not_delay_anothers() -> None:
    """However many queries an account has, no more than its share run concurrently."""
    gate, at_once = asyncio.Event(), 0

    async def ask(question: int) -> int:
        nonlocal at_once
        if question:
            at_once += 1
            await gate.wait()
        return question

    asking = Asking("numbers", ask, FEW)
    flood = asyncio.create_task(asking.answers((OTHERS, number) for number in range(1, 101)))
    while at_once < 4:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0)
    async with asyncio.timeout(60):
        assert await asking.answers([(MINE, 0)]) == {(MINE, 0): 0}
    assert (flood.done(), at_once) == (False, 4)
    gate.set()
    assert all((await flood).values())


async def test_an_account_whose_queries_go_unanswered_affects_only_itself() -> None:
    """The same query is made for another account and may succeed; after a while it is retried."""
    now, asked, broken = 0.0, list[str](), True

    async def ask(question: str) -> str:
        asked.append(question)
        if broken:
            raise ConnectionError
        return question

    asking = Asking("words", ask, FEW, lambda: now)
    assert set((await asking.answers((OTHERS, word) for word in "abcd")).values()) == {None}
    asked.clear()
    broken = False
    assert await asking.answers([(OTHERS, "e"), (MINE, "a"), (MINE, "e")]) == {
        (OTHERS, "e"): None, (MINE, "a"): "a", (MINE, "e"): "e",
    }  # fmt: skip
    assert asked == ["a", "e"]
    assert await asking.answers([(OTHERS, "a")]) == {(OTHERS, "a"): "a"}  # cached by now
    now = FEW.keep_failure_seconds
    assert await asking.answers([(OTHERS, "f")]) == {(OTHERS, "f"): "f"}


async def test_the_cache_of_answers_is_bounded() -> None:
    async def ask(question: int) -> int | None:
        return question if question % 2 else None

    asking = Asking("numbers", ask, Patience(most_answers=10, most_accounts=3))
    accounts = [new_id() for _ in range(20)]
    for question, account in enumerate(accounts * 3):
        await asking.answers([(account, question)])
    assert (len(asking._answers), len(asking._failed), len(asking._askers)) == (10, 10, 3)
