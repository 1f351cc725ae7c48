"""Creates one PostgreSQL cluster and runs one server for it, on a Unix socket only."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from embedded.account import adopt, with_a_name
from embedded.ask import postgres_answers
from embedded.layout import DATABASE, SUPERUSER, Layout, private_log
from embedded.programs import Programs
from settings.errors import EmbeddedError
from supervision.process import await_answer, end, run, spawn

START_SECONDS = 60.0
STOP_SECONDS = 30.0
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # part of the socket's file name; no port is opened
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # no DETAIL, which quotes rejected rows, including contact data
    "jit": "off",  # compiling short queries costs more than it saves
    "max_wal_size": "1GB",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
FRESH = "cluster"  # the cluster's folder below the layout's data folder


def cluster(places: Layout) -> Path:
    """The data directory; its parent is private to the services' user."""
    return places.data / FRESH


def initialise(places: Layout, programs: Programs, *, durable: bool) -> None:
    """Create the cluster and its database once; an incomplete cluster never has the final name."""
    if (cluster(places) / "PG_VERSION").exists():
        return
    work = places.data / f"{FRESH}.new"
    shutil.rmtree(work, ignore_errors=True)
    maker = with_a_name(places.account)
    if maker and places.account:
        places.data.chmod(0o710)  # initdb's user has access through the account's group
        work.mkdir(mode=0o700)
        os.chown(work, maker.uid, maker.gid)
    command = [str(programs.initdb), "-D", str(work), "-U", SUPERUSER, "--encoding=UTF8", "--locale=C"]
    # The provider is PostgreSQL itself, so the system does not need this locale.
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    command += [] if durable else ["--no-sync"]
    run(command, account=maker, env=_environment())
    single = [str(programs.postgres), "--single", "-D", str(work), *_options({} if durable else FORGETFUL)]
    making = f"CREATE DATABASE {DATABASE};\n"
    run([*single, "postgres"], account=maker, env=_environment(), text=making)
    adopt(work, places.account)
    places.data.chmod(0o700)
    work.rename(cluster(places))


def launch(places: Layout, programs: Programs, log: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server and wait until it responds."""
    deadline = time.monotonic() + START_SECONDS
    settings = SETTINGS | {"unix_socket_directories": str(places.sockets)} | ({} if durable else FORGETFUL)
    # Fast shutdown writes a checkpoint, which data that may be lost does not need.
    death_signal = signal.SIGINT if durable else signal.SIGQUIT
    command = [str(programs.postgres), "-D", str(cluster(places)), *_options(settings)]
    while True:
        await_predecessor(places, deadline)
        with private_log(log) as output:
            begin = output.tell()
            child = spawn(
                command, death_signal=death_signal, account=places.account, env=_environment(), log=output
            )
        if await_answer(child, lambda: answers(places), deadline):
            return child
        words = log.read_bytes()[begin:].decode(errors="replace").strip()
        # The sessions of a killed server end a moment after it.
        if "is still in use" not in words or time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL did not start: {words}")
        time.sleep(0.1)


def stop(child: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, then immediate, then SIGKILL."""
    end(child, (signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0))


def answers(places: Layout) -> bool:
    """Whether the server of this layout accepts connections."""
    return postgres_answers(places.postgres_socket, SUPERUSER, DATABASE)


def await_predecessor(places: Layout, deadline: float) -> None:
    """Wait for a server that is still shutting down; remove the pid file of one that no longer runs.

    Called under the lock, so no other process starts one. PostgreSQL itself refuses to start if the pid in a
    stale file has been reused by another process of the same user.
    """
    pid_file = cluster(places) / "postmaster.pid"
    while (pid := _read_pid(pid_file)) is not None:
        if not answers(places) and not _works_in(pid, cluster(places)):
            with contextlib.suppress(FileNotFoundError):
                pid_file.unlink()
            return
        if time.monotonic() > deadline:
            raise EmbeddedError(f"another PostgreSQL (process {pid}) is running on {cluster(places)}")
        time.sleep(0.05)


def _read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _works_in(pid: int, folder: Path) -> bool:
    """Whether `folder` is the process's working directory, which for a postmaster is its data directory."""
    try:
        if not Path("/proc/self").exists():
            os.kill(pid, 0)  # without /proc, any process with this pid counts
            return True
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False  # ended, or the pid was reused by another user's process


def _options(settings: dict[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _environment() -> dict[str, str]:
    """The environment without PGHOST and similar variables, and without a locale that may be missing."""
    inherited = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
    }
    return {**inherited, "LC_ALL": "C", "TZ": "UTC"}
