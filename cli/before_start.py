"""Looks at the database once before a server or worker starts: time limits, and room for its connections."""

import asyncpg
import structlog

from models.base.hosts import Hosts
from models.base.unavailable import NOT_ADMITTED, POOLER_REFUSES, pooler_refuses
from models.process.release import program
from settings import Settings, SettingsError
from settings.database import role_settings, session_settings
from settings.database_url import read_database_url

EXTRA_CONNECTIONS = 1  # outside the pool, for `/readyz`
SLOW_PAGES = 2.0  # a higher `random_page_cost` makes the planner read whole tables

_QUESTION = """
    SELECT current_setting('statement_timeout') = '0' AS unlimited,
        current_setting('random_page_cost')::float8 AS page_cost,
        current_user AS role,
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) AS usable,
        (SELECT count(*) FROM pg_stat_activity
         WHERE datid IS NOT NULL AND usesysid IS NOT NULL AND pid <> pg_backend_pid()) AS in_use"""

_log = structlog.get_logger(__name__)


async def look_before_start(settings: Settings, command: str, *, processes: int = 1) -> None:
    """Raise `SettingsError` if statements would have no time limit, or PostgreSQL refuses the user; warn if
    connections may run out.

    Nothing is said about a database that does not respond: the process starts and waits for it.
    """
    address = read_database_url(settings.database_dsn)
    session = session_settings(program(command), settings.database_pooler, settings.statement_timeout_ms)
    try:
        connection = await Hosts(address.dsns).connect(**address.driver_options(), server_settings=session)
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise SettingsError(NOT_ADMITTED) from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if pooler_refuses(error):
            raise SettingsError(POOLER_REFUSES) from error
        return
    try:
        row = await connection.fetchrow(_QUESTION)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return
    finally:
        connection.terminate()
    if row is None:
        return
    if row["unlimited"]:
        raise SettingsError(_without_limit(row["role"], settings.statement_timeout_ms))
    if row["page_cost"] >= SLOW_PAGES:
        _log.warning("random_page_cost_is_high", value=row["page_cost"], remedy="leadgate migrate --role")
    needed = processes * (settings.database_pool_size + EXTRA_CONNECTIONS)
    if settings.database_pooler == "none" and needed + row["in_use"] > row["usable"]:
        _log.warning(
            "connections_may_run_out", needed=needed, in_use=row["in_use"], max_connections=row["usable"]
        )


def _without_limit(role: str, statement_timeout_ms: int) -> str:
    lines = "; ".join(role_settings(role, statement_timeout_ms))
    return (
        "DATABASE_POOLER: a pooler drops STATEMENT_TIMEOUT_MS, and the role has no time limit of its own; "
        f"run `leadgate migrate --role`, or as a role that may: {lines}; then let the pooler reconnect"
    )
