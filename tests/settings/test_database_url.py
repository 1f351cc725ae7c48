"""DATABASE_URL means the same to the pool, `migrate` and `seed`: hosts, options and refusals."""

import inspect
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest
from asyncpg.connect_utils import _parse_connect_dsn_and_args  # type: ignore[attr-defined]

from models.base.alone import session
from models.base.database import fetch
from models.base.hosts import Hosts
from models.base.postgres import PostgresClient
from models.base.unavailable import Unavailable
from settings import SettingsError, load, tortoise_config
from settings.database_url import OPTIONS, read_database_url
from tests.support.command import Command
from tests.support.database import Database
from tests.support.ports import free_port


def parsed(url: str) -> list[tuple[Any, Any]]:
    """Where, and with which parameters, asyncpg connects for each host of a URL."""
    taken = inspect.signature(_parse_connect_dsn_and_args).parameters
    found = []
    for dsn in read_database_url(url).dsns:
        ((where,), parameters) = _parse_connect_dsn_and_args(**{**dict.fromkeys(taken), "dsn": dsn})
        found.append((where, parameters))
    return found


def test_one_host_with_everything() -> None:
    ((where, parameters),) = parsed("postgresql://u:p%40@db.example:6432/d?sslmode=require")
    assert where == ("db.example", 6432)
    assert (parameters.user, parameters.password, parameters.database) == ("u", "p@", "d")
    assert (parameters.sslmode.name, parameters.target_session_attrs.name) == ("require", "any")


def test_a_folder_of_sockets_in_the_query_or_as_host() -> None:
    for url in ("postgres://u@/d?host=/run/x", "postgres://u@%2Frun%2Fx/d"):
        ((where, parameters),) = parsed(url)
        assert (where, parameters.user, parameters.database) == ("/run/x/.s.PGSQL.5432", "u", "d")
    ((where, _),) = parsed("postgres://u@/d?host=/run/x&port=5433")
    assert where == "/run/x/.s.PGSQL.5433"


@pytest.mark.parametrize(
    "url",
    ["postgres://u@a:1,[::1]:2,c/d", "postgres://u@/d?host=a,::1,c&port=1,2,5432"],
)
def test_several_hosts_lead_to_the_one_that_accepts_changes(url: str) -> None:
    found = parsed(url)
    assert [where for where, _ in found] == [("a", 1), ("::1", 2), ("c", 5432)]
    assert {parameters.target_session_attrs.name for _, parameters in found} == {"read_write"}


def test_one_port_is_that_of_all_hosts() -> None:
    found = parsed("postgres://u@/d?host=a,b&port=6")
    assert [where for where, _ in found] == [("a", 6), ("b", 6)]


def test_the_caller_may_ask_for_the_primary_instead() -> None:
    found = parsed("postgres://u@a,b/d?target_session_attrs=primary")
    assert {parameters.target_session_attrs.name for _, parameters in found} == {"primary"}


@pytest.mark.parametrize("password", ["[x]", "a@b", "50%off", "ü:#"])
def test_a_password_may_contain_what_usually_separates(password: str) -> None:
    given = quote(password) if "#" in password else password
    ((where, parameters),) = parsed(f"postgres://u:{given}@h/d")
    assert (where, parameters.password) == (("h", 5432), password)


def test_files_of_tls_are_passed_on(tmp_path: Path) -> None:
    """asyncpg reads them when it connects, for the pool as for a command."""
    (tmp_path / "root.crt").write_text("no certificate")
    url = f"postgres://u@h/d?sslmode=verify-full&sslrootcert={tmp_path / 'root.crt'}"
    with pytest.raises(OSError, match=r"NO_CERTIFICATE_OR_CRL_FOUND|no certificate"):
        parsed(url)


