"""What no response may contain: an internal fault, text of the implementation, or anything but GraphQL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

# Words that come from a traceback, a driver or the language, never from us.
LEAK = re.compile(
    r"Traceback|asyncpg|tortoise|starlette|strawberry|uvicorn|redis\b|valkey|postgres"
    r"|\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|syntax error at or near|violates \w+ constraint|duplicate key"
    r"|invalid byte sequence|invalid input (?:syntax|for query)|out of (?:int\d+ )?range for"
    r"|(?:Key|Type|Value|Attribute|Index|Unicode\w*|Overflow|Recursion|Runtime|Assertion)Error"
    r"|NoneType|object has no attribute|unexpected keyword|positional argument|codec can't"
    r"|<class '|<\w+ object at|\.py\b|Internal Server Error"
)


@dataclass
class Findings:
    """The findings, one of each kind per operation, with the first request that showed it."""

    asked: int = 0
    executed: int = 0
    found: dict[tuple[str, str], str] = field(default_factory=dict)

    def look(self, what: str, request: str, response: httpx.Response) -> None:
        """Check one response."""
        self.asked += 1
        for kind, words in _wrong(response):
            self.found.setdefault((what, kind), f"{words}\n    asked: {request[:2_000]}")
        if b'"data":' in response.content:
            self.executed += 1

    def add(self, what: str, kind: str, words: str) -> None:
        """Add another finding."""
        self.found.setdefault((what, kind), words)


def _wrong(response: httpx.Response) -> Iterator[tuple[str, str]]:
    if response.status_code >= 500:
        yield f"status {response.status_code}", response.text[:1_000]
    try:
        body = response.json()
    except ValueError:
        yield "no JSON", response.text[:1_000]
        return
    if not isinstance(body, dict) or not ({"data", "errors"} & body.keys()):
        yield "no GraphQL", response.text[:1_000]
        return
    for error in body.get("errors", ()):
        code = error.get("extensions", {}).get("code")
        if code in {"INTERNAL", "TIMEOUT"}:
            yield f"{code} at {_place(error)}", str(error)
    for message in _messages(body):
        if leak := LEAK.search(message):
            yield f"words of ours: {leak.group()[:60]}", message[:1_000]


def _place(error: dict[str, Any]) -> str:
    return ".".join(str(step) for step in error.get("path") or () if isinstance(step, str))


def _messages(answer: object) -> Iterator[str]:
    """Return all messages to clients, anywhere in the response."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name in {"message", "reason", "warnings"}:
                yield str(value)
            else:
                yield from _messages(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _messages(value)
