"""The programs that the installation consists of, besides those in the wheels."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from embedded.account import reaches, unprivileged, with_a_name

ROOT = Path(__file__).parents[2]
PATRONI = ROOT / ".cluster"
APT = {"etcd": "etcd-server", "haproxy": "haproxy", "pgbouncer": "pgbouncer"}
PREPARES = (1, 21)  # PgBouncer from this version on can keep prepared statements


class Missing(Exception):  # noqa: N818 - the reason why nothing was run, not a fault
    """Something has to be installed first; the message says what, in one line."""


@dataclass(frozen=True, slots=True)
class Engines:
    """Paths of the programs, and the version of PgBouncer as (major, minor)."""

    etcd: Path
    haproxy: Path
    pgbouncer: Path
    pgbouncer_version: tuple[int, int]

    @property
    def prepares(self) -> bool:
        """Whether prepared statements survive in PgBouncer."""
        return self.pgbouncer_version >= PREPARES


def find() -> Engines:
    """Locate the programs. Raises `Missing` with what has to be installed."""
    found = {name: shutil.which(name, path=system_path()) for name in APT}
    if not all(found.values()) or sys.platform != "linux":
        raise Missing("apt-get install pgbouncer haproxy etcd-server")
    if not (PATRONI / "installed").exists():
        raise Missing("run `make cluster`, which installs Patroni into .cluster/")
    if not reaches(with_a_name(unprivileged(PATRONI)), (PATRONI / "bin" / "python").resolve()):
        raise Missing("apt-get install python3, and remove .cluster/ (or run it as another user)")
    paths = {name: Path(str(path)) for name, path in found.items()}
    shown = subprocess.run([paths["pgbouncer"], "--version"], capture_output=True, text=True, check=True)
    major, minor = re.findall(r"\d+", shown.stdout)[:2]
    return Engines(**paths, pgbouncer_version=(int(major), int(minor)))


def system_path() -> str:
    """Return the directories to search, including those of system programs, which users often lack."""
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])