def test_options_of_the_driver_are_numbers() -> None:
    found = read_database_url("postgres://u@h/d?statement_cache_size=0&command_timeout=2.5")
    assert found.driver_options() == {"statement_cache_size": 0, "command_timeout": 2.5}
    assert parsed("postgres://u@h/d?statement_cache_size=0")[0][1].server_settings is None
    assert read_database_url("postgres://u@h/d").driver_options() == {}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://u@h/d", "must begin with postgres:// or postgresql://"),
        ("postgres:/u@h/d", "must begin with"),
        (
            "postgres://u@h/d?sslmod=require",
            f"has the unknown option 'sslmod'; known are {', '.join(OPTIONS)}",
        ),
        ("postgres://u@h/d?search_path=x", "has the unknown option 'search_path'"),
        ("postgres://u@h/d?sslmode=on", "sslmode must be one of disable, allow, prefer, require"),
        ("postgres://u@h/d?sslrootcert=/nowhere/x.crt", "sslrootcert must be an existing file"),
        ("postgres://u@h/d?target_session_attrs=standby", "target_session_attrs must be one of any, primary"),
        (
            "postgres://u@a,b/d?target_session_attrs=any",
            "target_session_attrs must be one of primary, read-w",
        ),
        ("postgres://u@h:70000/d", "must have hosts such as db.example:5432"),
        ("postgres://u@h:/d", "must have hosts such as"),
        ("postgres://u@a,,b/d", "must have hosts such as"),
        ("postgres://u@/d?host=a,b,c&port=1,2", "must have one port in all or one for each host"),
        ("postgres://u@/d?host=a&port=x", "port must be a number"),
        ("postgres://u@h/d?statement_cache_size=-1", "statement_cache_size must be a number from 0 up"),
        ("postgres://u@h/d?statement_cache_size=x", "statement_cache_size must be a number from 0 up"),
        ("postgres://u@h/d?command_timeout=0", "command_timeout must be a number from 0.001 up"),
        ("postgres://u@h/d?command_timeout=inf", "command_timeout must be a number"),
        ("postgres://u@h/d?command_timeout=nan", "command_timeout must be a number"),
    ],
)
def test_a_wrong_address_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^must|^has|^ssl|^target|^port|^statement|^command") as refused:
        read_database_url(url)
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize("password", ["hid?den", "hid/den", "12/hidden", "hid&den?hidden", "hid?hidden=1&x"])
def test_a_password_that_must_be_quoted_is_refused_without_being_shown(password: str) -> None:
    with pytest.raises(ValueError, match=r"%3F|%2F") as refused:
        read_database_url(f"postgres://u:{password}@db.example/d")
    assert "hid" not in str(refused.value)
    assert "den" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://u@/d?host=h&port=70000", "port must be a number from 1 to 65535"),
        ("postgres://u@/d?host=h&port=0", "port must be a number from 1 to 65535"),
        ("postgres://u@/d?host=a..b", "host must have names, addresses or folders"),
        ("postgres://u@/d?host=a,", "host must have names, addresses or folders"),
        ("postgres://u@a..b/d", "must have hosts such as"),
        (f"postgres://u@{'a' * 64}.example/d", "must have hosts such as"),
        (f"postgres://u@h:{'1' * 5000}/d", "must have hosts such as"),
    ],
)
def test_where_no_server_can_be_is_refused(url: str, reason: str) -> None:
    """asyncpg takes port 70000 for 4464, and raises a `ValueError` of its own for other names."""
    with pytest.raises(ValueError, match=f"^{reason}"):
        read_database_url(url)


def test_an_address_does_not_show_its_password() -> None:
    assert "hidden" not in repr(read_database_url("postgres://u:hidden@h/d"))


@pytest.mark.parametrize("command", ["migrate", "seed", "reconcile"])
async def test_every_command_takes_every_option_and_passes_over_a_dead_host(
    leadgate: Command, database: Database, command: str, tmp_path: Path
) -> None:
    options = "sslmode=prefer&statement_cache_size=0&command_timeout=300"
    url = f"{with_another_host(database.url, str(tmp_path))}&{options}"
    shown = await leadgate(command, DATABASE_URL=url)
    assert (shown.code, shown.err) == (0, "")


async def test_the_pool_takes_the_same_options(database: Database) -> None:
    async with client_of(f"{database.url}&statement_cache_size=0&command_timeout=300") as client:
        assert [row["n"] for row in await fetch(client, "SELECT 1 AS n")] == [1]
        async with client.acquire_connection() as raw:
            config = raw._config
        assert (config.statement_cache_size, config.command_timeout) == (0, 300.0)


async def test_the_pool_passes_over_a_dead_host(database: Database, tmp_path: Path) -> None:
    async with client_of(with_another_host(database.url, str(tmp_path))) as client:
        assert [row["n"] for row in await fetch(client, "SELECT 1 AS n")] == [1]


