"""No other user of the machine can access the services, their data, their logs or `var/`."""

import os
import pwd
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

import embedded
from embedded.account import FIRST_NUMBER, NUMBERS, unprivileged
from embedded.layout import layout
from supervision.process import Account
from tests.embedded.support import user_of
from tests.support.services import reachable_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root replaces itself by another user")
NOBODY = pwd.getpwnam("nobody")
TRY = """
import os, socket, sys
from pathlib import Path
what, target, uid, gid = sys.argv[1:]
os.setgroups([])  # only now: the interpreter itself may lie where that user cannot go
os.setgid(int(gid))
os.setuid(int(uid))
try:
    if what == "connect":
        socket.socket(socket.AF_UNIX).connect(target)
    elif what == "read":
        Path(target).read_bytes()
    elif what == "list":
        os.listdir(target)
    elif what == "signal":
        os.kill(int(target), 0)
except PermissionError:
    sys.exit(13)
"""


@pytest.fixture
def var_dir() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "var"


def denied_to_nobody(what: str, target: object) -> bool:
    """Whether the user `nobody`, in its own group, is denied access; any other failure is the test's own."""
    words = [sys.executable, "-c", TRY, what, str(target), str(NOBODY.pw_uid), str(NOBODY.pw_gid)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode in {0, 13}, done.stderr
    return done.returncode == 13


def mode(path: Path) -> int:
    """Return the permissions of a path."""
    return stat.S_IMODE(path.stat().st_mode)


@as_root
def test_the_user_nobody_cannot_reach_the_services_or_their_data(var_dir: Path) -> None:
    with embedded.start(var_dir, durable=False) as services:
        places = layout(var_dir)
        for path in (places.postgres_socket, places.valkey_socket):
            assert denied_to_nobody("connect", path)
        for path in (places.data, places.sockets, places.logs, var_dir):
            assert denied_to_nobody("list", path)
        for path in (places.data / "cluster" / "PG_VERSION", places.logs / "postgres.log"):
            assert denied_to_nobody("read", path)
        for pid in services.pids.values():
            assert denied_to_nobody("signal", pid)
            assert denied_to_nobody("read", f"/proc/{pid}/environ")


@as_root
def test_each_folder_has_its_own_unnamed_user_and_group(var_dir: Path) -> None:
    ours, others = unprivileged(var_dir), unprivileged(var_dir.with_name("other"))
    assert ours is not None
    assert ours != others
    assert ours == unprivileged(var_dir)
    assert FIRST_NUMBER <= ours.uid == ours.gid < FIRST_NUMBER + NUMBERS <= 65_536
    with pytest.raises(KeyError):
        pwd.getpwuid(ours.uid)
    with embedded.start(var_dir, durable=False) as services:
        assert {user_of(pid) for pid in services.pids.values()} == {ours.uid}


@as_root
def test_a_user_id_that_has_a_name_is_skipped(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = unprivileged(var_dir)
    assert first is not None
    real: Callable[[int], pwd.struct_passwd] = pwd.getpwuid

    def named(number: int) -> pwd.struct_passwd:
        return NOBODY if number == first.uid else real(number)

    monkeypatch.setattr(pwd, "getpwuid", named)
    second = unprivileged(var_dir)
    assert second is not None
    assert second != first


@as_root
async def test_data_owned_by_nobody_is_adopted_and_retained(var_dir: Path) -> None:
    with embedded.start(var_dir) as services:
        await _remember(services)
    for place in (var_dir / "postgres", var_dir / "run"):
        for path in (place, *place.rglob("*")):
            os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)
    with embedded.start(var_dir) as services:
        assert await _remembered(services)
        account = layout(var_dir).account
        assert account is not None
        places = (var_dir / "postgres", *(var_dir / "postgres").rglob("*"), var_dir / "run")
        assert {Account(path.lstat().st_uid, path.lstat().st_gid) for path in places} == {account}


def test_folders_and_logs_become_private_even_if_they_were_open(var_dir: Path) -> None:
    open_to_all = os.umask(0)
    try:
        (var_dir / "log").mkdir(parents=True, mode=0o755)
        (var_dir / "log" / "postgres.log").write_text("of before\n")
        (var_dir / "log" / "valkey.log.1").write_text("of before\n")
        with embedded.start(var_dir, durable=False):
            assert mode(var_dir) & 0o707 == 0o700
            assert mode(var_dir) & 0o060 == 0
            assert {path.name: mode(path) for path in (var_dir / "log").iterdir()} == dict.fromkeys(
                ("postgres.log", "valkey.log", "valkey.log.1"), 0o600
            )
            closed = ("log", "postgres", "run")
            assert {mode(var_dir / name) for name in closed} == {0o700}
            assert mode(var_dir / "services.lock") == 0o600
    finally:
        os.umask(open_to_all)


def test_a_folder_that_holds_other_things_keeps_its_mode(var_dir: Path) -> None:
    var_dir.mkdir(mode=0o755)
    var_dir.chmod(0o755)
    (var_dir / "somebody's notes").touch()
    with embedded.start(var_dir, durable=False):
        assert mode(var_dir) == 0o755
        assert {mode(var_dir / name) for name in ("log", "postgres", "run")} == {0o700}


async def _remember(services: embedded.Services) -> None:
    connection = await asyncpg.connect(services.database_url)
    await connection.execute("CREATE TABLE kept (a int); INSERT INTO kept VALUES (1)")
    await connection.close()


async def _remembered(services: embedded.Services) -> bool:
    connection = await asyncpg.connect(services.database_url)
    count = await connection.fetchval("SELECT count(*) FROM kept")
    await connection.close()
    return bool(count == 1)
