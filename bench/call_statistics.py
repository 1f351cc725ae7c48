"""Benchmark of `callStatistics`: against hand-written SQL, and its growth with the number of calls.

The numbers of a month are compared before they are timed.
"""

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson

import embedded
from bench import client, environment, serving
from bench.call_rows import load_old
from bench.companies import SECRETARIAT, load_company, next_monday
from bench.data import Connection, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median

SMALL, LARGE, WITHIN = 10_000, 1_000_000, 5_000  # calls, and those of the month
COMPANIES, EMPLOYEES = 10, 100
BEGIN = datetime(2026, 2, 28, 23, tzinfo=UTC)  # March in Berlin, in which the clocks change
END = BEGIN + timedelta(days=31)
ZONE = "Europe/Berlin"
QUERY = """query ($period: PeriodInput!) { callStatistics(period: $period) {
    total transferred messages abandoned faq unfinished medianSeconds answeredWithin20 medianWaitSeconds
    p90WaitSeconds transferTries smsCents timeZone
    byDay { day total transferred messages abandoned smsCents }
    byEmployee { employee { displayName } wanted transferred messages smsCents }
    byResult { result count } byHour { weekday hour total abandoned } } }"""

# What somebody would write who needs the numbers once: $1 company, $2 and $3 the period, in Berlin.
_CALLS = "FROM call WHERE secretariat_id = $1 AND ringing_at >= $2 AND ringing_at < $3"
_ATTEMPTS = """FROM transfer_attempt AS attempt JOIN call ON call.id = attempt.call_id
    WHERE call.secretariat_id = $1 AND ringing_at >= $2 AND ringing_at < $3"""
_COUNTS = """count(*) AS total, count(*) FILTER (WHERE outcome = 'TRANSFERRED') AS transferred,
    count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN') AS messages,
    count(*) FILTER (WHERE outcome = 'ABANDONED') AS abandoned"""
_TEXTS = """FROM call_notice AS notice JOIN call ON call.id = notice.call_id
    JOIN dispatch ON dispatch.message_id = notice.message_id
    WHERE notice.channel = 'SMS' AND secretariat_id = $1 AND ringing_at >= $2 AND ringing_at < $3"""
BY_HAND = {
    "totals": f"""SELECT {_COUNTS}, count(*) FILTER (WHERE outcome = 'FAQ_ANSWERED') AS faq,
        count(*) FILTER (WHERE outcome = 'UNFINISHED') AS unfinished,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY hung_up_at - answered_at) AS talk,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY answered_at - ringing_at) AS wait {_CALLS}""",
    "days": f"""SELECT (ringing_at AT TIME ZONE '{ZONE}')::date AS day, {_COUNTS} {_CALLS}
        GROUP BY 1 ORDER BY 1""",
    "hours": f"""SELECT extract(isodow FROM ringing_at AT TIME ZONE '{ZONE}')::int AS weekday,
        extract(hour FROM ringing_at AT TIME ZONE '{ZONE}')::int AS hour, count(*) AS total,
        count(*) FILTER (WHERE outcome = 'ABANDONED') AS abandoned {_CALLS} GROUP BY 1, 2 ORDER BY 1, 2""",
    "wanted": f"""SELECT wanted_employee_id, count(*) AS wanted,
        count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN') AS messages {_CALLS} GROUP BY 1""",
    "transferred": f"""SELECT attempt.employee_id, count(*) {_ATTEMPTS}
        AND attempt.result = 'ACCEPTED' GROUP BY 1""",
    "results": f"SELECT attempt.result, count(*) AS count {_ATTEMPTS} GROUP BY 1 ORDER BY 2 DESC, 1",
    "texts": f"""SELECT (ringing_at AT TIME ZONE '{ZONE}')::date AS day, notice.employee_id,
        sum(cost_cents) AS cents {_TEXTS} GROUP BY 1, 2""",
}


