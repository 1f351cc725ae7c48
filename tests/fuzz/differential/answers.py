"""Answers of the application, and how far two of them are alike.

GraphQL leaves two things open, and graphql-core decides them by when awaits end: the order of errors, and
which of several errors is reported where one is enough to null a field that contains them all.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from starlette.types import ASGIApp, Message

Headers: TypeAlias = list[tuple[bytes, bytes]]
Path: TypeAlias = tuple[str | int, ...]


class Likeness(StrEnum):
    """How far two answers are alike; only the last one is a fault."""

    EQUAL = "equal byte for byte"
    REORDERED = "equal except for the order of errors"
    OTHER_ERROR = "equal except for which error nulled a field"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; all of its headers count. `looks` are the leads whose contact data was logged for it."""

    status: int
    headers: Headers
    body: bytes
    looks: frozenset[UUID] = field(default=frozenset(), compare=False)


async def send(app: ASGIApp, headers: Headers, body: bytes) -> Answer:
    """Send one request to the application itself, without a client that has memory of its own."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [*headers, (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 123),
        "server": ("api.test", 80),
        "state": {},
    }
    given, status, parts = False, 0, list[bytes]()
    heads: Headers = []
    ended = asyncio.Event()

    async def receive() -> Message:
        nonlocal given
        if given:
            await ended.wait()
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def take(message: Message) -> None:
        nonlocal status, heads
        if message["type"] == "http.response.start":
            status, heads = message["status"], sorted(message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                ended.set()

    await app(scope, receive, take)
    return Answer(status, heads, b"".join(parts))


def likeness(one: Answer, other: Answer) -> Likeness:
    """Compare two answers."""
    if one == other and one.looks == other.looks:
        return Likeness.EQUAL
    bodies = [json.loads(answer.body) for answer in (one, other)]
    if one == other:  # what failed may have looked before or after it was given up
        return Likeness.REORDERED if "errors" in bodies[0] else Likeness.DIFFERENT
    errors = [body.pop("errors", []) for body in bodies]
    # With more errors, an answer may be long enough to be compressed.
    of_length = {b"content-length"} if len(one.body) == len(other.body) else {b"content-length", b"vary"}
    heads = [
        (answer.status, [pair for pair in answer.headers if pair[0] not in of_length], json.dumps(body))
        for answer, body in zip((one, other), bodies, strict=True)
    ]
    if heads[0] != heads[1]:
        return Likeness.DIFFERENT
    texts = [sorted(map(json.dumps, found)) for found in errors]
    if texts[0] == texts[1]:
        return Likeness.REORDERED if len(one.body) == len(other.body) else Likeness.DIFFERENT
    data = bodies[0].get("data")
    found = [_by_place(data, each) for each in errors]
    exact, open_ = zip(*found, strict=True)
    same = exact[0] == exact[1] and open_[0] == open_[1]
    return Likeness.OTHER_ERROR if same else Likeness.DIFFERENT


def _by_place(data: object, errors: Sequence[dict[str, Any]]) -> tuple[list[str], set[Path]]:
    """Divide errors: those that nulled just their own field, as text, and the places that others nulled."""
    exact, places = [], set[Path]()
    for error in errors:
        path = tuple(error.get("path", ()))
        place = _nulled(data, path)
        if place is None or place == path:
            exact.append(json.dumps(error))
        else:
            places.add(place)
    return sorted(exact), places


def _nulled(data: Any, path: Path) -> Path | None:
    """Return the beginning of a path that leads to null; None if it leads somewhere else."""
    for length, step in enumerate(path):
        if data is None:
            return path[:length]
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return path if data is None else None
