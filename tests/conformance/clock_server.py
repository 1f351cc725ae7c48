"""`leadgate serve` whose clock for tokens can be moved: `python -m tests.conformance.clock_server FILE`.

FILE contains the number of seconds by which the clock is ahead. It is read whenever the clock is.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import server
from cli.app import main


def put_clock_ahead(file: Path) -> None:
    """Make the clock of the process, which only decides whether tokens have expired, follow the file."""

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text(encoding="ascii")))

    server._now = now


if __name__ == "__main__":
    put_clock_ahead(Path(sys.argv.pop()))
    sys.argv.append("serve")
    main()
