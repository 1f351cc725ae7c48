"""Data loaders: those who wait for the same key, or batch, are cancelled one by one.

Each step is one turn of the event loop, or an event that the test sets; nothing waits for time.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
import strawberry
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.graphql.fast_path.execution import Execution
from schema.graphql.loading import DataLoader


class Source:
    """What a loader reads: values of keys, once the test opens it."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.read: list[list[int]] = []
        self.cancelled = 0
        self.loader: DataLoader[int, str] = DataLoader(self._read)

    async def _read(self, keys: Sequence[int]) -> list[str | BaseException]:
        self.read.append(list(keys))
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return [ValueError("minus") if key < 0 else str(key) for key in keys]

    def ask(self, key: int) -> asyncio.Task[str]:
        """Wait for a key in a task of its own."""

        async def wait() -> str:
            return await self.loader.load(key)

        return asyncio.create_task(wait())


async def turns(number: int = 5) -> None:
    """Let the event loop run everything that is ready, several times."""
    for _ in range(number):
        await asyncio.sleep(0)


@pytest.mark.parametrize("after", [0, 1, 2, 5])
@pytest.mark.parametrize("key", [1, 2])
async def test_a_cancelled_request_cancels_nobody_elses_load(after: int, key: int) -> None:
    """Of the same key or another one of the batch, before and while it is read."""
    source = Source()
    gone, stays = source.ask(1), source.ask(key)
    await turns(after)
    gone.cancel()
    await turns()
    source.open.set()
    assert await stays == str(key)
    assert gone.cancelled()
    assert source.cancelled == 0
    assert len(source.read) == 1


async def test_a_statement_for_which_nobody_waits_is_cancelled_and_read_anew() -> None:
    """Whoever asks later doesn't get the cancelled one."""
    source = Source()
    gone = [source.ask(1), source.ask(1), source.ask(2)]
    await turns()
    for one in gone[:2]:
        one.cancel()
    await turns()
    assert source.cancelled == 0, "2 is waited for"
    late = source.ask(1)
    gone[2].cancel()
    await turns()
    assert source.cancelled == 1
    source.open.set()
    assert await late == "1"
    assert source.read == [[1, 2], [1]]
    assert await source.loader.load(1) == "1"
    assert len(source.read) == 2


async def test_an_error_reaches_all_who_wait() -> None:
    source = Source()
    waiting = [source.ask(-1), source.ask(-1), source.ask(1)]
    await turns()
    source.open.set()
    failed = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(one) for one in failed] == ["minus", "minus", "1"]


@given(
    asked=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    cancelled=st.lists(st.integers(0, 5), max_size=6),
    pauses=st.lists(st.integers(0, 3), min_size=12, max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_in_any_order_those_who_stay_get_their_values(
    asked: list[int], cancelled: list[int], pauses: list[int]
) -> None:
    """Whatever is asked and cancelled between which turns of the event loop."""

    async def run() -> None:
        source = Source()
        waiting = []
        for number, key in enumerate(asked):
            waiting.append((key, source.ask(key)))
            await turns(pauses[number])
        gone = {number for number in cancelled if number < len(waiting)}
        for step, number in enumerate(sorted(gone)):
            waiting[number][1].cancel()
            await turns(pauses[6 + step])
        source.open.set()
        for number, (key, task) in enumerate(waiting):
            if number not in gone:
                assert await task == str(key)
        await turns()
        assert all(waiting[number][1].cancelled() for number in gone)

    asyncio.run(run())


def _schema() -> strawberry.Schema:
    """Return a schema in which a field beside a loaded one fails, and the object is null."""

    @strawberry.type
    class Part:
        @strawberry.field
        async def fails(self) -> str:
            await turns(2)
            raise ValueError("no")

        @strawberry.field
        async def loaded(self, info: strawberry.Info[Source, None]) -> str:
            return await info.context.loader.load(1)

    @strawberry.type
    class Query:
        @strawberry.field
        def part(self) -> Part | None:
            return Part()

        @strawberry.field
        async def loaded(self, info: strawberry.Info[Source, None]) -> str:
            return await info.context.loader.load(1)

    return strawberry.Schema(Query, execution_context_class=Execution)


async def test_a_field_that_fails_does_not_cancel_the_rest_of_the_operation() -> None:
    """A field that cannot be null makes its object null, and cancels the fields beside it."""
    source = Source()
    answer: Any = asyncio.ensure_future(
        _schema().execute("{ part { fails loaded } loaded }", context_value=source)
    )
    await turns(20)
    assert not answer.done()
    source.open.set()
    result = await answer
    assert result.data == {"part": None, "loaded": "1"}
    assert [error.message for error in result.errors] == ["no"]


async def test_a_load_under_way_ends_when_what_was_read_is_forgotten() -> None:
    source = Source()
    first, second = source.ask(1), source.ask(2)
    await turns(2)
    source.loader.forget()
    source.open.set()
    assert [await first, await second] == ["1", "2"]
    assert await source.ask(1) == "1"
    assert source.read == [[1, 2], [1]]


async def test_a_load_that_has_not_begun_ends_when_what_was_read_is_forgotten() -> None:
    source = Source()
    source.open.set()
    waiting = source.loader.load(1)
    source.loader.forget()
    assert await waiting == "1"
