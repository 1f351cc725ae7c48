"""Tortoise's configuration: our database client, UTC, the models and the migrations."""

from typing import Any

APP = "models"  # Tortoise's name for this application
ENGINE = "models.base.postgres"


def tortoise_config(
    database_url: str,
    *,
    statement_timeout_ms: int = 0,
    read_timeout_ms: int = 0,
    statements_per_user: int = 3,
    pool_size: int = 5,
) -> dict[str, Any]:
    """Return Tortoise's configuration; a time limit of 0 means none."""
    from tortoise.backends.base.config_generator import expand_db_url  # noqa: PLC0415 - slow to import

    connection: dict[str, Any] = expand_db_url(database_url)
    credentials = connection["credentials"]
    if "sslmode" in credentials:  # libpq's name of what asyncpg calls ssl
        credentials["ssl"] = credentials.pop("sslmode")
    # No idle minimum: a pool with one would reconnect, and log it, throughout an outage.
    credentials |= {"minsize": 0, "maxsize": pool_size, "reset": _leave_session}
    credentials |= {"read_timeout_ms": read_timeout_ms, "statements_per_user": statements_per_user}
    connection["engine"] = ENGINE
    credentials["server_settings"] = {
        "application_name": "leadgate",
        "timezone": "UTC",
        "random_page_cost": "1.1",
        "statement_timeout": str(statement_timeout_ms),
    }
    return {
        "connections": {"default": connection},
        "apps": {
            APP: {"models": ["models.tables"], "migrations": "migrations", "default_connection": "default"}
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def _leave_session(_: object) -> None:
    """Reset nothing when a connection is released: nothing is set for a session, only for a transaction.

    asyncpg's reset would be one more round trip per statement; asyncpg still ends an open transaction.
    """
