"""Paths of the embedded services under `var/`, and the fallbacks when `var/` is unsuitable."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from embedded.account import own_folder, reaches, unprivileged
from embedded.programs import shared_folder
from settings.errors import FolderError
from supervision.process import Account

DATABASE = "leadgate"
SUPERUSER = "postgres"
POSTGRES_SOCKET = ".s.PGSQL.5432"  # clients derive this name from the folder and the port
VALKEY_SOCKET = "valkey.sock"
# What Leadgate creates in `var/`.
OURS = frozenset(("log", "mail", "metrics", "postgres", "run", "secret", "services.lock", "world.json"))
SOCKET_PATH_LIMIT = 107  # bytes that fit into sockaddr_un


@dataclass(frozen=True)
class Layout:
    """The paths of one `var/` folder. `data` and `sockets` are real paths, never links."""

    var: Path
    account: Account | None
    data: Path
    sockets: Path

    @property
    def lock(self) -> Path:
        """The lock file, held by the process that started the services while they run."""
        return self.var / "services.lock"

    @property
    def logs(self) -> Path:
        """The folder of the services' logs."""
        return self.var / "log"

    @property
    def postgres_socket(self) -> Path:
        """The socket that PostgreSQL listens on."""
        return self.sockets / POSTGRES_SOCKET

    @property
    def valkey_socket(self) -> Path:
        """The socket that Valkey listens on."""
        return self.sockets / VALKEY_SOCKET

    def database_url(self, name: str = DATABASE) -> str:
        """The URL of one database; Tortoise and asyncpg read the socket's folder from `host`."""
        return f"postgres://{SUPERUSER}@/{name}?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        """The URL of Valkey."""
        return f"unix://{self.valkey_socket}"


def layout(var_dir: Path) -> Layout:
    """The paths for `var_dir`; changes nothing."""
    var = var_dir.absolute().resolve()
    account = unprivileged(var)
    # A link points to the data if the services' user cannot access this folder.
    return Layout(var, account, (var / "postgres").resolve(), _sockets(var, account))


def prepare(var_dir: Path) -> Layout:
    """Create the folders; those that `var/` cannot contain are created elsewhere and linked."""
    _make(var_dir)
    close(layout(var_dir))
    places = layout(var_dir)  # read again: whether the services can access it depends on its mode
    data, sockets = places.var / "postgres", places.var / "run"
    if places.data == data and not reaches(places.account, data):
        data.symlink_to(tempfile.mkdtemp(prefix="data-", dir=shared_folder(places.account)))
        places = layout(var_dir)
    own_folder(places.data, places.account)
    own_folder(places.sockets, places.account)
    if places.sockets != sockets:
        if sockets.is_symlink():
            sockets.unlink()
        sockets.symlink_to(places.sockets)
    return places


def close(places: Layout) -> None:
    """Deny other users access to `var/` and its logs, including those created by an earlier version.

    If root starts the services, their group may traverse `var/` to reach their files. A folder that also
    contains other files (VAR_DIR=/tmp) keeps its mode; Leadgate's own folders in it are private.
    """
    if not {path.name for path in places.var.iterdir()} - OURS:
        if places.account:
            os.chown(places.var, -1, places.account.gid)
        places.var.chmod(0o710 if places.account else 0o700)
    places.logs.chmod(0o700)
    for log in places.logs.iterdir():
        if log.is_file() and not log.is_symlink():
            log.chmod(0o600)


def private_log(path: Path) -> BinaryIO:
    """Open a log for appending, readable only by its owner."""
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def _make(var_dir: Path) -> None:
    try:
        var_dir.parent.mkdir(parents=True, exist_ok=True)
        for folder in (var_dir, var_dir / "log"):
            folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=var_dir):
            pass
    except OSError as error:
        raise FolderError(f"VAR_DIR: cannot write to {var_dir}: {error.strerror}") from None


def _sockets(var: Path, account: Account | None) -> Path:
    """`var/run`, or a folder with a shorter path if that is too long for a socket or not accessible."""
    folder = var / "run"
    if len(os.fsencode(folder / POSTGRES_SOCKET)) <= SOCKET_PATH_LIMIT and reaches(account, folder):
        return folder
    name = f"leadgate-{hashlib.sha256(os.fsencode(var)).hexdigest()[:16]}"
    if folder.is_symlink():
        # Chosen at an earlier start, perhaps in another environment; a copy of `var/` has another name.
        chosen = folder.readlink()
        if chosen.name == name and chosen.parent.is_dir():
            return chosen
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    fits = 0 < len(os.fsencode(runtime)) <= SOCKET_PATH_LIMIT - len(f"/{name}/{POSTGRES_SOCKET}")
    if account is None and fits and Path(runtime).is_dir():
        return Path(runtime) / name
    return Path("/tmp") / name  # noqa: S108 - the folder is private and its owner is checked
