"""The log of a process: one line per event, by structlog, for our own events and those of libraries.

Contact data, tokens and passwords are hidden at every level and in the messages of every library.
"""

import contextlib
import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from models.process.faults import describe_exception

OURS = (
    "cli",
    "embedded",
    "jobs",
    "leadgate",
    "models",
    "rules",
    "schema",
    "server",
    "settings",
    "supervision",
)
# Libraries that log the data they handle: SQL with its values, addresses of requests, whole frames.
TALKATIVE = ("aiosmtplib", "arq", "asyncpg", "httpcore", "httpx", "redis", "tortoise", "websockets")
# uvicorn's lines about connections contain the client's address; `request` logs how each one ended.
_OF_SOCKETS = re.compile(r'"WebSocket |connection (open|closed|rejected)')
HIDDEN = "[hidden]"
LONGEST = 1_000  # characters of one value
_SECRET_KEYS = frozenset(
    """access_token address authorization body brief client_secret contact contacts cookie database_url
    database_url_direct dsns email emails first_name full_name headers idempotency_key introduction
    last_name linkedin_url meeting_url mobile name note organisation params password payload phone
    phones query recipient_address redis_url refresh_token registration_number secret secret_key
    set_cookie street text title token url user_name variables""".split()  # noqa: SIM905
)
# Secrets that no key reveals: email addresses, numbers in E.164, passwords in URLs, bearer tokens.
_SECRETS = (
    (re.compile(r"(\w+://)[^\s/@]*@"), rf"\1{HIDDEN}@"),
    (re.compile(r"[^\s@<>\"'(\[/=:,;]+@[^\s@<>\"')\],;]+\.[^\s@<>\"')\],;]+"), HIDDEN),
    (re.compile(r"\+\d[\d ()./-]{5,18}\d"), HIDDEN),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), HIDDEN),
)
_NUMBERS = frozenset({bool, int, float})
_PLAIN = frozenset({"timestamp", "level", "logger", "exception"})


def configure(level: str, form: Literal["console", "json"], stream: TextIO | None = None) -> None:
    """Send this process's log to `stream` (default standard error), from `level` up.

    Libraries log from INFO up, and the verbose ones from WARNING up, because they log the data they handle.
    """
    out = stream or sys.stderr
    ours = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering: list[Processor] = [
        hide_exception_text,
        hide_secrets,
        *_renderers(form, colors=out.isatty()),
    ]
    # Our own events do not go through `logging`: each request has one, and its records cost three times as
    # much.
    structlog.configure(
        processors=[*shared, *rendering],
        logger_factory=Loggers(out, plain=form == "json" and ours <= logging.INFO),
        wrapper_class=structlog.make_filtering_bound_logger(ours),
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger().setLevel(max(ours, logging.INFO))
    for name in OURS:
        logging.getLogger(name).setLevel(ours)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(ours, logging.WARNING))
    logging.getLogger("uvicorn.error").addFilter(is_not_about_sockets)
    logging.captureWarnings(capture=True)


class NamedLogger:
    """Writes the lines of one module. As with `logging`, nothing fails because a line cannot be written."""

    __slots__ = ("_stream", "name")

    def __init__(self, name: str, stream: TextIO) -> None:
        """Take the name of the module, and where its lines go."""
        self.name, self._stream = name, stream

    def info(self, line: str) -> None:
        """Write a line."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    debug = warning = error = critical = info


class Loggers:
    """Makes the logger of each module."""

    def __init__(self, stream: TextIO, *, plain: bool) -> None:
        """Take where the lines go; `plain`: as JSON, with those of level INFO."""
        self._stream = stream
        self.plain = plain

    def __call__(self, name: str) -> NamedLogger:
        """Return the logger of a module."""
        return NamedLogger(name, self._stream)


def log_plainly(name: str, event: str, values: dict[str, object]) -> None:
    """Log an event of level INFO whose values are ours: numbers, or text that is no secret.

    The line is the same as structlog's, for a quarter of its time: each request has one.
    """
    config = structlog.get_config()
    make, processors = config["logger_factory"], config["processors"]
    if not (isinstance(make, Loggers) and make.plain and processors[-1] is _render_json):
        structlog.get_logger(name).info(event, **values)
        return
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    line = {**values, "event": event, "level": "info", "logger": name, "timestamp": now}
    make(name).info(orjson.dumps(line).decode())


def is_not_about_sockets(record: logging.LogRecord) -> bool:
    """Accept uvicorn's records except those about sockets, which contain the client's address and query."""
    return record.levelno > logging.INFO or not _OF_SOCKETS.search(str(record.msg))


def hide_exception_text(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and locations, because its text may quote a value."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else None
    if given is True:
        error = sys.exc_info()[1]
    if error is not None:
        event["exception"] = describe_exception(error)
    return event


def hide_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide values by their keys, and addresses, numbers and tokens in all other values."""
    hidden: dict[str, Any] = {}
    for name, value in event.items():
        if name in _PLAIN or (type(value) in _NUMBERS and name.lower() not in _SECRET_KEYS):
            continue
        shown = _shown(name, value)
        if shown is not value:
            hidden[name] = shown
    return {**event, **hidden} if hidden else event


def _shown(name: str, value: Any) -> Any:
    if name.lower() in _SECRET_KEYS:
        return HIDDEN
    if type(value) is str and len(value) <= LONGEST and not _may_be_secret(value):
        return value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _shown(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown("", inner) for inner in value]
    text = str(value)[:LONGEST]
    if _may_be_secret(text):
        for pattern, instead in _SECRETS:
            text = pattern.sub(instead, text)
    return text


def _may_be_secret(text: str) -> bool:
    """Return whether a text has one of the characters that are in every secret."""
    return "@" in text or "+" in text or "eyJ" in text


# Written as orjson does. Made once: `json.dumps` would make one for each line.
_slowly = json.JSONEncoder(default=repr, separators=(",", ":")).encode


def _render_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    try:
        line = orjson.dumps(event, default=repr)
    except TypeError:  # integers of more than 64 bits, other keys than text, halves of surrogate pairs
        return _slowly(event)
    # What is not ASCII may end a line, control a terminal, or be more than the stream can encode.
    return line.decode() if line.isascii() else _slowly(event)


def _renderers(form: str, *, colors: bool) -> list[Processor]:
    if form == "json":
        return [_render_json]
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]
