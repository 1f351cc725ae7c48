"""Migrating a database while servers use it: what adds, and later what removes.

A lock that a migration needs is awaited for three seconds only, because everything else queues behind it;
then it is tried again.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import asyncpg
from tortoise import BaseDBAsyncClient, Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget, PlanStep
from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

from models.base.alone import alone, session
from models.base.unavailable import Unavailable, is_away
from models.process.release import program, version
from models.process.schema_state import SchemaState, schema_state
from settings import Settings, tortoise_config
from settings.database import APP, role_settings
from settings.database_url import read_database_url
from settings.errors import FixableError

MIGRATION_LOCK = 5_231_847  # any number that is not used for another lock
LOCK_TIMEOUT = "3s"
TRIES = 20
PAUSE_SECONDS = 2.0  # between two tries, for what waited behind the lock

_OLDEST = """
    SELECT pid, coalesce(application_name, '') AS name, xact_start FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
    ORDER BY xact_start LIMIT 1"""
# Every role may see the names of all sessions.
_PROGRAMS = """
    SELECT application_name AS name, count(*) AS number FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1 ORDER BY 1"""
_NAME = re.compile(r"leadgate/(\S+) .+")  # see `models.process.release.program`


class BlockedError(FixableError):
    """Other transactions hold a lock that a migration needs."""


class OlderReleaseError(FixableError):
    """Programs still run that use what would be removed."""


class CutOffError(FixableError):
    """The connection to the database ended during a migration."""


class RoleError(FixableError):
    """The role's settings may not be changed."""


async def migrate(
    settings: Settings,
    *,
    contract: bool = False,
    all_updated: bool = False,
    say: Callable[[str], object] = lambda _: None,
) -> SchemaState:
    """Apply the migrations that add; with `contract`, also those that remove. Return what is left.

    An empty database gets all of them. Raises `OlderReleaseError` while a program of an older release is
    connected, `BlockedError` if a table stays locked, `CutOffError`, and the errors of `alone`.
    """
    try:
        return await _migrate(settings, contract, all_updated, say)
    except Exception as error:
        if isinstance(error, Unavailable) or is_away(error):
            raise CutOffError(
                "The connection to the database ended. Once it responds, run the command again: it continues "
                "where it stopped"
            ) from error
        raise


async def _migrate(
    settings: Settings, contract: bool, all_updated: bool, say: Callable[[str], object]
) -> SchemaState:
    url = settings.direct_dsn
    async with alone(url, MIGRATION_LOCK, program("migrate")) as guard:
        state = await schema_state(guard)
        everything = contract or state.is_empty
        if contract and state.contracts and not state.is_empty:
            if settings.database_pooler == "none":
                await _refuse_older_programs(guard)
            elif not all_updated:
                raise OlderReleaseError(
                    "PostgreSQL does not see which programs are behind a pooler: update or stop all servers "
                    "and workers of older releases, then add --all-updated"
                )
        for tries in range(1, TRIES + 1):
            names = [*state.lacking, *(state.contracts if everything else ())]
            try:
                await _apply(url, names)
            except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
                state = await schema_state(guard)
                if tries == TRIES:
                    raise BlockedError(await _blocked(guard, state)) from error
                say(f"A table is in use; trying again ({tries} of {TRIES}) ...")
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                break
        return await schema_state(guard)


async def look(settings: Settings) -> SchemaState:
    """Return how the schema compares with the code, without changing anything."""
    async with session(settings.direct_dsn, program("migrate")) as connection:
        return await schema_state(connection)


async def set_role(settings: Settings) -> list[str]:
    """Give the role of DATABASE_URL the settings that a pooler keeps from its sessions; return the SQL."""
    async with session(settings.direct_dsn, program("migrate")) as connection:
        role = read_database_url(settings.database_dsn).user or await connection.fetchval(
            "SELECT current_user"
        )
        statements = role_settings(role, settings.statement_timeout_ms)
        try:
            for statement in statements:
                await connection.execute(statement)
        except asyncpg.InsufficientPrivilegeError as error:
            lines = "\n".join(f"{statement};" for statement in statements)
            raise RoleError(
                f"DATABASE_URL_DIRECT: this role may not change {role}; run as another:\n{lines}"
            ) from error
        return statements


