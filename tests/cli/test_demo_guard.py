"""When the demo users, whose password is public, are created, left out or warned about."""

import asyncio
from pathlib import Path

import httpx
import pytest

import embedded
from models.accounts.change_user import change_password, switch_user
from models.accounts.passwords import Passwords
from models.accounts.tables import User
from models.base.database import connection, fetch
from models.seed import KnownPassword, may_seed
from server import _known_password
from settings import load
from settings.addresses import is_loopback
from tests.schema.http.test_processes import ready, serving
from tests.support.command import Command
from tests.support.database import Database
from tests.support.ports import free_port

ELSEWHERE = "0.0.0.0"  # noqa: S104 - never listened on
OTHER = "a boat full of pears"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST", "::ffff:127.0.0.1"]
)
def test_loopback_hosts_are_only_reachable_from_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "::", "192.168.0.7", "::ffff:192.168.0.7", "house.example", "localhost.example", ""]
)
def test_other_and_unknown_hosts_count_as_reachable_by_others(host: str) -> None:
    assert not is_loopback(host)


async def test_the_demo_is_not_seeded_for_a_server_that_others_reach(leadgate: Command) -> None:
    for words in (("seed",), ("run",)):
        shown = await leadgate(*words, HOST=ELSEWHERE)
        assert shown.code == 2
        assert shown.err.startswith(f"HOST: {ELSEWHERE} is reachable from other machines")
        assert "--demo-anyway" in shown.err
        assert "--no-demo" in shown.err
    assert await User.all().count() == 0


async def test_the_demo_is_not_seeded_among_other_data(leadgate: Command) -> None:
    assert (await leadgate("account", "add", "Lindqvist Studio")).code == 0
    shown = await leadgate("seed")
    assert (shown.code, shown.err.startswith("DATABASE_URL: this database contains other data")) == (2, True)
    rows = await fetch(connection(), "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM market)")
    assert tuple(rows[0]) == (0, 0)


async def test_the_demo_is_seeded_if_forced(leadgate: Command) -> None:
    assert (await leadgate("account", "add", "Lindqvist Studio")).code == 0
    assert (await leadgate("seed", "--demo-anyway", HOST=ELSEWHERE)).code == 0
    assert await User.all().count() == 5


async def test_a_demo_with_added_users_is_still_a_demo(leadgate: Command) -> None:
    assert (await leadgate("seed")).code == 0
    words = ("user", "add", "own@house.example", "--name", "Own", "--role", "agent", "--no-password")
    assert (await leadgate(*words)).code == 0
    assert await may_seed(connection())
    assert (await leadgate("seed")).code == 0
    assert await User.all().count() == 6


async def test_demo_users_with_the_known_password_are_found_by_their_stored_hash(leadgate: Command) -> None:
    passwords = Passwords()
    try:
        known = KnownPassword(passwords)
        assert await known.users(connection()) == []
        assert (await leadgate("seed")).code == 0
        assert len(await known.users(connection())) == 5
        await change_password(passwords, email="operator@demo.example", password=OTHER)
        await switch_user(email="vendor@demo.example", disabled=True)
        assert await known.users(connection()) == [
            "agent@demo.example",
            "prospect@demo.example",
            "rival@demo.example",
        ]
    finally:
        passwords.close()


async def test_run_refuses_a_demo_that_others_can_already_reach(leadgate: Command) -> None:
    assert (await leadgate("seed")).code == 0
    shown = await leadgate("run", "--no-demo", HOST=ELSEWHERE, PORT=str(free_port()))
    assert shown.code == 2
    assert shown.err.startswith(f"HOST: {ELSEWHERE} is reachable from other machines, and agent@demo.example")
    assert "leadgate user password" in shown.err
    both = await leadgate("run", "--no-demo", "--demo-anyway")
    assert (both.code, "combined with --demo-anyway" in " ".join(both.err.split())) == (2, True)


@pytest.mark.parametrize("words", [("--no-demo",), ()])
async def test_run_seeds_no_demo_without_request_or_among_other_data(
    leadgate: Command, words: tuple[str, ...]
) -> None:
    add = ("user", "add", "own@house.example", "--name", "Own", "--role", "agent", "--no-password")
    assert (await leadgate(*add)).code == 0
    process = await leadgate.start("run", *words, PORT=str(free_port()))
    assert process.stdout is not None
    shown = ""
    async with asyncio.timeout(120):
        while "Leadgate is ready" not in shown:
            shown += (await process.stdout.readline()).decode()
        process.terminate()
        shown += (await process.communicate())[0].decode()
    assert ("Demo not seeded. DATABASE_URL: this database contains other data" in shown) == (not words)
    assert "leadgate-demo" not in shown
    assert await User.all().count() == 1


@pytest.mark.parametrize(("graphiql", "warned"), [("false", True), ("true", False)])
async def test_a_server_with_demo_users_and_without_graphiql_warns(
    leadgate: Command,
    database: Database,
    services: embedded.Services,
    tmp_path: Path,
    graphiql: str,
    warned: bool,
) -> None:
    assert (await leadgate("seed")).code == 0
    with serving(database, services.redis_url, tmp_path, "server", GRAPHIQL=graphiql) as server:
        await ready(server)
        async with httpx.AsyncClient() as http, asyncio.timeout(120):
            answer = await http.get(f"http://127.0.0.1:{server.port}/readyz")
            while warned and not answer.json().get("warnings"):  # comparing takes its time on a busy machine
                answer = await http.get(f"http://127.0.0.1:{server.port}/readyz")
    assert answer.status_code == 200
    warnings = answer.json().get("warnings", [])
    assert [warning[:23] for warning in warnings] == ["5 demo users can sign i"] * warned
    assert "@" not in answer.text
    assert ("5 demo users can sign in" in server.log.read_text()) == warned


def test_a_server_that_others_reach_checks_for_the_known_password() -> None:
    passwords = Passwords()
    asked = {
        host: _known_password(load(host=host), passwords) is not None for host in ("127.0.0.1", ELSEWHERE)
    }
    passwords.close()
    assert asked == {"127.0.0.1": False, ELSEWHERE: True}
