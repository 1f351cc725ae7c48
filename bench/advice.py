"""Benchmark of advice: a page of leads with and without it, and texts read for signs against rows inserted.

Both sides are measured in turns, one at a time, and each round gives one ratio.
"""

from datetime import UTC, datetime
from time import perf_counter

import orjson

import embedded
from bench import client, environment, serving
from bench.cases import load_cases
from bench.contacting import in_turns
from bench.data import LEAD, OWNER, PROSPECT, VENDOR, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median, ratio
from models.base.database import fetch, transaction
from models.base.ids import new_id
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

UNMARKED = (
    "Dear Ms Lindqvist, thank you for the plans of the first floor. We have looked at them with colleagues "
    "in Hamburg who know the building, and the proposal is close to what we had in mind. The second floor is "
    "still open, since the tenants there have not decided whether they want to stay. The drawings that we "
    "have found are from 1994, and nobody here knows how far they are true. We expect the survey by the end "
    "of the month, and the new measures with it. Kind regards, Ines Falkenried, Speichenwerk GmbH, Germany"
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
        pages = await _ask(pair, url, options)
        async with environment.models_on(url, pool_size=1):
            return pages + await _texts(options.pick(9, 3))


async def _ask(pair: embedded.Services, url: str, options: Options) -> list[Figure]:
    async with serving.running(pair, url) as server:
        without, with_advice = (
            client.request("/graphql", orjson.dumps({"query": LIST % part}), token(1))
            for part in ("", ADVICE)
        )
        shown = orjson.loads(await client.ask_once(server.port, with_advice))["data"]["leads"]["nodes"]
        if len([node for node in shown if node["contacting"]]) != PAGE:
            raise RuntimeError(f"{len(shown)} leads instead of {PAGE}")
        seconds = await in_turns(server.port, without, with_advice, options.pick(9, 3))
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


async def _texts(rounds: int) -> list[Figure]:
    at = datetime.now(UTC)
    measured: list[tuple[float, ...]] = []
    for _ in range(rounds + 1):
        texts = _seconds_of(TEXT, at), _seconds_of(UNMARKED, at)
        measured.append((*texts, await _seconds_of_rows(at), await _seconds_of_bare_rows()))
    reading, unmarked, inserting, bare = zip(*measured[1:], strict=True)  # the first round warms up
    return [
        Figure(
            f"{TEXTS:,} texts read, relative to as many attempts inserted singly",
            ratio(reading, inserting),
            "times",
            most=0.25,
        ),
        Figure(
            "relative to rows of a number and the text, without a transaction each",
            ratio(reading, bare),
            "times",
        ),
        Figure(
            f"a text of {len(TEXT)} characters read",
            median(reading) / TEXTS * 1_000_000,
            "µs",
            note="has a sign",
        ),
        Figure(
            f"a text of {len(UNMARKED)} characters read",
            median(unmarked) / TEXTS * 1_000_000,
            "µs",
            note="has no sign",
        ),
        Figure("an attempt inserted", median(inserting) / TEXTS * 1_000_000, "µs"),
    ]


def _seconds_of(text: str, at: datetime) -> float:
    start = perf_counter()
    for _ in range(TEXTS):
        find_markers(text, at)
    return perf_counter() - start


async def _seconds_of_rows(at: datetime) -> float:
    """Insert attempts to contact a person as the product does: each in a transaction."""
    ids = [new_id() for _ in range(TEXTS)]
    start = perf_counter()
    for attempt_id in ids:
        async with transaction() as conn:
            await fetch(
                conn,
                """INSERT INTO contact_attempt (id, account_id, lead_id, prospect_id, medium, at, outcome,
                                                recorded_by_id, recorded_at, against_stop)
                   VALUES ($1, $2, $3, $4, 'CALL', $5, 'SPOKE', $6, $5, false)""",
                attempt_id,
                *(row_id(VENDOR, 1), row_id(LEAD, 1), row_id(PROSPECT, 1)),
                at,
                row_id(OWNER, 1),
            )
    return perf_counter() - start


async def _seconds_of_bare_rows() -> float:
    async with transaction() as conn:
        await fetch(conn, "CREATE TEMP TABLE laid_text (id bigint, text text) ON COMMIT DROP")
        start = perf_counter()
        for number in range(TEXTS):
            await fetch(conn, "INSERT INTO laid_text VALUES ($1, $2)", number, TEXT)
        return perf_counter() - start


BENCHMARK = Benchmark(
    "advice",
    "Advice on contacting",
    f"`leads(first: {PAGE})` of a vendor that sees all contacts, with and without `contacting.advice`, one "
    "request at a time over HTTP, in turns; and the search for signs in texts.",
    run,
)
