"""Supervised programs are restarted, stopped together, and never outlive the process that started them."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from settings.errors import AddressError
from supervision.listening import local, refuse_used_port
from tests.embedded.support import ROOT, alive, wait_until

# Each program writes its pid to a file with its name, then waits until it is ended; `brittle` exits by
# itself.
SUPERVISOR = """
import os, sys
from supervision.process import follow_parent
from supervision.programs import Program, Stopped, stoppable, supervise
folder, last = sys.argv[1:]
note = "import os, sys, time; f = open(sys.argv[1], 'w'); f.write(str(os.getpid())); f.close(); "
def program(name, restart, rest):
    return Program(name, [sys.executable, "-c", note + rest, f"{folder}/{name}"], restart=restart)
programs = [program("server", False, "time.sleep(600)"), program("worker", True, "time.sleep(600)")]
if last == "brittle":
    programs[0] = program("server", False, "sys.exit(3)")
if last == "deaf":
    deaf = "import signal; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    programs[0] = program("server", False, deaf)
try:
    with stoppable():
        if last == "follow":
            follow_parent()
        ready = lambda: os.path.exists(f"{folder}/worker")
        say = lambda text: print(text, flush=True)
        options = {"env": os.environ, "revive": list, "is_ready": ready}
        sys.exit(supervise(programs, **options, on_ready=lambda: say("ready"), say=say))
except Stopped:
    print("stopped", flush=True)
"""


@contextmanager
def supervisor(folder: Path, kind: str = "plain") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SUPERVISOR, str(folder), kind]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def pid_of(folder: Path, name: str, other_than: int = 0) -> int:
    """Wait for the program's pid file and read it."""

    def noted() -> int:
        path = folder / name
        return int(path.read_text() or 0) if path.exists() else 0

    wait_until(lambda: noted() not in {0, other_than}, f"{name} runs")
    return noted()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_is_not_an_error(tmp_path: Path, number: signal.Signals) -> None:
    with supervisor(tmp_path) as process:
        pids = [pid_of(tmp_path, "server"), pid_of(tmp_path, "worker")]
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.wait(60) == 0
        assert process.stdout.read() == "stopped\n"
    assert not any(alive(pid) for pid in pids)


def test_a_dead_worker_starts_again(tmp_path: Path) -> None:
    with supervisor(tmp_path) as process:
        server, worker = pid_of(tmp_path, "server"), pid_of(tmp_path, "worker")
        os.kill(worker, signal.SIGKILL)
        again = pid_of(tmp_path, "worker", other_than=worker)
        assert alive(again)
        assert alive(server)
        process.terminate()
        assert process.wait(60) == 0
    assert not alive(again)


def test_everything_stops_when_the_server_ends(tmp_path: Path) -> None:
    with supervisor(tmp_path, "brittle") as process:
        assert process.wait(60) == 3
        assert process.stdout is not None
        assert "The server exited with code 3." in process.stdout.read()


def test_nothing_outlives_a_killed_supervisor_not_even_what_ignores_signals(tmp_path: Path) -> None:
    with supervisor(tmp_path, "deaf") as process:
        pids = [pid_of(tmp_path, "server"), pid_of(tmp_path, "worker")]
        process.kill()
        wait_until(lambda: not any(alive(pid) for pid in pids), "the programs ended")


def test_a_child_process_ends_with_its_parent(tmp_path: Path) -> None:
    # Like `make run`: a parent that waits and is killed.
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"
    command = [sys.executable, "-c", parent, SUPERVISOR, str(tmp_path), "follow"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        pids = [pid_of(tmp_path, "server"), pid_of(tmp_path, "worker")]
        process.kill()
        wait_until(lambda: not any(alive(pid) for pid in pids), "the programs ended")


def test_the_error_for_a_used_port_includes_the_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"PORT: {port} on 127.0.0.1 is already in use"):
            refuse_used_port("127.0.0.1", port)
    refuse_used_port("127.0.0.1", port)
    with pytest.raises(AddressError, match="HOST: cannot listen on no-such-host"):
        refuse_used_port("no-such-host.invalid", port)


def test_a_server_on_all_addresses_is_reached_on_this_machine() -> None:
    assert [local(host) for host in ("0.0.0.0", "::", "example.org")] == ["127.0.0.1", "::1", "example.org"]  # noqa: S104
