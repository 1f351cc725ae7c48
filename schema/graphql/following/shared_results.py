"""Results of an event that are sent to all who make the same subscription with the same rights.

An event is executed once for all of them in this process, and encoded once. Whether a viewer may see the
event is decided before, for each viewer.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeAlias

import orjson
from graphql import ExecutionResult

SHARED_SECONDS = 1.0  # so long is a result stored: until all followers have it, unless one is behind

Execute: TypeAlias = Callable[[], "ExecutionResult | Awaitable[ExecutionResult]"]


class SharedData(dict[str, Any]):
    """The data of a result, which is encoded at most once. It must not be changed."""

    __slots__ = ("_encoded",)

    _encoded: bytes

    @property
    def encoded(self) -> orjson.Fragment:
        """The data as JSON, to be embedded in a message."""
        try:
            return orjson.Fragment(self._encoded)
        except AttributeError:
            self._encoded = orjson.dumps(self, option=orjson.OPT_NON_STR_KEYS)
            return orjson.Fragment(self._encoded)


class Results:
    """The results of one event, as it was read once. A result with errors is not shared."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        """Start without results."""
        self._found: dict[Hashable, SharedData | asyncio.Task[ExecutionResult] | None] = {}

    def result(self, key: Hashable, execute: Execute) -> ExecutionResult | Awaitable[ExecutionResult]:
        """Return the result for all who have the same key; the first of them executes the event."""
        if key not in self._found:
            result = execute()
            if isinstance(result, ExecutionResult):
                self._found[key] = _shareable(result)
                return result
            return self._load(key, result)
        found = self._found[key]
        if isinstance(found, SharedData):
            return ExecutionResult(found, None)
        return execute() if found is None else self._wait(found, execute)

    def _load(self, key: Hashable, result: Awaitable[ExecutionResult]) -> Awaitable[ExecutionResult]:
        """Load it in a task, because the first may leave while others wait."""

        async def load() -> ExecutionResult:
            try:
                loaded = await result
            except BaseException:
                self._found[key] = None
                raise
            self._found[key] = _shareable(loaded)
            return loaded

        task = self._found[key] = asyncio.create_task(load())
        return asyncio.shield(task)

    async def _wait(self, loading: asyncio.Task[ExecutionResult], execute: Execute) -> ExecutionResult:
        with contextlib.suppress(Exception):  # it was the first one's
            found = await asyncio.shield(loading)
            if not found.errors:
                return ExecutionResult(found.data, None)
        own = execute()
        return own if isinstance(own, ExecutionResult) else await own


def _shareable(result: ExecutionResult) -> SharedData | None:
    if result.errors or result.data is None:
        return None
    result.data = SharedData(result.data)
    return result.data


class SharedResults:
    """The results of the events that this process has just read."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._of: dict[tuple[int, Hashable], tuple[object, Results]] = {}

    def of(self, read: object, relation: Hashable = None) -> Results:
        """Return the results of what was read for an event, for all viewers who have the same relation to it:
        the same ones for a second.
        """
        key = id(read), relation
        found = self._of.get(key)
        if found is None:
            # The object is referenced as long as its id.
            found = self._of[key] = read, Results()
            asyncio.get_running_loop().call_later(SHARED_SECONDS, self._of.pop, key, None)
        return found[1]
