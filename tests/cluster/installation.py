"""A complete installation on this machine, in a temporary folder and on free ports: two of each.

It is started from the configurations of `deploy/`, with the commands that a person would use.
"""

import asyncio
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import orjson
from redis.asyncio import Redis

from bench.data import loading
from bench.environment import SECRET
from bench.serving import LIMITS
from embedded.account import own_folder, unprivileged, with_a_name
from embedded.programs import programs
from tests.cluster.balancer import Balancer
from tests.cluster.databases import ADDRESS, ENVIRONMENT, HOSTS, Databases, Passwords, write_private
from tests.cluster.engines import ROOT, Engines
from tests.cluster.market import lay_market
from tests.cluster.ports import free_ports
from tests.cluster.processes import Processes, left_in, send
from tests.cluster.templates import fill
from tests.cluster.waiting import until
from tests.support.command import plain_environment
from tests.support.services import DISK, reachable_folder

SERVERS, WORKERS, REDIS = ("app1", "app2"), ("worker1", "worker2"), ("redis1", "redis2")
SENTINELS = ("sentinel1", "sentinel2", "sentinel3")
PORTS = (
    *("web_port", "postgres_balancer_port", "redis_balancer_port"),
    *("etcd_port", "etcd_peer_port"),
    *(f"{host}_{what}_port" for host in HOSTS for what in ("patroni", "postgres", "pooler")),
    *(f"{name}_port" for name in (*SERVERS, *REDIS, *SENTINELS)),
)


