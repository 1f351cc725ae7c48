"""Benchmark of a chat's page: 50 messages with contact data, masked and as they were written.

Both pages have the same messages in the same two applications; only what the vendor may see differs.
"""

from datetime import UTC, datetime, timedelta

import asyncpg
import orjson

from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import CASE, OWNER, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median
from models.base.ids import new_id
from models.contact_data.masking import mask_messages
from models.contact_data.stored_spans import write_spans
from schema.graphql.ids import write_id

CONNECTIONS, MESSAGES = 8, 50
PAGE = """query ($id: ID!) { node(id: $id) { ... on Application { chat { unread access { outcome } }
    messages(first: 50) { nodes { id cursor side author at text masked { start end kind } shownToOther
        readByOtherAt decision { outcome ruleId changesAt } } } } } }"""
# Applications 1 and 2 of vendor 1: one waits for an answer, one was accepted.
CASES = """SELECT n, n, 1, CASE n WHEN 1 THEN 'PENDING' ELSE 'ACCEPTED' END,
        clock_timestamp() - interval '3 hours'
    FROM generate_series(1::bigint, 2) AS n"""
# Every second message of each side has something to mask.
TEXTS = (
    "Thank you, that sounds good. Could you begin in the second week of March?",
    "Of course. We would come and look at it before; does Tuesday suit you?",
    "Tuesday is fine. Call me before you come: 0151 23456789, or write to petra1@prospect.example.",
    "I will. Our references are at www.vendor.example, and the office has +49 30 901820.",
)


async def run(options: Options) -> list[Figure]:
    """Measure alternately: the masked page, the open page, the masked page …"""
    with environment.services() as pair:
        url = await environment.make_database(pair, "chat")
        async with loading(url, leads=10) as connection:
            await load_marketplace(connection, leads=10, vendors=2, now=datetime.now(UTC))
            await load_cases(connection, CASES)
            await _write(connection)
        async with serving.running(pair, url) as server:
            pages = {name: _request(number) for name, number in (("masked", 1), ("open", 2))}
            await _check(server.port, pages)
            rates: dict[str, list[float]] = {name: [] for name in pages}
            latencies: dict[str, list[float]] = {name: [] for name in pages}
            for turn in range(1 + options.pick(7, 3)):
                for name, words in pages.items():
                    load = await client.load(
                        server.port, words, connections=CONNECTIONS, seconds=options.pick(4, 2)
                    )
                    if turn:  # the first warms up
                        rates[name].append(load.rate)
                        latencies[name] += load.latencies
    ratios = [one / other for one, other in zip(rates["open"], rates["masked"], strict=True)]
    return [
        Figure("a page with masks, relative to the page without: time", median(ratios), "times", most=1.5),
        *(Figure(f"{name}: pages", median(found), "per second") for name, found in rates.items()),
    ]


def _request(number: int) -> bytes:
    variables = {"id": write_id("Application", row_id(CASE, number))}
    return client.request("/graphql", orjson.dumps({"query": PAGE, "variables": variables}), token(1))


async def _write(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Store the same messages in both chats, searched as sending does."""
    at = datetime.now(UTC) - timedelta(hours=2)
    rows = []
    for number in (1, 2):
        for place in range(MESSAGES - 1):
            text = TEXTS[place % len(TEXTS)]
            (spans,) = mask_messages([text], "DE")
            side = "VENDOR" if place % 2 else "PROSPECT"
            rows.append(
                (
                    new_id(),
                    row_id(CASE, number),
                    place + 2,
                    side,
                    row_id(OWNER, 1),
                    text,
                    at + timedelta(minutes=place),
                    new_id(),
                    new_id(),
                    write_spans(spans),
                )
            )
    await connection.executemany(
        """INSERT INTO chat_message (id, application_id, seq, side, author_id, text, at, vendor_event,
               prospect_event, spans)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)""",
        rows,
    )
    await connection.execute("UPDATE application SET introduction_spans = $1::jsonb", write_spans([]))


async def _check(port: int, pages: dict[str, bytes]) -> None:
    """Refuse to measure pages that do not differ by their masks, and by nothing else."""
    found = {}
    for name, words in pages.items():
        node = orjson.loads(await client.ask_once(port, words))["data"]["node"]
        found[name] = node["messages"]["nodes"]
    masked = sum(bool(message["masked"]) for message in found["masked"])
    if [len(messages) for messages in found.values()] != [MESSAGES] * 2 or masked < MESSAGES // 5:
        raise RuntimeError(f"{masked} of {len(found['masked'])} messages are masked")
    if any(message["masked"] for message in found["open"]):
        raise RuntimeError("the open page is masked")


BENCHMARK = Benchmark(
    "chat",
    "A page of a chat",
    "`Application.messages(first: 50)` with all its fields, as the vendor, on 8 connections to one process: "
    "a chat whose contact data is hidden, and one with the same messages whose contact data was revealed. "
    "Every second message of each side has something to mask.",
    run,
)
