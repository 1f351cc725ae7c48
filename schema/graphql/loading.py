"""Data loaders, which combine many single loads into one statement: the schema makes all of them here."""

from asyncio import Future
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast
from uuid import UUID

from strawberry import dataloader  # noqa: TID251 - only here

from models.base.keyset import Page

K = TypeVar("K")
T = TypeVar("T")


class DataLoader(dataloader.DataLoader[K, T]):
    """Strawberry's loader, in which each of those who wait for a key can be cancelled without the others.

    Strawberry gives all of them one future, and a task that is cancelled cancels the future that it awaits:
    a field that is cancelled because the field beside it has failed would cancel the same load in the rest of
    the operation. Here each has its own future. A key is given up once nobody waits for it, and the statement
    once nobody waits for any of its keys.
    """

    def __init__(
        self,
        load_fn: Callable[[list[K]], Awaitable[Sequence[T | BaseException]]],
        *,
        cache: bool = True,
        cache_key_fn: Callable[[K], Hashable] | None = None,
    ) -> None:
        """Create a loader; `load_fn` returns a value, or an exception to raise, for each key in order."""
        super().__init__(load_fn, cache=cache, cache_key_fn=cache_key_fn)
        self._waiting: dict[Future[T], dict[Future[T], None]] = {}  # in order

    def load(self, key: K) -> Awaitable[T]:
        """Return the value of a key, which is read together with the others that are loaded now."""
        shared = cast("Future[T]", super().load(key))
        if shared.done():
            return shared
        own: Future[T] = shared.get_loop().create_future()
        if shared not in self._waiting:
            self._waiting[shared] = {}
            shared.add_done_callback(self._pass_on)
        self._waiting[shared][own] = None
        own.add_done_callback(partial(self._leave, shared))
        return own

    def forget(self) -> None:
        """Forget what was read, for those who are done with it: otherwise only the collector would free it,
        since a loader refers to its owner and its owner to it. Loads that are under way are not affected.
        """
        self.clear_all()
        self.batch = None

    def _pass_on(self, shared: Future[T]) -> None:
        for own in self._waiting.pop(shared):
            if own.done():
                continue
            if shared.cancelled():
                own.cancel()
            elif (error := shared.exception()) is not None:
                own.set_exception(error)
            else:
                own.set_result(shared.result())

    def _leave(self, shared: Future[T], own: Future[T]) -> None:
        waiting = self._waiting.get(shared)
        if waiting is None or not own.cancelled():
            return
        del waiting[own]
        if not waiting:
            shared.cancel()


async def by_size(
    keys: Sequence[tuple[UUID, int]],
    read: Callable[[Collection[UUID], int], Awaitable[Mapping[UUID, Page[T]]]],
) -> list[Page[T]]:
    """Read the pages of many owners with one statement per page size."""
    pages = {
        size: await read([owner for owner, asked in keys if asked == size], size)
        for size in {size for _, size in keys}
    }
    return [pages[size][owner] for owner, size in keys]
