"""`python -m tests.support.ahead serve`: the command `leadgate`, with a clock that runs ahead.

By how many seconds, a file says. The database's clock is another one: `DemoServer.let_pass` advances both.
What a timer of the process waits for still takes its time. Passwords are cheap to hash.
"""

import os
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path

import uvicorn.server

import server
from cli.app import main
from models.accounts.passwords import Passwords
from tests.support.hashing import CHEAP

FILE = "ahead"  # in VAR_DIR; there is none until the clock is advanced for the first time


def ahead() -> float:
    """Return by how many seconds the clock runs ahead."""
    try:
        return float((Path(os.environ["VAR_DIR"]) / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 0.0


def _now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=ahead())


def _passwords() -> Passwords:
    return Passwords(CHEAP)


def _date(at: float, *, usegmt: bool) -> str:
    return formatdate(at + ahead(), usegmt=usegmt)


if __name__ == "__main__":
    server._now = _now  # the one place where the process reads the time of day
    server.Passwords = _passwords  # type: ignore[assignment, attr-defined]
    uvicorn.server.formatdate = _date  # type: ignore[attr-defined, assignment] # of the header `Date`
    main()
