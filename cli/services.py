"""Owns the running house: finding or starting the services, the models' connection, and `leadgate run`.

Must not read the command line, nor decide anything of the business.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

import asyncpg
from rich.console import Console
from rich.table import Table
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.api.migrate import migrate as apply_migrations

import embedded
from embedded.ask import http_answers
from embedded.errors import MendableError
from embedded.supervisor import Program, local, supervise
from settings import Settings, SettingsError, tortoise_config

if TYPE_CHECKING:
    from rules import Policy

HINT = "{ leads(first: 3) { nodes { title visibility { verdict message changesAt } contact { phone } } } }"
MIGRATION_LOCK = 5_231_847  # any number that nothing else locks
_KNOWN = "and the demo's users have a password that everybody knows"
_ANYWAY = "`--demo-anyway` (make run ARGS=--demo-anyway)"


class Demo(Enum):
    """Whether the demo is laid: its users have a password that stands in the README."""

    WHERE_SAFE = (
        auto()
    )  # in an empty database, or the demo's own, for a server that only this machine reaches
    ANYWAY = auto()
    NEVER = auto()


class DemoError(MendableError):
    """The demo would let strangers in."""

    exit_code = 2


@contextlib.contextmanager
def connected(settings: Settings) -> Iterator[Settings]:
    """The settings with both addresses: given, found, or of services started for this command alone."""
    with _services(settings) as services:
        yield _with_addresses(settings, services)


@contextlib.asynccontextmanager
async def orm(settings: Settings) -> AsyncIterator[None]:
    """The models, connected to a database that has their tables."""
    from models.base.unavailable import Unavailable

    await Tortoise.init(config=tortoise_config(settings.database_dsn))
    try:
        question = "SELECT to_regclass('market') IS NULL AS empty"
        try:
            _, rows = await get_connection("default").execute_query(question)
        except Unavailable as error:
            remedy = "start it, or let DATABASE_URL lead to the primary"
            raise SettingsError(
                f"DATABASE_URL: the database does not answer or is a standby: {remedy}"
            ) from error
        if rows[0]["empty"]:
            raise SettingsError("DATABASE_URL: this database has no tables yet, run `leadgate migrate` first")
        yield
    finally:
        await Tortoise.close_connections()


async def migrate(settings: Settings) -> None:
    """Bring the database to the newest schema."""
    # Two that start at once must not migrate at once; the lock ends with the connection.
    guard = await asyncpg.connect(settings.database_dsn)
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", MIGRATION_LOCK)
        await apply_migrations(config=tortoise_config(settings.database_dsn))
    finally:
        await Tortoise.close_connections()
        await guard.close()


async def seed(settings: Settings, demo: Demo = Demo.WHERE_SAFE) -> None:
    """Put the demo marketplace into the database, unless it is there. Raises `DemoError`."""
    from models.base.database import connection
    from models.seed import may_lay
    from models.seed import seed as sow

    _refuse_demo_for_others(settings, demo)
    async with orm(settings):
        if demo is not Demo.ANYWAY and not await may_lay(connection()):
            raise DemoError(
                f"DATABASE_URL: this database has data of its own, {_KNOWN}; {_ANYWAY} lays it there"
            )
        await sow(settings)


async def stored_policies(settings: Settings) -> "list[Policy]":
    """Every policy version of every market."""
    from models.base.database import connection
    from models.policies.versions import all_policies

    async with orm(settings):
        return list((await all_policies(connection())).values())


def run(settings: Settings, console: Console, demo: Demo = Demo.WHERE_SAFE) -> int:
    """Services, migrations, demo, server and worker until the server ends; its exit code."""
    host = local(settings.host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    itself = [sys.executable, "-m", "cli"]
    _refuse_demo_for_others(settings, demo)
    with _services(settings) as services:
        settings = _with_addresses(settings, services)
        console.print("Migrating ..." if demo is Demo.NEVER else "Migrating and seeding ...")
        asyncio.run(migrate(settings))
        laid = asyncio.run(_lay(settings, demo, console))
        urls = {"DATABASE_URL": settings.database_dsn, "REDIS_URL": settings.redis_dsn}
        return supervise(
            [
                Program("server", [*itself, "serve"], restart=False),
                Program("worker", [*itself, "worker"], restart=True),
            ],
            env={**os.environ, **urls, "VAR_DIR": str(settings.var_dir), "PYTHONUNBUFFERED": "1"},
            services=services,
            is_ready=lambda: http_answers(host, settings.port, "/readyz"),
            on_ready=lambda: _banner(console, address, demo=laid),
            say=console.print,
        )


@contextlib.contextmanager
def _services(settings: Settings) -> Iterator[embedded.Services | None]:
    if settings.database_url is not None and settings.redis_url is not None:
        yield None
        return
    with embedded.start(settings.var_dir) as services:
        yield services


def _with_addresses(settings: Settings, services: embedded.Services | None) -> Settings:
    return settings.connected(services.database_url, services.redis_url) if services else settings


def _refuse_demo_for_others(settings: Settings, demo: Demo) -> None:
    if demo is Demo.WHERE_SAFE and not settings.only_here:
        raise DemoError(
            f"HOST: {settings.host} can be reached from other machines, {_KNOWN}. Leave it at 127.0.0.1; or "
            "run without the demo by `--no-demo` (make run ARGS=--no-demo), with users of your own from "
            f"`leadgate user add`; or, if whoever reaches it may see and change everything, say {_ANYWAY}"
        )


async def _lay(settings: Settings, demo: Demo, console: Console) -> bool:
    """Lay the demo where it may be; whether it is there."""
    if demo is not Demo.NEVER:
        try:
            await seed(settings, demo)
        except DemoError as error:
            console.print(f"The demo is left out. {error}", soft_wrap=True)
            return False
        return True
    if not settings.only_here and (open_to_all := await demo_users(settings)):
        raise DemoError(
            f"HOST: {settings.host} can be reached from other machines, and {', '.join(open_to_all)} can "
            "sign in with the demo's password: give them others by `leadgate user password`, or "
            "`leadgate user disable` them"
        )
    return False


async def demo_users(settings: Settings) -> list[str]:
    """The demo's users who can sign in with the demo's password."""
    from models.accounts.passwords import Passwords
    from models.base.database import connection
    from models.seed import KnownPassword

    passwords = Passwords()
    try:
        async with orm(settings):
            return await KnownPassword(passwords).users(connection())
    finally:
        passwords.close()


def _banner(console: Console, address: str, *, demo: bool) -> None:
    console.rule("Leadgate is ready")
    console.print(f"GraphiQL  {address}/graphql", soft_wrap=True)
    if demo:
        _show_demo(console)
    console.rule("Ctrl-C stops everything")


def _show_demo(console: Console) -> None:
    from models.seed import PASSWORD, USERS

    users = Table("demo user", "password", "role")
    for user in USERS:
        users.add_row(user.email, PASSWORD, user.role.lower())
    vendor = next(user for user in USERS if user.company)
    who = f'{{ email: "{vendor.email}", password: "{PASSWORD}" }}'
    sign_in = f"mutation {{ signIn(input: {who}) {{ accessToken }} }}"
    console.print(users)
    for line in ("Sign in:", f"  {sign_in}", "Then, with the header Authorization: Bearer …:", f"  {HINT}"):
        console.print(line, markup=False, soft_wrap=True)
