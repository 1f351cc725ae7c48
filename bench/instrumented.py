"""The product's server with a stopwatch that shows where the time of a request goes.

Ask one request at a time: phases are measured one after another. `/bench/times` returns the seconds of each
phase since the previous call.
"""

import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from models.base import database
from models.leads import verdicts as lead_verdicts
from schema import Schema
from schema.graphql.fast_path.answering import Answers
from schema.graphql.known_operations import KnownOperations
from schema.http.endpoint import GraphQLView
from server import create_app, run
from settings import load

Anything = Callable[..., Any]


class Stopwatch:
    """Seconds of each phase, without its nested phases."""

    def __init__(self) -> None:
        """Start at zero."""
        self._seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = time.perf_counter()

    def _lap(self) -> None:
        now = time.perf_counter()
        if self._open:
            phase = self._open[-1]
            self._seconds[phase] = self._seconds.get(phase, 0.0) + now - self._since
        self._since = now

    def begin(self, phase: str) -> None:
        """Pause the surrounding phase and start one."""
        self._lap()
        self._open.append(phase)

    def end(self) -> None:
        """End a phase and resume the surrounding one."""
        self._lap()
        self._open.pop()

    def take(self) -> dict[str, float]:
        """Return the seconds so far and reset."""
        taken, self._seconds = self._seconds, {}
        return taken

    def call(self, phase: str, function: Anything) -> Anything:
        """Return the function, timed."""

        def timed(*values: Any, **named: Any) -> Any:
            self.begin(phase)
            try:
                return function(*values, **named)
            finally:
                self.end()

        return timed

    def wait(self, phase: str, function: Callable[..., Awaitable[Any]]) -> Anything:
        """Return the coroutine function, timed from its call to its end."""

        async def timed(*values: Any, **named: Any) -> Any:
            self.begin(phase)
            try:
                return await function(*values, **named)
            finally:
                self.end()

        return timed


def replace(function: object, by: object) -> None:
    """Replace a function in every module of ours that has imported it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"models", "schema"}:
            for key in [key for key, value in vars(module).items() if value is function]:
                setattr(module, key, by)


def instrument(watch: Stopwatch) -> None:
    """Time the phases of a list query."""
    replace(database.fetch, watch.wait("SQL", database.fetch))
    replace(lead_verdicts.verdicts_of, watch.wait("rules", lead_verdicts.verdicts_of))
    for owner, name, phase in (
        (Schema, "execute", "execution"),
        (KnownOperations, "execute", "execution"),
        (KnownOperations, "answer", "execution"),
        (Answers, "answer", "plan: rows to JSON"),
    ):
        setattr(owner, name, watch.wait(phase, getattr(owner, name)))
    setattr(GraphQLView, "encode_json", watch.call("encoding", GraphQLView.encode_json))  # noqa: B010


def timed_app(app: ASGIApp, watch: Stopwatch) -> ASGIApp:
    """Return the application with timed requests and an endpoint for the times."""
    whole = watch.wait("HTTP and token", app)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/bench/times":
            await Response(orjson.dumps(watch.take()))(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/graphql":
            await whole(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


if __name__ == "__main__":
    settings = load()
    stopwatch = Stopwatch()
    instrument(stopwatch)
    run(timed_app(create_app(settings), stopwatch), settings)