async def test_a_host_that_never_answers_costs_its_time_limit_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine is gone, so nobody refuses: afterwards, the host that answered is asked first."""
    monkeypatch.setattr("models.base.hosts.CONNECT_SECONDS", 0.1)
    monkeypatch.setattr("models.base.hosts.LEAST_SECONDS", 0.1)
    with silent_host() as port:
        silent = f"postgresql://u@127.0.0.1:{port}/d?sslmode=disable"
        hosts = Hosts([silent, *read_database_url(database.url).dsns])
        for _ in range(2):
            connection = await hosts.connect()
            connection.terminate()
        assert hosts._dsns == [*read_database_url(database.url).dsns, silent]


async def test_a_wrong_password_is_not_tried_at_the_next_host(database: Database, tmp_path: Path) -> None:
    """It is our own mistake: the error of the first host that answers is raised."""
    url = with_another_host(database.url, str(tmp_path)).replace("postgres@", "nobody_known@")
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError, match="nobody_known"):
        await Hosts(read_database_url(url).dsns).connect()


@pytest.mark.parametrize("command", ["migrate --check", "reconcile --since", "user list", "worker", "serve"])
async def test_a_refused_user_is_one_line_without_the_address(
    leadgate: Command, database: Database, command: str
) -> None:
    stranger = f"postgres://stranger:hidden@{database.url.partition('@')[2]}"
    shown = await leadgate(*command.split(), DATABASE_URL=stranger, PORT=str(free_port()))
    assert (shown.code, shown.err.count("\n")) == (2, 1)
    assert shown.err.startswith("DATABASE_URL: PostgreSQL refuses this user or password: ")
    assert "hidden" not in shown.err


async def test_only_dead_hosts_are_an_outage(tmp_path: Path) -> None:
    url = f"postgres://u@/d?host={tmp_path},{tmp_path / 'other'}"
    async with client_of(url) as client:
        with pytest.raises(Unavailable):
            await fetch(client, "SELECT 1")
    with pytest.raises(SettingsError, match="DATABASE_URL: the database is not responding"):
        async with session(url, "test"):
            pass


async def test_postgresql_sees_which_program_is_connected(database: Database) -> None:
    async with session(database.url, "leadgate/0.0.0 test") as connection:
        assert await connection.fetchval("SHOW application_name") == "leadgate/0.0.0 test"


async def test_commands_use_the_direct_address(leadgate: Command, database: Database, tmp_path: Path) -> None:
    nowhere = f"postgres://u@/d?host={tmp_path}"
    for command in ("migrate", "seed", "reconcile", "upgrade-check"):
        shown = await leadgate(command, DATABASE_URL=nowhere, DATABASE_URL_DIRECT=database.url)
        assert (shown.code, shown.err) == (0, "")


async def test_commands_are_refused_without_a_direct_address_behind_a_pooler(leadgate: Command) -> None:
    for command in ("migrate", "seed", "reconcile", "upgrade-check"):
        shown = await leadgate(command, DATABASE_POOLER="transaction")
        assert shown.code == 2
        assert shown.err == (
            "DATABASE_URL_DIRECT: must lead to PostgreSQL itself, because DATABASE_POOLER is transaction\n"
        )


def test_the_direct_address_is_the_address_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL_DIRECT", raising=False)
    assert load(database_url="postgres://u@h/d").direct_dsn == "postgres://u@h/d"


def test_a_pooler_is_told_only_what_it_passes_on() -> None:
    """The others are refused or silently dropped by it."""
    for pooler, extra in (("none", {"random_page_cost", "statement_timeout"}), ("transaction", set())):
        config = tortoise_config("postgres://u@h/d", pooler=pooler, statement_timeout_ms=1000)  # type: ignore[arg-type]
        settings = config["connections"]["default"]["credentials"]["server_settings"]
        assert set(settings) == {"application_name", "timezone"} | extra


def with_another_host(url: str, folder: str) -> str:
    """Put a folder without a socket before the one of PostgreSQL's."""
    assert "?host=" in url
    return url.replace("?host=", f"?host={folder},")


@asynccontextmanager
async def client_of(url: str) -> AsyncIterator[PostgresClient]:
    """A pool of its own."""
    client = PostgresClient(
        connection_name="apart", **tortoise_config(url)["connections"]["default"]["credentials"]
    )
    try:
        yield client
    finally:
        await client.close()


@contextmanager
def silent_host() -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
