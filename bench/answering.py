"""Benchmark of `callAnswer`: against a hand-written endpoint, in a large company, and two agents on one call.

Each call is answered once; what the database has afterwards is checked.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson

import embedded
from bench import client, companies, environment, processor, serving
from bench.answering_floor import AGENTS_FEED
from bench.call_rows import AGENTS, CALL, let_ring, load_old
from bench.client import Load
from bench.companies import load_company, next_monday
from bench.data import OWNER, SESSION, Connection, load_marketplace, loading, row_id, token
from bench.figures import Benchmark, Figure, Options, median, percentile, ratio
from bench.serving import Server
from schema.graphql.ids import write_id

CONNECTIONS = 8
AGENT, COLLEAGUE = 2, 3
SIZES = {"small": (1_000, 10), "large": (1_000_000, 10_000)}  # calls and employees
FIRST = 10_000_000  # number of the first call that rings
ROUNDS = 1_000  # of two agents
CALL_FIELDS = "id version state dialled caller callerTrust answeredAt closesAt"
ANSWER = f"""mutation ($input: CallAnswerInput!) {{ callAnswer(input: $input) {{
    call {{ {CALL_FIELDS} }} userErrors {{ code }} }} }}"""
ANSWER_IN_FULL = f"""mutation ($input: CallAnswerInput!) {{ callAnswer(input: $input) {{
    call {{ {CALL_FIELDS}
        script {{ greeting handlingInstruction askedFields {{ key label required }}
                  vip {{ name note }} faq {{ question answer }} }}
        routes {{ standing changesAt
                  routes {{ action hop number said employee {{ displayName }} decision {{ ruleId }} }}
                  skipped {{ action hop said employee {{ displayName }} decision {{ ruleId }} }} }} }}
    userErrors {{ code }} }} }}"""
# Calls from $1 on: how often each was answered, and by whom.
_ANSWERED = """SELECT call.agent_id, call.version, (
        SELECT count(*) FROM feed_event WHERE recipient = $3 AND parameters ->> 'callId' = call.id::text) AS n
    FROM call WHERE call.id = ANY($1::uuid[]) AND call.agent_id = ANY($2::uuid[])"""


@dataclass(slots=True)
class Place:
    """A database with a company, and a server on it. Calls that ring get the following numbers."""

    url: str
    connection: Connection
    server: Server
    following: int = FIRST
    latencies: list[float] = field(default_factory=list)

    async def ring(self, count: int) -> list[int]:
        """Let calls ring; return their numbers."""
        first = self.following
        self.following += count
        await let_ring(self.connection, first, count)
        return list(range(first, first + count))


async def run(options: Options) -> list[Figure]:
    """Load two companies, then measure each pair in turns."""
    with environment.services() as pair:
        async with AsyncExitStack() as stack:
            small, large = [
                await stack.enter_async_context(_place(pair, name, options)) for name in ("small", "large")
            ]
            growth = await _growth(small, large, options)
            floor = await _against_floor(pair, small, options)
            return [*floor, *growth, *await _two_agents(small, options)]


@asynccontextmanager
async def _place(pair: embedded.Services, name: str, options: Options) -> AsyncIterator[Place]:
    calls, employees = SIZES[name]
    if options.quick and name == "large":
        calls, employees = calls // 10, employees // 10
    monday = next_monday(datetime.now(UTC))
    url = await environment.make_database(pair, f"answering_{name}")
    async with loading(url, leads=calls) as loaded:
        await load_marketplace(loaded, leads=1, vendors=COLLEAGUE, now=datetime.now(UTC))
        await load_company(loaded, 1, employees=employees, monday=monday)
        await load_old(
            loaded, calls, within=calls // 10, begin=datetime(2026, 1, 1, tzinfo=UTC), employees=employees
        )
        await loaded.execute(AGENTS, AGENT, COLLEAGUE)
    connection = await asyncpg.connect(url)
    try:
        async with serving.running(pair, url) as server:
            yield Place(url, connection, server)
    finally:
        await connection.close()


def _asked(number: int, document: str = ANSWER, agent: int = AGENT, **more: str) -> bytes:
    """The request that answers a call."""
    given = {"callId": write_id("Call", row_id(CALL, number)), **more}
    body = {"query": document, "variables": {"input": given}}
    return client.request("/graphql", orjson.dumps(body), token(agent))


def _asked_floor(number: int) -> bytes:
    return client.request("/answer", orjson.dumps({"call": str(row_id(CALL, number))}), token(AGENT))


def _asked_bare(number: int) -> bytes:
    return client.request("/bare", orjson.dumps({"call": str(row_id(CALL, number))}))


def _answer(body: bytes) -> Any:
    answer = orjson.loads(body)
    if answer.get("errors"):
        raise RuntimeError(f"{answer['errors']}")
    return answer["data"]["callAnswer"]


async def _check(place: Place, numbers: list[int]) -> None:
    """Raise `RuntimeError` unless each of these calls was answered once."""
    agents = [row_id(OWNER, agent) for agent in (AGENT, COLLEAGUE)]
    rows = await place.connection.fetch(
        _ANSWERED, [row_id(CALL, number) for number in numbers], agents, AGENTS_FEED
    )
    wrong = [row for row in rows if (row["version"], row["n"]) != (2, 1)]
    if len(rows) != len(numbers) or wrong:
        raise RuntimeError(f"{len(rows)} of {len(numbers)} calls were answered, not once: {wrong[:3]}")


async def _growth(small: Place, large: Place, options: Options) -> list[Figure]:
    """One agent answers in both companies in turns, with script and routes."""
    wanted = write_id("Employee", row_id(companies.EMPLOYEE, 1_000_001))
    rounds, warm = options.pick(400, 100), 30
    calls = {id(place): await place.ring(warm + rounds) for place in (small, large)}
    for turn in range(warm + rounds):
        found = []
        for place in (small, large):
            number = calls[id(place)][turn]
            load = await client.load_each(
                place.server.port, [_asked(number, ANSWER_IN_FULL, employeeId=wanted)], connections=1
            )
            answer = _answer(load.bodies[0])["call"]
            found.append((len(answer["script"]["faq"]), len(answer["routes"]["routes"])))
            if turn >= warm:
                place.latencies += load.latencies
        if found[0] != found[1]:
            raise RuntimeError(f"the companies differ: {found}")
    for place in (small, large):
        await _check(place, calls[id(place)])
    one, other = median(small.latencies), median(large.latencies)
    name = "callAnswer with script and routes"
    return [
        Figure(
            f"{name}: 1,000,000 calls, 10,000 employees, 100,000 VIPs to 1,000, 10, 100",
            other / one,
            "times",
            most=1.2,
        ),
        Figure(f"{name}: 1,000 calls, 10 employees, 100 VIPs", one * 1_000, "ms"),
        Figure(f"{name}: 1,000,000 calls, 10,000 employees, 100,000 VIPs", other * 1_000, "ms"),
    ]


async def _against_floor(pair: embedded.Services, place: Place, options: Options) -> list[Figure]:
    """Answer calls with the product and with both floors in turns, on eight connections each."""
    session = {"BENCH_USER": str(row_id(OWNER, AGENT)), "BENCH_SESSION": str(row_id(SESSION, AGENT))}
    count, database = options.pick(600, 200), pair.pids["postgres"]
    loads: dict[str, list[Load]] = {"product": [], "floor": [], "bare floor": []}
    spent: dict[str, list[float]] = {name: [] for name in loads}  # processor seconds per request
    async with serving.running(pair, place.url, ("bench.answering_floor",), **session) as floor:
        asked = (
            ("product", place.server, _asked),
            ("floor", floor, _asked_floor),
            ("bare floor", floor, _asked_bare),
        )
        for turn in range(1 + options.pick(7, 3)):
            answers = []
            for name, server, ask in asked:
                numbers = await place.ring(count)
                requests = [ask(number) for number in numbers]
                began = processor.seconds(server.pid, database)
                load = await client.load_each(server.port, requests, connections=CONNECTIONS)
                took = processor.seconds(server.pid, database) - began
                await _check(place, numbers)
                answers.append(_alike(load.bodies[0]))
                if turn:  # the first warms up
                    loads[name].append(load)
                    spent[name].append(took / count)
            if len(set(answers)) != 1:
                raise RuntimeError(f"a floor's answer differs: {answers}")
    rates = {name: [load.rate for load in rounds] for name, rounds in loads.items()}
    late = {name: _p99(rounds) for name, rounds in loads.items()}
    return [
        Figure(
            "callAnswer relative to the floor",
            ratio(rates["product"], rates["floor"]),
            "of its requests",
            least=0.25,
        ),
        Figure("callAnswer relative to the floor: p99", late["product"] / late["floor"], "times", most=4),
        Figure(
            "the same by processor time",
            ratio(spent["floor"], spent["product"]),
            "of the floor",
            note="server and PostgreSQL",
        ),
        Figure(
            "callAnswer relative to the bare floor",
            ratio(rates["product"], rates["bare floor"]),
            "of its requests",
        ),
        *[
            figure
            for name in loads
            for figure in (
                Figure(f"{name}: requests", median(rates[name]), "per second"),
                Figure(f"{name}: p99", late[name] * 1_000, "ms"),
                Figure(f"{name}: processor time", median(spent[name]) * 1_000, "ms per request"),
            )
        ],
    ]


def _p99(rounds: list[Load]) -> float:
    return percentile([late for load in rounds for late in load.latencies], 0.99)


def _alike(body: bytes) -> str:
    """An answer without what differs between calls."""
    call = _answer(body)["call"]
    return json.dumps({**call, **dict.fromkeys(("id", "answeredAt", "closesAt"))})


async def _two_agents(place: Place, options: Options) -> list[Figure]:
    """Two agents answer each call at the same time; count the calls that both or none of them got."""
    numbers = await place.ring(options.pick(ROUNDS, 200))
    got: Counter[int] = Counter()
    for number in numbers:
        requests = [_asked(number, agent=agent) for agent in (AGENT, COLLEAGUE)]
        both = await client.load_each(place.server.port, requests, connections=2)
        answers = [_answer(body) for body in both.bodies]
        winners = [answer for answer in answers if answer["call"] is not None]
        if any(error["code"] != "CONFLICT" for answer in answers for error in answer["userErrors"]):
            raise RuntimeError(f"neither the call nor a conflict: {answers}")
        got[len(winners)] += 1
    await _check(place, numbers)
    return [
        Figure("two agents on one call: answered by both", got[2], f"of {len(numbers):,}", most=0),
        Figure("two agents on one call: answered by none", got[0], f"of {len(numbers):,}", most=0),
    ]


BENCHMARK = Benchmark(
    "answering",
    "Answering a call",
    "`callAnswer` on 8 connections to one process, each call once, compared with a hand-written Starlette "
    "endpoint (the floor; asyncpg, orjson) that does the same durable work without deciding anything: it "
    "verifies the token and the session, locks the call in a transaction if the agent may answer it, takes "
    "it, moves its deadline and writes both events in one statement, wakes the readers and schedules the "
    "sweep through Redis, and reads the call for the same JSON. It has no rules, VIP entries, policies, "
    "GraphQL or rate limit. The bare floor only checks the session and sends two statements, without a "
    "token, transaction or wake-up. `callAnswer` with script and routes over one connection, in companies "
    "of two sizes, in turns. And two agents who answer the same call at the same time on two connections.",
    run,
)
