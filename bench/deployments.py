"""Benchmark of the list query in other deployments: with two processes, and through PgBouncer.

The floor runs in the same way each time, and both answers are compared before they are timed.
"""

import shutil
from contextlib import ExitStack

import asyncpg

import embedded
from bench import client, environment, list_query, serving
from bench.data import VENDOR, row_id
from bench.figures import Benchmark, Figure, Options
from bench.sides import Side, alone, in_turns, relative
from embedded.layout import SUPERUSER
from settings.database import role_settings
from tests.support.pgbouncer import pgbouncer

CONNECTIONS = 16
POOLER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")


async def run(options: Options) -> list[Figure]:
    """Measure each deployment of both in turns; the pooler only where it is installed."""
    two = {"BENCH_PROCESSES": "2"}
    with environment.services() as pair, ExitStack() as stack:
        url, database = await list_query.load(pair, "deployments"), pair.pids["postgres"]
        vendor = {"BENCH_VENDOR": str(row_id(VENDOR, 1))}
        figures = []
        async with (
            serving.running(pair, url, ("cli", "serve", "--processes", "2")) as product,
            serving.running(pair, url, ("bench.floor",), **vendor, **two) as floor,
        ):
            figures += await _measured("two processes", product, floor, (database,), options)
        if POOLER is None:
            return figures
        await _prepare_role(pair, url)
        query = stack.enter_context(pgbouncer(pair))
        host, _, cached = query.partition("&")
        through = f"{url.partition('?')[0]}?{host}"
        async with (
            serving.running(
                pair, f"{through}&{cached}" if cached else through, DATABASE_POOLER="transaction",
                DATABASE_URL_DIRECT=url,
            ) as product,
            serving.running(
                pair, through, ("bench.floor",), **vendor, **({"BENCH_STATEMENTS": "0"} if cached else {})
            ) as floor,
        ):  # fmt: skip
            name = f"through PgBouncer{f', {cached}' if cached else ''}"
            figures += await _measured(name, product, floor, (database,), options)
    return figures


async def _prepare_role(pair: embedded.Services, url: str) -> None:
    """Give the role what the pooler keeps from sessions, as `leadgate migrate --role` does."""
    connection = await asyncpg.connect(url)
    try:
        for statement in role_settings(SUPERUSER, environment.settings(pair, url).statement_timeout_ms):
            await connection.execute(statement)
    finally:
        await connection.close()


async def _measured(
    name: str, product: serving.Server, floor: serving.Server, also: tuple[int, ...], options: Options
) -> list[Figure]:
    asked, plain = list_query.asking(), client.request("/leads")
    await list_query.compare(product.port, asked, floor.port, plain)
    ours = Side(product, asked, *also, connections=CONNECTIONS)
    theirs = Side(floor, plain, *also, connections=CONNECTIONS)
    await in_turns((ours, theirs), options)
    return [
        *relative(f"list query relative to the floor: {name}", ours, theirs),
        *alone(f"{name}, product", ours),
        *alone(f"{name}, floor", theirs),
    ]


BENCHMARK = Benchmark(
    "deployments",
    "The list query with two processes, and through PgBouncer",
    f"The page of the list query, as above, on {CONNECTIONS} connections: `leadgate serve --processes 2` "
    "compared with two processes of the floor, and one process of each through PgBouncer in transaction mode "
    "on the same machine. PgBouncer before 1.21 (Debian 12 has 1.18) knows no prepared statements, so both "
    "use none then (`statement_cache_size=0`), and PostgreSQL plans each statement anew.",
    run,
)
