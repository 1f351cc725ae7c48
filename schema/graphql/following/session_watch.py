"""Looks twice a second whether the sessions of open sockets and subscriptions still last, in one statement.

Whoever is watched is told if the session has ended or the user has changed, and then authenticates again.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Protocol

import structlog

from models.accounts.authentication import SignIn, changed_since
from models.base.database import connection

EVERY = 0.5  # seconds: a session that has ended is noticed within a second
AT_ONCE = 200  # sessions in one statement: more would delay everybody else in this process for milliseconds

_Part = dict[SignIn, list["Watched"]]
_log = structlog.get_logger(__name__)


class Authorized(Protocol):
    """What a token was found to stand for, and when that was last known to be so (monotonic, in seconds)."""

    sign_in: SignIn | None
    authenticated_at: float


class Watched:
    """One who is watched until `leave`."""

    __slots__ = ("_watch", "changed", "who")

    def __init__(self, watch: "SessionWatch", who: Authorized, changed: Callable[[], None]) -> None:
        """Created by `SessionWatch.watch` only."""
        self._watch, self.who, self.changed = watch, who, changed

    def leave(self) -> None:
        """Stop being watched."""
        self._watch.forget(self)


class SessionWatch:
    """Runs as long as anybody is watched. If the database does not answer, it asks again; meanwhile, what has
    not been looked at for long is looked up at its next event.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Take what waits between two looks."""
        self._sleep = sleep
        self._watched: dict[Watched, None] = {}
        self._task: asyncio.Task[None] | None = None

    def watch(self, who: Authorized, changed: Callable[[], None]) -> Watched:
        """Watch somebody who is authenticated. `changed` is called at each look until they are authenticated
        again.
        """
        watched = Watched(self, who, changed)
        self._watched[watched] = None
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="session watch")
        return watched

    def forget(self, watched: Watched) -> None:
        """Stop watching one; the last one ends the task."""
        self._watched.pop(watched, None)
        if not self._watched and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        """Look at all within each `EVERY`, one part after another: a thousand sessions looked at in one go
        would delay a reveal by 20 ms.
        """
        parts = self._parts()
        while True:
            await self._sleep(EVERY / max(1, len(parts)))
            parts = self._parts()
            for number, part in enumerate(parts):
                if number:
                    await self._sleep(EVERY / len(parts))
                try:
                    await self._look_at(part)
                except Exception as error:  # noqa: BLE001 - whatever ails the database, it is asked again
                    _log.warning(
                        "session_watch_failed", error=type(error).__name__, watched=len(self._watched)
                    )

    async def look(self) -> None:
        """Look at all who are watched, and tell those whose session has ended or whose user has changed."""
        for part in self._parts():
            await self._look_at(part)

    def _parts(self) -> list[_Part]:
        by_sign_in: _Part = {}
        for watched in self._watched:
            if watched.who.sign_in is not None:
                by_sign_in.setdefault(watched.who.sign_in, []).append(watched)
        found = iter(by_sign_in.items())
        return [dict(islice(found, AT_ONCE)) for _ in range(0, len(by_sign_in), AT_ONCE)]

    async def _look_at(self, part: _Part) -> None:
        asked_at = time.monotonic()
        changed = await changed_since(connection(), list(part))
        for sign_in, found in part.items():
            self._tell(found, sign_in, asked_at, changed=sign_in in changed)

    def _tell(self, found: Sequence[Watched], sign_in: SignIn, asked_at: float, *, changed: bool) -> None:
        for watched in found:
            if watched not in self._watched or watched.who.sign_in != sign_in:
                continue  # has left, or was authenticated again meanwhile
            if changed:
                watched.who.authenticated_at = -math.inf
                watched.changed()
            else:
                watched.who.authenticated_at = max(watched.who.authenticated_at, asked_at)
