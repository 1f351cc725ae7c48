"""Benchmark of the list query by another GraphQL server: Mercurius with graphql-jit, on Node.

It is a competitor of the floor's kind: the same statement, the rules by hand, no token. Its answer is
compared with the product's before it is timed.
"""

import shutil
from pathlib import Path

import orjson

from bench import client, environment, floor, list_query, serving
from bench.data import VENDOR, row_id
from bench.figures import Benchmark, Figure, Options
from bench.sides import Side, alone, in_turns, relative

FOLDER = Path(__file__).with_name("mercurius")
INSTALL = "npm ci --prefix bench/mercurius"
NAME = "Mercurius with graphql-jit"


def missing() -> str | None:
    """Return what is missing to run it, with the command that installs it; None if nothing is."""
    if shutil.which("node") is None:
        return f"Node 20 or newer is not installed; then: {INSTALL}"
    if not (FOLDER / "node_modules").is_dir():
        return f"install it with: {INSTALL}"
    return None


async def run(options: Options) -> list[Figure]:
    """Measure the product, Mercurius with each driver, and the floor in turns."""
    if why := missing():
        return [Figure(f"{NAME}: skipped", 0, note=why)]
    with environment.services() as pair:
        url, database = await list_query.load(pair, "mercurius"), pair.pids["postgres"]
        vendor = str(row_id(VENDOR, 1))
        given = {"BENCH_VENDOR": vendor, "BENCH_SQL": floor.SQL, "NODE_ENV": "production"}
        program = str(shutil.which("node"))
        script = (str(FOLDER / "server.mjs"),)
        async with (
            serving.running(pair, url) as product,
            serving.running(pair, url, script, (program,), **given, BENCH_DRIVER="postgres") as mercurius,
            serving.running(pair, url, script, (program,), **given, BENCH_DRIVER="pg") as with_pg,
            serving.running(pair, url, ("bench.floor",), BENCH_VENDOR=vendor) as plain,
        ):
            asked = list_query.asking()
            sides = {
                "product": (product, asked),
                f"{NAME}, postgres.js": (mercurius, asked),
                f"{NAME}, pg": (with_pg, asked),
                "floor": (plain, client.request("/leads")),
            }
            answers = []
            for server, words in sides.values():
                for _ in range(3):  # the third is answered by compiled code
                    answer = orjson.loads(await client.ask_once(server.port, words))["data"]
                answers.append(answer)
            if any(answer != answers[0] for answer in answers):
                raise RuntimeError(f"the answers differ: {[str(answer)[:400] for answer in answers]}")
            measured = {name: Side(server, words, database) for name, (server, words) in sides.items()}
            await in_turns(list(measured.values()), options)
    ours, *others, _ = measured.values()
    best = max(others, key=lambda side: side.rate)
    return [
        *relative(f"list query relative to {NAME}, its faster driver,", ours, best),
        *[figure for name, side in measured.items() for figure in alone(name, side)],
    ]


BENCHMARK = Benchmark(
    "mercurius",
    "The list query by Mercurius with graphql-jit",
    "The same query over HTTP on 8 connections to one process of Fastify with Mercurius (`jit: 1`), for the "
    "types that the query needs, with the floor's statement, prepared, on a pool of 20 connections, by two "
    "drivers; without a token, rules by hand. Compared with one process of the product, which verifies the "
    "token and the session, limits the rate, decides by its rules and records who saw contact data. Skipped "
    f"without Node or its packages (`{INSTALL}`).",
    run,
)
