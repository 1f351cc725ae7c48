"""What is missing is said in one line, and what an old program lacks is known."""

import sys
from pathlib import Path

import pytest

from tests.cluster import __main__ as command
from tests.cluster.engines import APT, Missing, find


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of the programs; `install` adds one."""
    monkeypatch.setattr("tests.cluster.engines.system_path", lambda: str(tmp_path))
    patroni = tmp_path / "patroni"
    (patroni / "bin").mkdir(parents=True)
    (patroni / "bin" / "python").symlink_to("/bin/sh")
    (patroni / "installed").touch()
    monkeypatch.setattr("tests.cluster.engines.PATRONI", patroni)
    return tmp_path


def install(machine: Path, version: str = "1.18.0") -> None:
    """Install all programs that come from Debian."""
    for name in APT:
        (machine / name).write_text(f"#!/bin/sh\necho PgBouncer {version}\n")
        (machine / name).chmod(0o755)


@pytest.mark.parametrize("name", APT)
def test_a_missing_program_is_named(machine: Path, name: str) -> None:
    """Without any one of them, the line says how to install all."""
    install(machine)
    (machine / name).unlink()
    with pytest.raises(Missing, match=r"^apt-get install pgbouncer haproxy etcd-server$"):
        find()


def test_missing_patroni_is_named(machine: Path) -> None:
    """Patroni comes with the make target."""
    install(machine)
    (machine / "patroni" / "installed").unlink()
    with pytest.raises(Missing, match=r"^run `make cluster`"):
        find()


def test_the_command_says_it_in_one_line(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started, and the exit is one line."""
    monkeypatch.setattr(sys, "argv", ["cluster"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == "make cluster: apt-get install pgbouncer haproxy etcd-server"


@pytest.mark.parametrize(("version", "prepares"), [("1.18.0", False), ("1.21.0", True), ("1.25.2", True)])
def test_old_poolers_cannot_prepare(machine: Path, version: str, prepares: bool) -> None:
    """Prepared statements came to PgBouncer with 1.21."""
    install(machine, version)
    assert find().prepares is prepares
