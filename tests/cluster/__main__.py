"""Starts an installation on this machine, breaks parts of it under load, and prints what was lost."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Sequence

from tests.cluster.engines import Engines, Missing, find
from tests.cluster.events import EVENTS, HOST, MOST_LEADS, Event, happen
from tests.cluster.installation import Installation, installed
from tests.cluster.load import VENDORS
from tests.cluster.outcome import head

_BEGAN = time.monotonic()


def say(what: str) -> None:
    """Print a line of progress on the standard error, with the seconds since the start."""
    sys.stderr.write(f"{time.monotonic() - _BEGAN:6.1f} s  {what}\n")


def show(line: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def run(engines: Engines, events: Sequence[Event], *, pooler: bool, keep: bool) -> bool:
    """Let the events happen one after the other; return whether everything was as it must be.

    SIGTERM ends it early, and everything that it started.
    """
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    say("starting the installation")
    if pooler and not engines.prepares:
        version = ".".join(map(str, engines.pgbouncer_version))
        say(f"PgBouncer {version} cannot keep prepared statements: statement_cache_size=0")
    good, first_lead = True, 1
    leads = MOST_LEADS * len(events)
    async with installed(engines, leads=leads, vendors=VENDORS, pooler=pooler) as installation:
        say("everything is there twice")
        show(head())
        for event in events:
            say(f"{event.title}: under load")
            outcome, first_lead = await happen(installation, event, first_lead)
            show(outcome.row())
            say(outcome.details())
            faults = outcome.faults()
            for fault in faults:
                show(f"  {fault}")
            good = good and not faults
        if keep:
            await _keep(installation)
        say("stopping")
    return good


async def _keep(installation: Installation) -> None:
    """Leave everything running until Ctrl-C."""
    for name, address in installation.addresses().items():
        show(f"{name:20} {address}")
    enough = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, enough.set)
    say("running until Ctrl-C")
    await enough.wait()


def main() -> None:
    """Run the events that were asked for; exit with status 1 if one did harm."""
    parser = argparse.ArgumentParser(prog="make cluster", description=__doc__)
    parser.add_argument("--event", choices=[*EVENTS, "all"], default=HOST.name)
    parser.add_argument("--no-pooler", action="store_true", help="list both database hosts in DATABASE_URL")
    parser.add_argument("--keep", action="store_true", help="leave everything running until Ctrl-C")
    given = parser.parse_args()
    try:
        engines = find()
    except Missing as missing:
        sys.exit(f"make cluster: {missing}")
    events = list(EVENTS.values()) if given.event == "all" else [EVENTS[given.event]]
    try:
        good = asyncio.run(run(engines, events, pooler=not given.no_pooler, keep=given.keep))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit("make cluster: interrupted; everything that it started has been stopped")
    except RuntimeError as error:
        sys.exit(f"make cluster: {error}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
