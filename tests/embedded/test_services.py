"""Services start once, are found again, stop with their last user and lose no data."""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

import embedded
from embedded import programs
from embedded.account import own_folder, reaches, unprivileged
from embedded.layout import SOCKET_PATH_LIMIT, layout
from settings.errors import EmbeddedError, ProgramError
from supervision.process import Account, end, spawn
from tests.embedded.support import DEADLINE_SECONDS, alive, holder, program_of, user_of, wait_until
from tests.support.cluster import PreparedCluster
from tests.support.services import DISK, reachable_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root replaces itself by another user")


@pytest.fixture
def var_dir() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "var"


@pytest.fixture
def used_var_dir(var_dir: Path, prepared_cluster: PreparedCluster) -> Path:
    """Contains a cluster, so that the first start does not have to create it."""
    prepared_cluster.copy_to(var_dir)
    return var_dir


async def _remember(services: embedded.Services) -> None:
    connection = await asyncpg.connect(services.database_url)
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (a int); INSERT INTO kept VALUES (1)")
    await connection.close()


async def _remembered(services: embedded.Services) -> int:
    connection = await asyncpg.connect(services.database_url)
    count = await connection.fetchval("SELECT count(*) FROM kept")
    await connection.close()
    return int(count)


async def test_a_second_start_finds_the_first_and_does_not_stop_it(used_var_dir: Path) -> None:
    assert embedded.find(used_var_dir) is None
    with embedded.start(used_var_dir, durable=False) as first:
        pids = list(first.pids.values())
        assert first.owner
        with embedded.start(used_var_dir) as second:
            assert not second.owner
            assert (second.database_url, second.redis_url) == (first.database_url, first.redis_url)
        found = embedded.find(used_var_dir)
        assert found is not None
        found.stop()
        assert embedded.find(used_var_dir) is not None
    assert not any(alive(pid) for pid in pids)
    assert embedded.find(used_var_dir) is None


async def test_the_data_survives_a_stop_and_a_start(var_dir: Path) -> None:
    for run in (1, 2):
        with embedded.start(var_dir) as services:
            await _remember(services)
            assert await _remembered(services) == run


@pytest.mark.parametrize("kind", ["durable", "forgetful"])
async def test_nothing_outlives_a_killed_starter_and_the_next_one_starts_immediately(
    used_var_dir: Path, kind: str
) -> None:
    with holder(used_var_dir, kind) as (process, pids):
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        found = embedded.find(used_var_dir)
        assert found is not None
        if kind == "durable":
            await _remember(found)
        process.kill()
        process.wait()  # until then it holds the lock, and its services are found
        with embedded.start(used_var_dir, durable=kind == "durable") as services:
            assert services.owner
            if kind == "durable":
                assert await _remembered(services) == 1
        wait_until(lambda: not any(alive(pid) for pid in pids), "the killed starter's services ended")


async def test_a_stale_pid_file_with_another_processs_pid_does_not_stop_a_start(used_var_dir: Path) -> None:
    with embedded.start(used_var_dir, durable=False) as services:
        pid_file = layout(used_var_dir).data / "cluster" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        assert int(lines[0]) == services.pids["postgres"]
        owner = pid_file.stat()
    # As after a restart of the machine: the pid now belongs to another process of the same user, and
    # PostgreSQL by itself would refuse to start.
    sleep = ["/bin/sleep", str(DEADLINE_SECONDS)]
    stranger = spawn(sleep, death_signal=signal.SIGKILL, account=layout(used_var_dir).account)
    try:
        wait_until(lambda: program_of(stranger.pid).name in {"sleep", "coreutils", "busybox"}, "it sleeps")
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        with embedded.start(used_var_dir, durable=False) as services:
            assert services.owner
        assert stranger.poll() is None
    finally:
        end(stranger)


