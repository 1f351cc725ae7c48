"""Where the running world of a `var/` folder listens: a file that its process keeps locked."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from settings.errors import EmbeddedError

FILE = "world.json"
_TRIES, _PAUSE_SECONDS = 20, 0.01


@contextmanager
def announced(var_dir: Path, http: int, dns: int) -> Iterator[None]:
    """Say within the block where the world listens. Raises `EmbeddedError` if one is running already."""
    handle = os.open(var_dir / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        if not _lock(handle):
            raise EmbeddedError(f"{var_dir / FILE}: a demo world is running already")
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"http": http, "dns": dns}).encode(), 0)
        yield
    finally:
        os.close(handle)  # releases the lock: whoever reads the file then finds no world


def _lock(handle: int) -> bool:
    """Lock the file. Whoever looks whether there is a world holds it for an instant: try again."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return True
    return False


def expect(var_dir: Path, *, world: bool) -> None:
    """Note whether there will be a world, before the programs start that use it.

    So none of them asks a real service about the people of the demo while the world is not running.
    """
    file = var_dir / FILE
    if not world:
        file.unlink(missing_ok=True)
    elif not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))


def expected(var_dir: Path) -> bool:
    """Return whether there is a world, even if it is not running."""
    return (var_dir / FILE).exists()


def ports(var_dir: Path) -> tuple[int, int] | None:
    """Return where the world listens for HTTP and for DNS, None if none is running."""
    try:
        handle = os.open(var_dir / FILE, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(os.pread(handle, 1_000, 0))
    finally:
        os.close(handle)
    return None  # nobody holds the file: the world has ended


def _read(content: bytes) -> tuple[int, int] | None:
    try:
        match json.loads(content):
            case {"http": int(http), "dns": int(dns)}:
                return http, dns
    except ValueError:
        pass  # it is just being written
    return None
