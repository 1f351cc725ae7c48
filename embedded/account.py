"""The unprivileged user that the services run as when this process is root.

No user is created, and the mode of a folder that we did not create is never changed.
"""

import hashlib
import os
import pwd
from pathlib import Path

from settings.errors import EmbeddedError
from supervision.process import Account

# The range that systemd uses for services without a user in /etc/passwd. It is below 65536, so the user
# namespaces of containers include it.
FIRST_NUMBER, NUMBERS = 61_184, 4_336
# Users that every system has; only initdb requires a user with a name.
NAMED = ("nobody", "daemon")


def unprivileged(var: Path) -> Account | None:
    """The user that runs the services of `var`; None means this process's user (PostgreSQL refuses root).

    The user and group are not shared with other processes. `nobody` would be: many daemons run as `nobody`,
    and any process of a service's user can access the service's sockets, files and memory.
    """
    if os.geteuid() != 0:
        return None
    first = int.from_bytes(hashlib.sha256(os.fsencode(var)).digest()[:4], "big")
    for step in range(NUMBERS):
        number = FIRST_NUMBER + (first + step) % NUMBERS
        if not _has_a_name(number):
            return Account(number, number)
    raise EmbeddedError(
        f"no unused user id from {FIRST_NUMBER} to {FIRST_NUMBER + NUMBERS - 1} is left for PostgreSQL: "
        "run Leadgate as a user other than root, or set DATABASE_URL and REDIS_URL"
    )


def with_a_name(account: Account | None) -> Account | None:
    """A user with a name, in the group of `account`, for running initdb.

    The group keeps out other processes of that user: the user alone has no access to the folders or memory.
    """
    if account is None:
        return None
    for name in NAMED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, account.gid)
    raise EmbeddedError(
        f"initdb refuses to run as root, and none of the users {', '.join(NAMED)} exists: "
        "run Leadgate as another user, or set DATABASE_URL and REDIS_URL"
    )


def _has_a_name(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True


def reaches(account: Account | None, path: Path) -> bool:
    """Whether `account` may traverse every existing folder above `path` (None: this process's user)."""
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
    """Make `path` a private folder of the account; refuse a folder that another user created.

    A folder inside a folder of root's was created by root for an earlier user; `adopt` changes its owner.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    uid = account.uid if account else os.geteuid()
    known = status.st_uid in {uid, os.geteuid()}
    if path.is_symlink() or not (known or (account and _only_root_writes(path))):
        whose = f"belongs to another user ({status.st_uid})"
        raise EmbeddedError(f"{path} {whose}: remove it unless one of your services uses it")
    if not known:
        return
    if account and status.st_uid != uid:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def adopt(folder: Path, account: Account | None) -> None:
    """Change the owner of `folder` and its contents to the account; no process may be using it."""
    if account is None or folder.lstat().st_uid == account.uid:
        return
    for place, _, files in os.walk(folder, topdown=False):
        for name in files:
            os.chown(Path(place, name), account.uid, account.gid, follow_symlinks=False)
        os.chown(place, account.uid, account.gid, follow_symlinks=False)
    folder.chmod(0o700)


def _only_root_writes(path: Path) -> bool:
    parent = path.parent.stat()
    return parent.st_uid == 0 and not parent.st_mode & 0o022