async def test_a_dead_service_is_restarted_at_the_same_address(used_var_dir: Path) -> None:
    with embedded.start(used_var_dir) as services:
        await _remember(services)
        assert services.revive() == []
        for name, pid in services.pids.items():
            os.kill(pid, signal.SIGKILL)
            revived: list[str] = []

            def back(found: list[str] = revived) -> bool:
                found.extend(services.revive())  # a process with threads exits a moment after its main thread
                return bool(found)

            wait_until(back, f"{name} is back")
            assert revived == [name]
            assert services.pids[name] != pid
        assert await _remembered(services) == 1
        assert embedded.find(used_var_dir) is not None


async def test_a_process_that_found_services_takes_over_when_their_starter_is_gone(
    used_var_dir: Path,
) -> None:
    with holder(used_var_dir) as (process, _), embedded.start(used_var_dir, durable=False) as services:
        found_only = not services.owner
        process.kill()
        wait_until(lambda: embedded.find(used_var_dir) is None, "the services are gone")
        assert services.revive() == ["postgres", "valkey"]
        assert (found_only, services.owner) == (True, True)
        await _remember(services)


async def test_a_folder_with_a_long_path_has_its_sockets_elsewhere() -> None:
    with reachable_folder() as folder:
        var_dir = folder / ("long" * 20) / ("path" * 20) / "var"
        with embedded.start(var_dir, durable=False) as services:
            sockets = layout(var_dir).sockets
            assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            await _remember(services)
            # The process that looks for them may have a different environment; the link in var/ points to
            # them.
            assert (var_dir / "run").readlink() == sockets
            assert embedded.find(var_dir) is not None
        sockets.rmdir()


def test_another_persons_folder_is_refused(var_dir: Path) -> None:
    var_dir.mkdir()
    (var_dir / "real").mkdir()
    (var_dir / "link").symlink_to(var_dir / "real")
    with pytest.raises(EmbeddedError, match="belongs to another user"):
        own_folder(var_dir / "link", unprivileged(var_dir))


@as_root
async def test_root_runs_services_as_another_user_and_changes_no_parent_folder(var_dir: Path) -> None:
    modes = {folder: folder.stat().st_mode for folder in var_dir.parents}
    with embedded.start(var_dir, durable=False) as services:
        users = {user_of(pid) for pid in services.pids.values()}
        account = layout(var_dir).account
        assert account is not None
        assert users == {account.uid} != {0}
    assert {folder: folder.stat().st_mode for folder in var_dir.parents} == modes


@as_root
async def test_root_puts_data_and_programs_elsewhere_if_a_parent_folder_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with reachable_folder() as closed, reachable_folder(parent=DISK) as shared:
        closed.chmod(0o700)
        shared.chmod(0o755)
        monkeypatch.setattr(programs, "SHARED", (shared / "leadgate",))
        account = unprivileged(closed / "var")
        assert not reaches(account, closed / "var")

        def reaches_shared_only(who: Account | None, path: Path) -> bool:
            return shared in path.parents and reaches(who, path)

        monkeypatch.setattr(programs, "reaches", reaches_shared_only)
        for run in (1, 2):
            with embedded.start(closed / "var") as services:
                await _remember(services)
                assert await _remembered(services) == run
                program = program_of(services.pids["postgres"])
                assert shared in program.parents
                assert closed not in layout(closed / "var").sockets.parents
        assert closed.stat().st_mode & 0o777 == 0o700
        assert len(list((shared / "leadgate").iterdir())) == 2  # one copy of the programs, one of the data
        layout(closed / "var").sockets.rmdir()


def test_modes_decide_which_users_can_pass_through_a_folder(tmp_path: Path) -> None:
    me = tmp_path.stat()
    tmp_path.chmod(0o710)
    stranger, fellow = Account(me.st_uid + 1, me.st_gid + 1), Account(me.st_uid + 1, me.st_gid)
    closed = [account for account in (stranger, fellow) if not reaches(account, tmp_path / "x")]
    assert stranger in closed
    assert reaches(None, tmp_path / "x")


def test_services_start_from_the_main_thread_only(var_dir: Path) -> None:
    import threading  # noqa: PLC0415 - only for this test

    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            embedded.start(var_dir)
        except ProgramError as error:
            caught.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])
