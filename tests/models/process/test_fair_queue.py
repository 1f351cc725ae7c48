"""Fair queue: limited concurrency, groups in turn, a lane with priority, and a bounded wait."""

import asyncio
from collections import Counter

import pytest

from models.process.fair_queue import FairQueue, NoTurn


class Queue:
    """Holds the only turn, lets others wait, and records the order in which they were served."""

    def __init__(self, most_waiting: int = 100) -> None:
        self.turns = FairQueue(1, most_waiting)
        self.served: list[str] = []
        self.refused: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def wait(self, group: str, *, first: bool = False) -> asyncio.Task[None]:
        """Join the queue and wait."""

        async def served() -> None:
            try:
                async with self.turns.taken(group, first=first):
                    self.served.append(group)
            except NoTurn:
                self.refused.append(group)

        task = asyncio.create_task(served())
        self.tasks.append(task)
        for _ in range(3):  # this includes the displaced one
            await asyncio.sleep(0)
        return task

    async def serve(self) -> list[str]:
        """Serve all waiters."""
        await asyncio.gather(*self.tasks, return_exceptions=True)
        return self.served


async def test_groups_are_served_in_turn() -> None:
    queue = Queue()
    async with queue.turns.taken("holder"):
        for group in "aaaabbc":
            await queue.wait(group)
    assert await queue.serve() == list("abcabaa")


async def test_priority_waiters_do_not_starve_the_others() -> None:
    queue = Queue()
    async with queue.turns.taken("holder"):
        for _ in range(5):
            await queue.wait("other")
        for _ in range(7):
            await queue.wait("known", first=True)
    served = await queue.serve()
    assert served[:8] == ["known", "known", "known", "other"] * 2


async def test_a_group_that_floods_the_queue_displaces_only_itself() -> None:
    """The newest waiter of the largest group gives its place to a smaller group; nobody else is refused."""
    queue = Queue(most_waiting=4)
    async with queue.turns.taken("holder"):
        for _ in range(6):
            await queue.wait("flood")
        assert queue.refused == ["flood"] * 2
        await queue.wait("a")
        await queue.wait("b")
        assert Counter(queue.refused) == {"flood": 4}
        await queue.wait("c")
        assert Counter(queue.refused) == {"flood": 5}
        await queue.wait("d")  # no group has two more waiters than it
        assert queue.refused[-1] == "d"
        await queue.wait("owner", first=True)
        assert queue.turns.waiting == 4
    assert (await queue.serve())[0] == "owner"
    assert len(queue.served) == 4


async def test_priority_waiters_cannot_take_all_places() -> None:
    queue = Queue(most_waiting=4)
    async with queue.turns.taken("holder"):
        for _ in range(6):
            await queue.wait("known", first=True)
        await queue.wait("other")
        assert Counter(queue.refused) == {"known": 3}
    assert Counter(await queue.serve()) == {"known": 3, "other": 1}


async def test_a_cancelled_waiter_frees_its_place_and_loses_no_turn() -> None:
    queue = Queue()
    async with queue.turns.taken("holder"):
        first, second = await queue.wait("a"), await queue.wait("b")
        third = await queue.wait("c")
        second.cancel()
        await asyncio.sleep(0)
        assert queue.turns.waiting == 2
    first.cancel()  # at the moment when it got its turn
    await queue.serve()
    assert third.done()
    assert queue.served == ["c"]
    async with asyncio.timeout(60), queue.turns.taken("again"):
        assert queue.turns.waiting == 0


async def test_a_waiter_cancelled_as_its_turn_comes_passes_it_on() -> None:
    """In the same iteration of the loop, before and after the cancelled task has run."""
    for _ in range(2):
        queue = Queue()
        async with queue.turns.taken("holder"):
            first, second = await queue.wait("a"), await queue.wait("b")
            first.cancel()
        second.cancel()
        await queue.serve()
        assert (queue.served, queue.turns.waiting) == ([], 0)
        async with asyncio.timeout(60), queue.turns.taken("again"):
            pass


async def test_waiting_is_bounded_in_time() -> None:
    turns = FairQueue(1, 5, longest_wait=0.01)
    async with turns.taken("holder"):
        with pytest.raises(NoTurn):
            async with turns.taken("a"):
                pass
        assert turns.waiting == 0
    async with turns.taken("a"):
        pass


async def test_a_turn_is_returned_after_a_failure() -> None:
    turns = FairQueue(1, 0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with turns.taken("a"):
                raise ZeroDivisionError
    async with turns.taken("a"):
        with pytest.raises(NoTurn):
            async with turns.taken("b"):
                pass
