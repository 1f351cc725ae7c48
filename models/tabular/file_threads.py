"""Owns the threads in which files are read and written: a few for each kind of work, so that no kind waits.

It must not bound what a thread does: who hands in work sees to it that it ends.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

_Result = TypeVar("_Result")


class FileThreads:
    """The threads of one kind of work; they begin when they are first needed."""

    def __init__(self, name: str, at_once: int) -> None:
        """Take how many there may be."""
        self._name = name
        self._at_once = at_once

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """Do work in a thread and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._at_once, thread_name_prefix=self._name)


READING = FileThreads("read-claims", 2)
WRITING = FileThreads("write-file", 2)
IMPORTING = FileThreads("import-leads", 2)
