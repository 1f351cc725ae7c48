"""Benchmark of advice: a page of leads with and without it, and texts read for signs against rows inserted.

Both sides are asked in turns, one request at a time, and each round gives one ratio.
"""

from datetime import UTC, datetime
from time import perf_counter

import orjson

import embedded
from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import load_marketplace, loading, token
from bench.figures import Benchmark, Figure, Options, median, ratio
from bench.placements import _in_turns
from models.contacting.markers import find_markers

PAGE, VENDORS, TEXTS = 100, 3, 1_000
FIELDS = "id title visibility { outcome } contact { fullName email phone } contacting { stops { id } %s }"
ADVICE = "advice(goal: TRIAL) { advice { outcome message } bestFrom bestUntil warnings }"
LIST = f"{{ leads(first: {PAGE}, filter: {{ contactVisible: true }}) {{ nodes {{ {FIELDS} }} }} }}"
TEXT = (
    "Dear Ms Lindqvist, thank you for the proposal that you sent last week. We have talked about it with our "
    "colleagues in Hamburg, and the first part looks good to all of us. The second part is more than we can "
    "spend this year, so we would like to begin with the first one in spring. Please send me an email with a "
    "new calculation, and tell us who would be there in the first week. The plans of the building are "
    "attached, with all measures. Kind regards, Ines Falkenried, Speichenwerk GmbH, Berlin, Germany"
)


async def run(options: Options) -> list[Figure]:
    """Load a vendor that sees the contacts of 100 leads, then ask both pages in turns."""
    with environment.services() as pair:
        url = await environment.make_database(pair, "advice")
        async with loading(url, leads=PAGE) as connection:
            await load_marketplace(connection, leads=PAGE, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(
                connection,
                f"""SELECT n, n, 1, 'ACCEPTED',
                        clock_timestamp() - interval '3 days' - n * interval '30 seconds'
                    FROM generate_series(1::bigint, {PAGE}) AS n""",
            )
            rows = await _seconds_of_rows(connection)
        reading = _seconds_of_texts()
        return [*await _ask(pair, url, options), *_texts(reading, rows)]


async def _ask(pair: embedded.Services, url: str, options: Options) -> list[Figure]:
    async with serving.running(pair, url) as server:
        without, with_advice = (
            client.request("/graphql", orjson.dumps({"query": LIST % part}), token(1))
            for part in ("", ADVICE)
        )
        shown = orjson.loads(await client.ask_once(server.port, with_advice))["data"]["leads"]["nodes"]
        if len([node for node in shown if node["contacting"]]) != PAGE:
            raise RuntimeError(f"{len(shown)} leads instead of {PAGE}")
        seconds = await _in_turns(server.port, without, with_advice, options.pick(9, 3))
    return [
        Figure(
            f"a page of {PAGE} leads with advice, relative to the rate without",
            ratio(*seconds),
            "times",
            least=0.7,
        ),
        Figure("a page without advice", median(seconds[0]) * 1_000, "ms"),
        Figure("a page with advice", median(seconds[1]) * 1_000, "ms"),
    ]


def _seconds_of_texts() -> float:
    at = datetime.now(UTC)
    taken = []
    for _ in range(5):
        start = perf_counter()
        for _ in range(TEXTS):
            find_markers(TEXT, at)
        taken.append(perf_counter() - start)
    return median(taken)


async def _seconds_of_rows(connection: object) -> float:
    execute = connection.execute  # type: ignore[attr-defined]
    await execute("CREATE TEMP TABLE laid_text (id bigint PRIMARY KEY, text text)")
    start = perf_counter()
    for number in range(TEXTS):
        await execute("INSERT INTO laid_text VALUES ($1, $2)", number, TEXT)
    return perf_counter() - start


def _texts(reading: float, rows: float) -> list[Figure]:
    return [
        Figure(
            f"{TEXTS:,} texts read, relative to as many rows inserted singly",
            reading / rows,
            "times",
            most=0.25,
        ),
        Figure(f"a text of {len(TEXT)} characters read", reading / TEXTS * 1_000_000, "µs"),
    ]


BENCHMARK = Benchmark(
    "advice",
    "Advice on contacting",
    f"`leads(first: {PAGE})` of a vendor that sees all contacts, with and without `contacting.advice`, one "
    "request at a time over HTTP, in turns; and the search for signs in texts.",
    run,
)