async def run(options: Options) -> list[Figure]:
    """Load a few and many calls, then ask for the same month in turns."""
    large = options.pick(LARGE, LARGE // 10)
    asked = client.request(
        "/graphql",
        orjson.dumps(
            {"query": QUERY, "variables": {"period": {"from": BEGIN.isoformat(), "to": END.isoformat()}}}
        ),
        token(1),
    )
    with environment.services() as pair:
        urls = [
            await _load(pair, f"statistics_{name}", count)
            for name, count in (("small", SMALL), ("large", large))
        ]
        async with AsyncExitStack() as stack:
            servers = [await stack.enter_async_context(serving.running(pair, url)) for url in urls]
            connection = await asyncpg.connect(urls[1])
            stack.push_async_callback(connection.close)
            spent: dict[str, list[float]] = {"small": [], "large": [], "by hand": []}
            for turn in range(5 + options.pick(60, 20)):
                answers = []
                for name, server in zip(("small", "large"), servers, strict=True):
                    load = await client.load_each(server.port, [asked], connections=1)
                    answers.append(_answer(load.bodies[0]))
                    spent[name] += load.latencies if turn >= 5 else []
                began = time.perf_counter()
                by_hand = await _by_hand(connection)
                spent["by hand"] += [time.perf_counter() - began] if turn >= 5 else []
                if answers[0] != answers[1] or _numbers(answers[1]) != by_hand:
                    raise RuntimeError(f"the numbers differ: {answers}, {by_hand}"[:2_000])
    small, all_, hand = (median(spent[name]) for name in ("small", "large", "by hand"))
    name = f"callStatistics of {WITHIN:,} calls in 31 days"
    return [
        Figure(f"{name}, relative to hand-written SQL", all_ / hand, "times", most=3),
        Figure(f"{name}, among {large:,} calls relative to {SMALL:,}", all_ / small, "times", most=1.3),
        Figure(f"{name}, among {large:,}", all_ * 1_000, "ms"),
        Figure(f"{name}, among {SMALL:,}", small * 1_000, "ms"),
        Figure("hand-written SQL", hand * 1_000, "ms"),
    ]


async def _load(pair: embedded.Services, name: str, calls: int) -> str:
    url, now = await environment.make_database(pair, name), datetime.now(UTC)
    async with loading(url, leads=calls) as loaded:
        await load_marketplace(loaded, leads=1, vendors=COMPANIES, now=now)
        for number in range(1, COMPANIES + 1):
            await load_company(loaded, number, employees=EMPLOYEES, monday=next_monday(now))
        await load_old(loaded, calls, within=WITHIN, begin=BEGIN, employees=EMPLOYEES)
    return url


def _answer(body: bytes) -> dict[str, Any]:
    answer = orjson.loads(body)
    if answer.get("errors"):
        raise RuntimeError(f"{answer['errors']}")
    found: dict[str, Any] = answer["data"]["callStatistics"]
    return found


def _numbers(found: Mapping[str, Any]) -> dict[str, object]:
    """What of the product's answer is compared."""
    counts = ("total", "transferred", "messages", "abandoned")
    return {
        "totals": tuple(found[name] for name in (*counts, "faq", "unfinished", "p90WaitSeconds")),
        "days": [(one["day"], *(one[name] for name in counts)) for one in found["byDay"]],
        "hours": [tuple(one.values()) for one in found["byHour"]],
        "results": [tuple(one.values()) for one in found["byResult"]],
        "employees": sum(one["wanted"] + one["messages"] + one["transferred"] for one in found["byEmployee"]),
        "cents": (found["smsCents"], sum(one["smsCents"] for one in found["byDay"])),
    }


async def _by_hand(connection: Connection) -> dict[str, object]:
    given = (row_id(SECRETARIAT, 1), BEGIN, END)
    rows = {name: await connection.fetch(statement, *given) for name, statement in BY_HAND.items()}
    totals = rows["totals"][0]
    cents = sum(row["cents"] for row in rows["texts"])
    return {
        "totals": (*totals[:6], int(totals["wait"].total_seconds())),
        "days": [(row["day"].isoformat(), *row[1:]) for row in rows["days"]],
        "hours": [tuple(row) for row in rows["hours"]],
        "results": [tuple(row) for row in rows["results"]],
        "employees": sum(row["wanted"] + row["messages"] for row in rows["wanted"])
        + sum(row["count"] for row in rows["transferred"]),
        "cents": (cents, cents),
    }


BENCHMARK = Benchmark(
    "statistics",
    "Statistics of calls",
    "`callStatistics` with all its fields over HTTP on one connection, compared with seven plain statements "
    "for the same numbers, sent one after the other by asyncpg and returned as rows; the same month of one "
    "of ten companies, among few and among many calls, in turns.",
    run,
)
