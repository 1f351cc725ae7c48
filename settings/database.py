"""Tortoise's configuration: our database client, UTC, the models and the migrations."""

from typing import Any, Literal

from settings.database_url import read_database_url

APP = "models"  # Tortoise's name for this application
ENGINE = "models.base.postgres"
RANDOM_PAGE_COST = "1.1"  # for memory and flash; the default is for spinning disks

Pooler = Literal["none", "transaction"]


def tortoise_config(
    database_url: str,
    *,
    program: str = "leadgate",
    pooler: Pooler = "none",
    statement_timeout_ms: int = 0,
    read_timeout_ms: int = 0,
    statements_per_user: int = 3,
    pool_size: int = 5,
    takes_standby: bool = False,
) -> dict[str, Any]:
    """Return Tortoise's configuration; a time limit of 0 means none.

    Through a pooler in transaction mode, the settings of the role in PostgreSQL apply instead of those of a
    session; see `session_settings`. With `takes_standby`, the pool accepts a server in recovery. `program`
    is the name that PostgreSQL shows for the connections.
    """
    address = read_database_url(database_url)
    credentials: dict[str, Any] = {
        **address.driver_options(),
        "dsns": address.dsns,
        # No idle minimum: a pool with one would reconnect, and log it, throughout an outage.
        "minsize": 0,
        "maxsize": pool_size,
        "reset": _leave_session,
        "read_timeout_ms": read_timeout_ms,
        "statements_per_user": statements_per_user,
        "takes_standby": takes_standby,
        "needs_time_limit": statement_timeout_ms > 0,
        "server_settings": session_settings(program, pooler, statement_timeout_ms),
    }
    return {
        "connections": {"default": {"engine": ENGINE, "credentials": credentials}},
        "apps": {
            APP: {"models": ["models.tables"], "migrations": "migrations", "default_connection": "default"}
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def session_settings(program: str, pooler: Pooler = "none", statement_timeout_ms: int = 0) -> dict[str, str]:
    """Return the settings of a session at PostgreSQL.

    A pooler in transaction mode passes on only those that PostgreSQL reports to clients: the name and the
    zone. It refuses the others, or, told to ignore them, drops them silently.
    """
    reported = {"application_name": program, "timezone": "UTC"}
    if pooler == "transaction":
        return reported
    return reported | {"random_page_cost": RANDOM_PAGE_COST, "statement_timeout": str(statement_timeout_ms)}


def role_settings(role: str, statement_timeout_ms: int) -> list[str]:
    """Return the SQL that gives a role the settings which a pooler keeps from its sessions."""
    quoted = '"' + role.replace('"', '""') + '"'
    return [
        f"ALTER ROLE {quoted} SET statement_timeout = '{statement_timeout_ms}ms'",
        f"ALTER ROLE {quoted} SET random_page_cost = {RANDOM_PAGE_COST}",
        # asyncpg turns it off and on again around its own queries, which may be in different sessions.
        f"ALTER ROLE {quoted} SET jit = off",
    ]


async def _leave_session(_: object) -> None:
    """Reset nothing when a connection is released: nothing is set for a session, only for a transaction.

    asyncpg's reset would be one more round trip per statement; asyncpg still ends an open transaction.
    """