class _Executor(MigrationExecutor):
    """Tortoise's executor, in which an atomic migration records itself in its own transaction.

    Tortoise records it afterwards. If the process or its connection ended in between, the migration would be
    applied and not recorded, and no later run could continue.
    """

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self._recorder = _Recorder(self.connection)
        self.recorder = self.loader.recorder = self._recorder

    def _migration_plan(self, *values: Any) -> list[PlanStep]:
        plan: list[PlanStep] = super()._migration_plan(*values)
        for step in plan:
            migration = step.migration
            if migration.atomic:
                record = _Record(self._recorder, migration.app_label, migration.name)
                migration.operations = [*migration.operations, record]
        return plan


class _Recorder(MigrationRecorder):
    """Notes nothing that was noted before."""

    def __init__(self, connection: BaseDBAsyncClient) -> None:
        super().__init__(connection)
        self.recorded: set[tuple[str, str]] = set()

    async def record_applied(self, app: str, name: str) -> None:
        if (app, name) not in self.recorded:
            await super().record_applied(app, name)


class _Record(TortoiseOperation):
    """The last operation of an atomic migration."""

    def __init__(self, recorder: _Recorder, app: str, name: str) -> None:
        self._recorder, self._app, self._name = recorder, app, name

    async def database_forward(
        self,
        app_label: str,  # noqa: ARG002 - Tortoise calls it with these
        old_state: State,  # noqa: ARG002
        new_state: State,  # noqa: ARG002
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        assert state_editor is not None  # noqa: S101 - nothing is planned without applying it
        await MigrationRecorder(state_editor.client).record_applied(self._app, self._name)
        self._recorder.recorded.add((self._app, self._name))


async def _apply(url: str, names: list[str]) -> None:
    if not names:
        return
    await Tortoise.init(config=_config(url), init_connections=False)
    try:
        executor = _Executor(get_connection("default"), _config(url)["apps"])
        await executor.migrate([MigrationTarget(APP, name) for name in names], direction="forward")
    finally:
        await Tortoise.close_connections()


def _config(url: str) -> dict[str, Any]:
    config = tortoise_config(url, program=program("migrate"))
    credentials = config["connections"]["default"]["credentials"]
    credentials.pop("command_timeout", None)  # an index of a large table takes hours
    credentials["server_settings"] |= {"lock_timeout": LOCK_TIMEOUT}
    return config


async def _blocked(guard: "asyncpg.Connection[asyncpg.Record]", state: SchemaState) -> str:
    oldest = await guard.fetchrow(_OLDEST)
    name = next(iter([*state.lacking, *state.contracts]), "a migration")
    lines = [f"{name}: a table stayed locked in {TRIES} tries of {LOCK_TIMEOUT}."]
    if oldest is not None:
        since = f"{oldest['xact_start']:%Y-%m-%d %H:%M:%S} UTC"
        lines.append(
            f"PostgreSQL's process {oldest['pid']} ({oldest['name']}) has a transaction since {since}."
        )
    return " ".join([*lines, "Wait for it or end it, then run the command again: it continues here"])


async def _refuse_older_programs(guard: "asyncpg.Connection[asyncpg.Record]") -> None:
    older = [
        f"{row['name']} ({row['number']})"
        for row in await guard.fetch(_PROGRAMS)
        if (found := _NAME.fullmatch(row["name"] or "")) and _is_older(found[1])
    ]
    if older:
        raise OlderReleaseError(
            f"Programs of an older release are connected: {', '.join(older)}. Update or stop them first"
        )


def _is_older(release: str) -> bool:
    return _numbers(release) < _numbers(version())


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", release))
