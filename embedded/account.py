"""Owns the choice of the unprivileged user that services run as when this process is root.

Must not create users, nor change the mode of a folder that it did not make.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from embedded.errors import EmbeddedError

# Users that every system has and that own no files worth protecting; initdb insists on a named one.
CANDIDATES = ("nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user and a group, by number."""

    uid: int
    gid: int


def unprivileged() -> Account | None:
    """Whom to run services as; None means this process's own user (PostgreSQL refuses to run as root)."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        f"PostgreSQL does not run as root and none of the users {', '.join(CANDIDATES)} exists here: "
        "run as another user, or set DATABASE_URL and REDIS_URL"
    )


def reaches(account: Account | None, path: Path) -> bool:
    """Whether `account` may pass through every existing folder above `path` (None: as we are)."""
    if account is None:
        return True
    return all(_may_pass(account, folder) for folder in path.parents if folder.exists())


def _may_pass(account: Account, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == account.gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def own_folder(path: Path, account: Account | None) -> None:
    """Make `path` a private folder of the account; refuse one that somebody else has put there."""
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    uid = account.uid if account else os.geteuid()
    if path.is_symlink() or status.st_uid not in {uid, os.geteuid()}:
        raise EmbeddedError(f"{path} belongs to someone else (user {status.st_uid})")
    if account and status.st_uid != uid:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)
