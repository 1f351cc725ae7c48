"""The PostgreSQL and Valkey pair of one `var/` folder: started, found, restarted and stopped.

A lock file says which process owns the pair; only that process stops it.
"""

import fcntl
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from embedded import postgres, valkey
from embedded.account import adopt
from embedded.layout import DATABASE, Layout, layout, prepare
from embedded.programs import Programs, programs
from settings.errors import EmbeddedError

WAIT_SECONDS = 60.0
LOG_LIMIT = 5_000_000  # bytes; one older log is retained


class Services:
    """A running pair. Only the object that started it (`owner`) stops it."""

    def __init__(self, places: Layout, *, durable: bool) -> None:
        """Use `acquire` or the functions of the package."""
        self._places = places
        self._durable = durable
        self._lock: int | None = None
        self._programs: Programs | None = None
        self._postgres: subprocess.Popen[bytes] | None = None
        self._valkey: subprocess.Popen[bytes] | None = None

    @property
    def owner(self) -> bool:
        """Whether this object started the pair."""
        return self._lock is not None

    @property
    def database_url(self) -> str:
        """The URL of the application's database."""
        return self._places.database_url()

    @property
    def redis_url(self) -> str:
        """The URL of Valkey."""
        return self._places.redis_url

    def admin_url(self, database: str = "postgres") -> str:
        """The superuser's URL of any database of the server, for creating and dropping databases."""
        return self._places.database_url(database)

    @property
    def pids(self) -> dict[str, int]:
        """The processes that this object started, by name."""
        pairs = {"postgres": self._postgres, "valkey": self._valkey}
        return {name: child.pid for name, child in pairs.items() if child}

    def acquire(self) -> Self:
        """Start the pair, or find it running; wait for a pair that is starting or stopping."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not self._take_lock():
            if _both_answer(self._places):
                return self
            if time.monotonic() > deadline:
                holder = _holder(self._places)
                raise EmbeddedError(
                    f"{self._places.lock} is held by process {holder}, but its services do not respond"
                )
            time.sleep(0.05)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def revive(self) -> list[str]:
        """Restart the services that have exited and return their names. The addresses stay the same."""
        if not self.owner:
            if not _both_answer(self._places):
                self.acquire()
            return list(self.pids)
        revived = []
        if self._postgres is None or self._postgres.poll() is not None:
            self._postgres = None
            self._start_postgres()
            revived.append("postgres")
        if self._valkey is None or self._valkey.poll() is not None:
            self._valkey = None
            self._start_valkey()
            revived.append("valkey")
        return revived

    def stop(self) -> None:
        """Stop the services that this object started; does nothing if it started none or is called again."""
        if self._valkey is not None:
            valkey.stop(self._valkey)
        if self._postgres is not None:
            postgres.stop(self._postgres)
        self._valkey = self._postgres = None
        if self._lock is not None:
            os.close(self._lock)  # releases the lock; removing the file would allow two locks
            self._lock = None

    def __enter__(self) -> Self:
        """The pair itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _start(self) -> None:
        self._programs = programs(self._places.account)
        postgres.await_predecessor(self._places, time.monotonic() + WAIT_SECONDS)
        for folder in (self._places.data, self._places.sockets):
            adopt(folder, self._places.account)
        postgres.initialise(self._places, self._programs, durable=self._durable)
        self._start_postgres()
        self._start_valkey()

    def _start_postgres(self) -> None:
        if self._programs is not None:
            log, durable = self._log("postgres"), self._durable
            self._postgres = postgres.launch(self._places, self._programs, log, durable=durable)

    def _start_valkey(self) -> None:
        if self._programs is not None:
            self._valkey = valkey.launch(self._places, self._programs, self._log("valkey"))

    def _log(self, name: str) -> Path:
        path = self._places.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        return path

    def _take_lock(self) -> bool:
        handle = os.open(self._places.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._lock = handle
        return True


def start(var_dir: Path, durable: bool = True) -> Services:
    """Start the pair of `var_dir`, or find it running; `durable=False` is faster but unsafe (tests)."""
    return Services(prepare(var_dir), durable=durable).acquire()


def find(var_dir: Path) -> Services | None:
    """The running pair of `var_dir`, if any."""
    places = layout(var_dir)
    return Services(places, durable=True) if _both_answer(places) else None


def address(var_dir: Path) -> tuple[str, str]:
    """The URLs of `var_dir`'s database and Valkey, whether or not they are running."""
    places = layout(var_dir)
    return places.database_url(DATABASE), places.redis_url


def _both_answer(places: Layout) -> bool:
    return postgres.answers(places) and valkey.answers(places)


def _holder(places: Layout) -> str:
    try:
        return places.lock.read_text().strip() or "unknown"
    except OSError:
        return "unknown"
