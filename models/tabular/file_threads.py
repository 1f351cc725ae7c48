"""Threads in which files are read and written: a few per kind, so that no kind waits for another.

Threads are not stopped: the caller makes sure that its work ends.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

_Result = TypeVar("_Result")


class FileThreads:
    """The threads of one kind of work, started when first needed."""

    def __init__(self, name: str, at_once: int) -> None:
        """Set the maximum number of threads."""
        self._name = name
        self._at_once = at_once

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """Run work in a thread and return its result."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._at_once, thread_name_prefix=self._name)


READING = FileThreads("read-claims", 2)
WRITING = FileThreads("write-file", 2)
IMPORTING = FileThreads("import-leads", 2)
