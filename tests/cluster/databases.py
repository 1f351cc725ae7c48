"""The two database hosts: PostgreSQL, Patroni and PgBouncer on each, and etcd, which elects the leader."""

import asyncio
import contextlib
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from embedded.account import own_folder
from embedded.programs import Programs
from supervision.process import Account
from tests.cluster.engines import PATRONI, Engines
from tests.cluster.processes import Processes, await_end, family, send
from tests.cluster.templates import fill
from tests.cluster.waiting import until

ADDRESS = "127.0.0.1"
HOSTS = ("db1", "db2")
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
# What the programs of this machine lack; each is a line of the published configuration.
NO_LZ4 = ("wal_compression",)  # the wheel's PostgreSQL is built without it
NOT_PREPARED = ("max_prepared_statements",)  # PgBouncer before 1.21


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of the database's users and of Patroni, made for one run."""

    superuser: str
    replication: str
    product: str
    patroni: str


class Databases:
    """Both hosts and etcd."""

    def __init__(
        self,
        folder: Path,
        account: Account | None,
        engines: Engines,
        programs: Programs,
        processes: Processes,
        values: dict[str, object],
        passwords: Passwords,
    ) -> None:
        """Take the installation's parts; nothing is started."""
        self._folder, self._account, self._engines, self._programs = folder, account, engines, programs
        self._processes, self._values, self._passwords = processes, values, passwords
        self._http = httpx.AsyncClient(timeout=2, trust_env=False)
        self._patroni = _patroni(folder, account)

    async def start(self) -> None:
        """Start etcd and both hosts, and wait until one leads and the other follows."""
        await self._start_etcd()
        for host in HOSTS:
            self.start_host(host)
        await self.whole()

    async def whole(self) -> None:
        """Wait until there is a leader with a synchronous standby."""
        await until(self._is_whole, "a leader and a synchronous standby")

    async def leader(self) -> str:
        """Return the name of the host that leads."""
        return (await self._roles())[0]

    async def standby(self) -> str:
        """Return the name of the host that follows."""
        return (await self._roles())[1]

    def start_host(self, host: str) -> None:
        """Start the programs of a host; Patroni creates, rewinds or restarts its PostgreSQL."""
        home = self._home(host)
        own = self._of(host) | {"data_dir": home / "data", "socket_dir": home, "pgpass_file": home / "pgpass"}
        own |= {
            "postgres_bin_dir": self._programs.postgres.parent,
            "etcd_hosts": f"{ADDRESS}:{self._values['etcd_port']}",
            "network": f"{ADDRESS}/32",
            "superuser_password": self._passwords.superuser,
            "replication_password": self._passwords.replication,
            "patroni_password": self._passwords.patroni,
            "watchdog_mode": "off",  # a machine's, which must not restart
        }
        config = self._write(home / "patroni.yml", fill("patroni.yml", own, without=NO_LZ4))
        self._processes.start(f"{host}-patroni", [*self._patroni, config], ENVIRONMENT)
        users = self._write(home / "userlist.txt", f'"leadgate" "{self._passwords.product}"\n')
        own = self._of(host) | {"userlist_file": users}
        lacking = () if self._engines.prepares else NOT_PREPARED
        config = self._write(home / "pgbouncer.ini", fill("pgbouncer.ini", own, without=lacking))
        self._processes.start(f"{host}-pgbouncer", [self._engines.pgbouncer, config], ENVIRONMENT)

    def kill_host(self, host: str) -> None:
        """End everything on a host at once, as if it had lost its power."""
        postgres = self.postgres(host)
        self._processes.kill(f"{host}-patroni")
        send(postgres, signal.SIGKILL)
        self._processes.kill(f"{host}-pgbouncer")

    def missing_hosts(self) -> list[str]:
        """Return the hosts that were killed."""
        return [host for host in HOSTS if not self._processes.running(f"{host}-patroni")]

    def postgres(self, host: str) -> list[int]:
        """Return the processes of a host's PostgreSQL, its postmaster first; none if it is not running."""
        data = self._home(host) / "data"
        with contextlib.suppress(OSError, ValueError):
            pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
            if Path(f"/proc/{pid}/cwd").samefile(data):  # a pid that is left over may be another program's
                return family(pid)
        return []

    async def switch_over(self) -> None:
        """Make the standby the leader, as before the maintenance of a host."""
        leader, standby = await self._roles()
        answer = await self._http.post(
            f"{self._rest(leader)}/switchover",
            json={"leader": leader, "candidate": standby},
            auth=("patroni", self._passwords.patroni),
            timeout=60,
        )
        answer.raise_for_status()

    async def stop(self) -> None:
        """End the PostgreSQL of both hosts; their data is not needed any more."""
        await self._http.aclose()
        for host in HOSTS:
            postgres = self.postgres(host)
            send(postgres, signal.SIGCONT)
            if self._processes.running(f"{host}-patroni"):
                self._processes.kill(f"{host}-patroni")  # otherwise it would start PostgreSQL again
            send(postgres[:1], signal.SIGQUIT)
            await asyncio.to_thread(await_end, postgres, 30.0)

    async def _start_etcd(self) -> None:
        names = ("etcd_port", "etcd_peer_port")
        clients, peers = (f"http://{ADDRESS}:{self._values[name]}" for name in names)
        command: list[str | Path] = [self._engines.etcd, "--data-dir", self._home("etcd") / "data"]
        command += ["--name", "etcd1"]
        command += ["--listen-client-urls", clients, "--advertise-client-urls", clients]
        command += ["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers]
        command += ["--initial-cluster", f"etcd1={peers}", "--logger", "zap"]
        self._processes.start("etcd", command, ENVIRONMENT)

        async def healthy() -> bool:
            return bool((await self._http.get(f"{clients}/health")).json()["health"] == "true")

        await until(healthy, "etcd")

    async def _is_whole(self) -> bool:
        leader, _ = await self._roles()
        return bool(leader)

    async def _roles(self) -> tuple[str, str]:
        """Return the leader and the synchronous standby, if both are at work."""
        for host in HOSTS:
            with contextlib.suppress(httpx.HTTPError):
                members: list[dict[str, Any]] = (await self._http.get(f"{self._rest(host)}/cluster")).json()[
                    "members"
                ]
                found = {(member["role"], member["state"]): member["name"] for member in members}
                with contextlib.suppress(KeyError):
                    return found["leader", "running"], found["sync_standby", "streaming"]
        raise LookupError("no leader with a synchronous standby")

    def _rest(self, host: str) -> str:
        return f"http://{ADDRESS}:{self._values[f'{host}_patroni_port']}"

    def _of(self, host: str) -> dict[str, object]:
        names = ("patroni_port", "postgres_port", "pooler_port")
        return {"name": host, "address": ADDRESS} | {name: self._values[f"{host}_{name}"] for name in names}

    def _home(self, name: str) -> Path:
        home = self._folder / name
        own_folder(home, self._account)
        return home

    def _write(self, path: Path, text: str) -> Path:
        return write_private(path, text, self._account)


def write_private(path: Path, text: str, account: Account | None) -> Path:
    """Write a file that only the engines' user may read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    if account is not None:
        os.chown(path, account.uid, account.gid)
    return path


def _patroni(folder: Path, account: Account | None) -> list[str | Path]:
    """Return the command of Patroni, copied to where the engines' user may read it."""
    if account is None:
        return [PATRONI / "bin" / "python", "-m", "patroni"]
    copy = folder / "patroni"
    shutil.copytree(PATRONI, copy, symlinks=True)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return [copy / "bin" / "python", "-m", "patroni"]
