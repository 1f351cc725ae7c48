"""Tests can create and drop their own databases."""

import asyncpg
import redis.asyncio

import embedded
from tests.support.services import create_database, drop_database


async def test_a_database_is_a_copy_of_its_template(services: embedded.Services) -> None:
    template = await create_database(services)
    connection = await asyncpg.connect(services.admin_url(template))
    await connection.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (7)")
    await connection.close()
    name = await create_database(services, template)
    connection = await asyncpg.connect(services.admin_url(name))
    assert await connection.fetchval("SELECT a FROM t") == 7
    await drop_database(services, name)  # although the test is connected to it
    await drop_database(services, template)
    await drop_database(services, template)  # dropping it again has no effect
    await connection.close()


async def test_the_database_uses_utf8_and_utc_regardless_of_the_system(services: embedded.Services) -> None:
    connection = await asyncpg.connect(services.database_url)
    row = await connection.fetchrow(
        "SELECT datlocale, pg_encoding_to_char(encoding) AS encoding, current_setting('timezone') AS zone,"
        " upper('ąőé') AS upper FROM pg_database WHERE datname = current_database()"
    )
    await connection.close()
    assert row is not None
    assert tuple(row.values()) == ("C.UTF-8", "UTF8", "UTC", "ĄŐÉ")


async def test_valkey_answers_on_its_socket_and_opens_no_port(services: embedded.Services) -> None:
    client = redis.asyncio.Redis.from_url(services.redis_url, decode_responses=True)
    assert await client.ping()
    settings = await client.config_get("port", "save", "appendonly")
    await client.aclose()
    assert settings == {"port": "0", "save": "", "appendonly": "no"}
