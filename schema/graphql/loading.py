"""Loaders of pages: combine many single loads into one statement per page size."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from models.base.keyset import Page

T = TypeVar("T")


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