class Installation:
    """All processes of the installation, and its addresses."""

    def __init__(self, folder: Path, engines: Engines, *, pooler: bool = True) -> None:
        """Choose ports and passwords; nothing is started. `folder` may be traversed by other users.

        Without a pooler, servers and workers connect to both database hosts by themselves.
        """
        self.folder, self.engines, self._pooler = folder, engines, pooler
        self._account = with_a_name(unprivileged(folder))
        self._programs = programs(self._account)
        self.processes = Processes(folder / "log", self._account)
        self._read: dict[str, int] = {}  # bytes of each log that were looked at
        self._values: dict[str, object] = {"address": ADDRESS, **free_ports(PORTS)}
        names = (*HOSTS, *SERVERS, *REDIS)
        self._values |= {f"{name}_address": ADDRESS for name in names}
        self._passwords = Passwords(*(secrets.token_hex(16) for _ in range(4)))
        self.databases = Databases(
            folder,
            self._account,
            engines,
            self._programs,
            self.processes,
            self._values,
            self._passwords,
        )
        self.balancer = Balancer(folder / "haproxy" / "s")
        self._http = httpx.AsyncClient(timeout=5, trust_env=False)

    @property
    def web(self) -> str:
        """The address of the API, on HAProxy."""
        return f"http://{ADDRESS}:{self._values['web_port']}"

    @property
    def database_url(self) -> str:
        """The address of the database for servers and workers: HAProxy, then PgBouncer of the leader.

        Without a pooler, the same as `direct_url`.
        """
        if not self._pooler:
            return self.direct_url
        cache = "" if self.engines.prepares else "?statement_cache_size=0"
        host = f"{ADDRESS}:{self._values['postgres_balancer_port']}"
        return f"postgres://leadgate:{self._passwords.product}@{host}/leadgate{cache}"

    @property
    def direct_url(self) -> str:
        """The address of the leader's PostgreSQL: both hosts, of which the driver takes the leader."""
        return self._direct("leadgate", self._passwords.product, "leadgate")

    @property
    def superuser_url(self) -> str:
        """The same as PostgreSQL's superuser."""
        return self._direct("postgres", self._passwords.superuser, "leadgate")

    @property
    def redis_url(self) -> str:
        """The address of the primary of Redis, through HAProxy: for the second server and worker."""
        return f"redis://{ADDRESS}:{self._values['redis_balancer_port']}"

    @property
    def sentinel_url(self) -> str:
        """The same, by asking the Sentinels: for the first server and worker."""
        sentinels = ",".join(f"{ADDRESS}:{self._port(name)}" for name in SENTINELS)
        return f"redis+sentinel://{sentinels}/leadgate"

    async def start(self, *, leads: int, vendors: int) -> None:
        """Start everything, with a marketplace in the database, and wait until it is whole."""
        await asyncio.gather(self.databases.start(), self._start_redis())
        self._start_haproxy()
        await until(self._create_database, "the database")
        await self.leadgate("migrate", "--role")
        async with loading(self.superuser_url, leads=leads) as connection:
            await lay_market(connection, leads=leads, vendors=vendors)
        for name in SERVERS:
            self.start_server(name)
        for name in WORKERS:
            self._start_product(name, "worker")
        await self.whole()

    async def whole(self) -> None:
        """Wait until everything is there twice, as at the beginning. Raises `RuntimeError` if it is not."""
        await self.databases.whole()
        await until(self._redis_is_whole, "a primary of Redis with a replica")
        await until(self._web_is_whole, "both servers")
        await until(self._balancer_is_whole, "HAProxy, to send clients to both servers")
        self.processes.check()

    async def mend(self) -> None:
        """Start again what was killed, and wait until everything is there twice."""
        for host in self.databases.missing_hosts():
            self.databases.start_host(host)
        for name in REDIS:
            if not self.processes.running(name):
                self.start_redis(name, await self.redis_primary())
        await self.whole()

    def start_server(self, name: str) -> None:
        """Start one of the servers."""
        self._start_product(name, "serve", "--port", str(self._values[f"{name}_port"]))

    async def server_is_ready(self, name: str) -> bool:
        """Whether a server says that it is."""
        answer = await self._http.get(f"http://{ADDRESS}:{self._values[f'{name}_port']}/readyz")
        return answer.status_code == 200

    async def leadgate(self, *words: str) -> str:
        """Run the command on the leader; return its output. Raises `RuntimeError` if it fails."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", *words),
            cwd=ROOT,
            env=self._environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        shown = (await process.communicate())[0].decode()
        if process.returncode != 0:
            raise RuntimeError(f"leadgate {' '.join(words)} ended with {process.returncode}: {shown}")
        return shown

    async def redis_primary(self) -> str:
        """Return the name of the Redis that Sentinel calls the primary."""
        async with Redis(host=ADDRESS, port=self._port(SENTINELS[0])) as sentinel:
            question = sentinel.sentinel_get_master_addr_by_name("leadgate")  # type: ignore[no-untyped-call]
            _, port = await question
        return next(name for name in REDIS if self._port(name) == int(port))

    def start_redis(self, name: str, primary: str) -> None:
        """Start a Redis as the replica of another one, or as the primary."""
        command: list[str | Path] = [
            self._programs.valkey,
            "--bind",
            ADDRESS,
            "--port",
            str(self._port(name)),
        ]
        command += ["--dir", self._home(name), "--save", "", "--appendonly", "no"]
        command += ["--replicaof", ADDRESS, str(self._port(primary))] if name != primary else []
        self.processes.start(name, command, ENVIRONMENT)

    def logged_faults(self) -> list[str]:
        """Return what the servers and workers have logged as faults since the last call: where, and what."""
        found = []
        for name in (*SERVERS, *WORKERS):
            text = self.processes.log(name).read_bytes()
            text = text[: text.rfind(b"\n") + 1]  # the last line may be half written
            lines = text[self._read.get(name, 0) :].splitlines()
            logged = [orjson.loads(line) for line in lines if line.startswith(b"{")]
            faults = [one for one in logged if one["event"] == "fault"]
            found += [f"{one['kind']} in {name}: {', '.join(one['trace'][-3:])}" for one in faults]
            self._read[name] = len(text)
        return found

    def addresses(self) -> dict[str, str]:
        """Return what a person connects to, by name."""
        return {
            "API": f"{self.web}/graphql",
            "DATABASE_URL": self.database_url,
            "DATABASE_URL_DIRECT": self.direct_url,
            "REDIS_URL": self.sentinel_url,
            "REDIS_URL by HAProxy": self.redis_url,
            **{
                f"Patroni of {host}": f"http://{ADDRESS}:{self._values[f'{host}_patroni_port']}/cluster"
                for host in HOSTS
            },
            "logs": str(self.folder / "log"),
        }

    async def stop(self) -> None:
        """End everything."""
        await self._http.aclose()
        for name in (*SERVERS, *WORKERS):
            if self.processes.running(name):
                send([self.processes.pid(name)], signal.SIGCONT)
                self.processes.ask_to_stop(name)
        try:
            await self.databases.stop()
        finally:
            await asyncio.to_thread(self.processes.stop_all)

    async def _create_database(self) -> bool:
        url = self._direct("postgres", self._passwords.superuser, "postgres")
        connection = await asyncpg.connect(url, timeout=5)
        try:
            password = self._passwords.product
            await connection.execute(f"CREATE ROLE leadgate LOGIN PASSWORD '{password}'")
            await connection.execute("CREATE DATABASE leadgate OWNER leadgate")
        finally:
            await connection.close()
        return True

    async def _start_redis(self) -> None:
        for name in REDIS:
            self.start_redis(name, REDIS[0])
        await until(self._replica_follows, "the replica of Redis")
        for name in SENTINELS:
            home = self._home(name)
            values = self._values | {"sentinel_port": self._port(name), "data_dir": home}
            config = write_private(home / "sentinel.conf", fill("sentinel.conf", values), self._account)
            self.processes.start(name, [self._programs.valkey, config, "--sentinel"], ENVIRONMENT)

    def _start_haproxy(self) -> None:
        home = self._home("haproxy")
        values = self._values | {"haproxy_socket": self.balancer.control}
        config = write_private(home / "haproxy.cfg", fill("haproxy.cfg", values), self._account)
        self.processes.start("haproxy", [self.engines.haproxy, "-db", "-f", config], ENVIRONMENT)

    def _start_product(self, name: str, *words: str) -> None:
        command = [sys.executable, "-m", "cli", *words]
        redis = self.redis_url if name.endswith("2") else self.sentinel_url
        self.processes.start(name, command, self._environment(REDIS_URL=redis), engine=False)

    async def _replica_follows(self) -> bool:
        async with Redis(host=ADDRESS, port=self._port(REDIS[0])) as redis:
            shown = await redis.info("replication")
        return bool(shown["role"] == "master" and shown["connected_slaves"] == 1)

    async def _redis_is_whole(self) -> bool:
        async with Redis(host=ADDRESS, port=self._port(await self.redis_primary())) as redis:
            shown = await redis.info("replication")
        return bool(shown["role"] == "master" and shown["connected_slaves"] == 1)

    async def _web_is_whole(self) -> bool:
        return all([await self.server_is_ready(name) for name in SERVERS])

    async def _balancer_is_whole(self) -> bool:
        """Whether HAProxy has noticed what the parts say of themselves: it looks at them twice a second."""
        leader, primary = await self.databases.leader(), await self.redis_primary()
        expected = {"web": set(SERVERS), "postgres": {leader}, "redis": {primary}}
        return self.balancer.serving() == expected

    def _environment(self, **more: str) -> dict[str, str]:
        given = {
            "DATABASE_URL": self.database_url,
            "DATABASE_URL_DIRECT": self.direct_url,
            "DATABASE_POOLER": "transaction" if self._pooler else "none",
            "REDIS_URL": self.sentinel_url,
            "SECRET_KEY": SECRET,
            "VAR_DIR": str(self.folder / "var"),
            "HOST": ADDRESS,
            "MAIL_DOMAIN_CHECKS": "false",
            "LOG_FORMAT": "json",
            "PYTHONPATH": str(ROOT),
            **LIMITS,
        }
        return plain_environment(**given | more)

    def _direct(self, user: str, password: str, database: str) -> str:
        hosts = ",".join(f"{ADDRESS}:{self._values[f'{host}_postgres_port']}" for host in HOSTS)
        return f"postgres://{user}:{password}@{hosts}/{database}?target_session_attrs=read-write"

    def _port(self, name: str) -> int:
        return int(str(self._values[f"{name}_port"]))

    def _home(self, name: str) -> Path:
        home = self.folder / name
        own_folder(home, self._account)
        return home


@asynccontextmanager
async def installed(
    engines: Engines, *, leads: int, vendors: int, pooler: bool = True
) -> AsyncIterator[Installation]:
    """Start an installation; at the end it is stopped, and its folder removed."""
    with reachable_folder("leadgate-cluster-", parent=DISK) as folder:
        installation = Installation(folder, engines, pooler=pooler)
        try:
            await installation.start(leads=leads, vendors=vendors)
            yield installation
        except RuntimeError:
            installation.processes.check()  # a program that has ended is the better reason
            raise
        finally:
            await installation.stop()
        if left := left_in(folder):
            raise RuntimeError(f"these processes were left running: {left}")
