"""Runs a command's work in the database and records it in `var/log/commands.log`, refused or not.

Records contain ids of users, but no passwords and no addresses.
"""

import asyncio
import contextlib
import getpass
import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import settings
from settings.errors import FixableError

_T = TypeVar("_T")
_ARGUMENTS = {
    "email": "EMAIL",
    "issuer": "ISSUER",
    "subject": "SUBJECT",
    "code": "CODE",
    "ids": "DISPATCH",
    "dispatch": "DISPATCH",
}


class RefusedError(FixableError):
    """A command changed nothing; the message begins with the option or argument at fault."""


def changed(event: str, work: Callable[[], Coroutine[Any, Any, UUID]], kind: str, **facts: str) -> str:
    """Run the change and return the public id of the changed object."""
    from models.base.public_id import public_id

    return public_id(kind, run(event, work, lambda row_id: {kind.lower(): public_id(kind, row_id), **facts}))


def run(
    event: str,
    work: Callable[[], Coroutine[Any, Any, _T]],
    facts: Callable[[_T], dict[str, str]] = lambda _: {},
) -> _T:
    """Run the work in the database and record it, refused or not."""
    return run_with(event, lambda _: work(), facts)


def run_with(
    event: str,
    work: Callable[[settings.Settings], Coroutine[Any, Any, _T]],
    facts: Callable[[_T], dict[str, str]] = lambda _: {},
) -> _T:
    """Run work that needs the addresses of the services, as `run` does."""
    from cli.connect import connected, orm
    from models.base.refusal import Refusal
    from settings import logs

    given = settings.load()
    logs.configure(given.log_level, given.log_format)

    async def in_database(found: settings.Settings) -> _T:
        async with orm(found):
            return await work(found)

    with connected(given) as found, _record(given.var_dir) as record:
        try:
            done = asyncio.run(in_database(found))
        except Refusal as refusal:
            record(event, outcome="refused", reason=f"{refusal.code} {'.'.join(refusal.field)}")
            text = refusal.message.removeprefix(f"{'.'.join(refusal.field)}: ")
            raise RefusedError(f"{_option(refusal.field)}: {text}") from None
        record(event, outcome="done", **facts(done))
        return done


@contextlib.contextmanager
def _record(var_dir: Path) -> Iterator[Callable[..., None]]:
    """Yield a function that writes to `var/log/commands.log` and the log; fail early without the file."""
    import orjson
    import structlog

    path = var_dir / "log" / "commands.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise RefusedError(f"VAR_DIR: {path}: cannot write the audit log: {error.strerror}") from None

    def record(event: str, **facts: str) -> None:
        facts["by"] = "/".join(dict.fromkeys(filter(None, (os.environ.get("SUDO_USER"), getpass.getuser()))))
        structlog.get_logger(__name__).info(event, **facts)
        line = {"at": datetime.now(UTC).isoformat(), "event": event, **facts}
        os.write(handle, orjson.dumps(line) + b"\n")

    try:
        yield record
    finally:
        os.close(handle)


def _option(field: Sequence[str]) -> str:
    name = field[-1] if field else "EMAIL"
    if name == "password":
        return "--password-stdin" if not sys.stdin.isatty() else "Password"
    return _ARGUMENTS.get(name) or "--" + "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
