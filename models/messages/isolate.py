"""Isolation: a message that cannot be processed, through a fault of ours, does not stop its channel.

Messages are processed in batches, each in one transaction. If a batch fails, its halves are tried, and so on,
until each message that fails is alone.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import structlog

from models.base.metrics import SENDING_FAILURES
from models.base.unavailable import TooSlow, Unavailable
from models.process.faults import kind, places

_Result = TypeVar("_Result")

_log = structlog.get_logger(__name__)


class BatchFailed(Exception):  # noqa: N818 - which rows have failed
    """A batch failed; its cause is the exception's."""

    def __init__(self, ids: Sequence[UUID]) -> None:
        """Take the rows of the batch."""
        super().__init__(f"a batch of {len(ids)} failed")
        self.ids = ids


@contextmanager
def batch(ids: Sequence[UUID]) -> Iterator[None]:
    """Raise `BatchFailed` with these rows if the block fails, unless the database does."""
    try:
        yield
    except (Unavailable, TooSlow):
        raise
    except Exception as error:
        raise BatchFailed(ids) from error


async def isolate(
    attempt: Callable[[Collection[UUID] | None], Awaitable[_Result]],
    set_aside: Callable[[UUID], Awaitable[None]],
    channel: str,
) -> list[_Result]:
    """Return the results of `attempt(None)`, or those of its parts that did not raise `BatchFailed`.

    `attempt` takes the rows that it may process, None for any. A row that fails alone is logged and set
    aside.
    """
    results: list[_Result] = []
    parts: list[Collection[UUID] | None] = [None]
    while parts:
        try:
            results.append(await attempt(parts.pop()))
        except BatchFailed as failed:
            ids = list(failed.ids)
            if len(ids) > 1:
                parts += [ids[len(ids) // 2 :], ids[: len(ids) // 2]]
                continue
            cause = failed.__cause__ or failed
            SENDING_FAILURES.labels(channel).inc()
            _log.error("set_aside", channel=channel, row=str(ids[0]), kind=kind(cause), trace=places(cause))
            await set_aside(ids[0])
    return results
