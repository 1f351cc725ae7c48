"""Runs one Valkey on a Unix socket, without storage on disk: it holds only wake-ups and counters."""

import signal
import subprocess
import time
from pathlib import Path

from embedded.ask import valkey_answers
from embedded.layout import Layout, private_log
from embedded.programs import Programs
from settings.errors import EmbeddedError
from supervision.process import await_answer, end, spawn

START_SECONDS = 20.0
STOP_SECONDS = 5.0


def launch(places: Layout, programs: Programs, log: Path) -> subprocess.Popen[bytes]:
    """Start the server and wait until it responds."""
    command = [str(programs.valkey), "--port", "0", "--unixsocket", str(places.valkey_socket)]
    command += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--daemonize", "no"]
    command += ["--dir", str(places.sockets)]
    deadline = time.monotonic() + START_SECONDS
    while answers(places):  # its parent has just been killed, and it is about to exit
        if time.monotonic() > deadline:
            raise EmbeddedError(f"another Valkey is listening on {places.valkey_socket}")
        time.sleep(0.02)
    with private_log(log) as output:
        # It stores nothing, so it needs no clean shutdown.
        death_signal = signal.SIGKILL
        child = spawn(
            command, death_signal=death_signal, account=places.account, env={"LC_ALL": "C"}, log=output
        )
    if not await_answer(child, lambda: answers(places), deadline):
        raise EmbeddedError(f"Valkey did not start; see {log}")
    return child


def stop(child: subprocess.Popen[bytes]) -> None:
    """Send SIGTERM, then SIGKILL."""
    end(child, (signal.SIGTERM, STOP_SECONDS))


def answers(places: Layout) -> bool:
    """Whether the server of this layout serves commands."""
    return valkey_answers(places.valkey_socket)
