"""Benchmark of telephone systems: signed events over HTTP against a bare endpoint with one INSERT, events in
any order against the same in order, and reading alone against `json.loads`.
"""

import asyncio
import json
import random
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import orjson

import embedded
from bench import client, environment, serving
from bench.answering import AGENT as AGENT_OWNER
from bench.call_rows import AGENTS
from bench.companies import KNOWN, load_company, next_monday, number_of
from bench.data import OWNER, load_marketplace, loading, row_id
from bench.environment import models_on
from bench.figures import Benchmark, Figure, Options, median
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.public_id import public_id
from models.base.role import Role
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.phone.address import PATH
from models.calls.phone.drivers import DRIVERS, PhoneDriver
from models.calls.phone.request import PhoneRequest
from models.calls.phone.set_system import KEY_FIELDS, SystemDraft, create_system
from models.calls.phone.signing import new_signing_key, signed_headers
from models.calls.phone.stories import AGENT, Story, StoryCall, tell
from models.calls.phone.system import System, read_system
from models.calls.phone.take_event import take_event
from models.policies.versions import forget_policies
from models.process.wake import Silence

EMPLOYEES, SYSTEMS, CONNECTIONS = 10, 20, 4
_OPERATOR = Viewer(roles=frozenset({Role.OPERATOR}))
_URL = "https://bench.example/phone/x"
_EXTENSION = (
    "SELECT extension FROM employee WHERE extension IS NOT NULL AND removed_at IS NULL ORDER BY id LIMIT 1"
)
_STOPPED = """CREATE OR REPLACE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT $1::timestamptz $$"""
# What is stored of each call, without ids of rows; calls are compared by the system's own id of them.
_STORED = """SELECT split_part(call.external_id, ':', 2) AS name,
        ROW(call.caller, ringing_at, answered_at, agent_id, hung_up_at, call.cause, flags)::text AS call,
        (SELECT string_agg(ROW(split_part(external_id, ':', 2), kind, started_at, answered_at, ended_at,
                               result, result_at, cause)::text, ';' ORDER BY external_id)
         FROM call_leg WHERE call_id = call.id) AS legs,
        (SELECT string_agg(ROW(employee_id, number, started_at, result, result_at, ended_at,
                               talk_seconds)::text, ';' ORDER BY started_at)
         FROM transfer_attempt WHERE call_id = call.id) AS attempts
    FROM call WHERE starts_with(external_id, $1) ORDER BY 1"""


async def run(options: Options) -> list[Figure]:
    """Load a company, then measure."""
    with environment.services() as pair, TemporaryDirectory() as folder:
        key_file = Path(folder) / "key"
        key_file.write_bytes(secrets.token_bytes(32))
        sealer = Sealer(key_file.read_bytes())
        url = await environment.make_database(pair, "phone_events")
        async with loading(url, leads=0) as loaded:
            await load_marketplace(loaded, leads=1, vendors=2, now=datetime.now(UTC))
            await load_company(loaded, 1, employees=EMPLOYEES, monday=next_monday(datetime.now(UTC)))
            await loaded.execute(AGENTS, AGENT_OWNER, AGENT_OWNER)
        forget_policies()
        async with models_on(url, pool_size=10):
            agent = row_id(OWNER, AGENT_OWNER)
            systems = [await _system(sealer, agent) for _ in range(SYSTEMS)]
            figures = await _over_http(pair, url, key_file, systems, options)
            figures += await _in_any_order([await _system(sealer, agent) for _ in range(2)], options)
        return [*figures, *_reading(options)]


async def _system(sealer: Sealer, agent: UUID) -> System:
    key = new_id().hex
    draft = SystemDraft(key, PhoneDriver.GENERIC, "DE", users=[(AGENT, agent)])
    made, _ = await create_system(_OPERATOR, sealer, draft, idempotency_key=key, given={"name": key})
    system = await read_system(connection(), sealer, made)
    if system is None:
        raise RuntimeError("the telephone system was not stored")
    return system


async def _bodies(name: str, now: datetime | None = None) -> list[bytes]:
    """Return the six events of a call that began two minutes ago and is put through."""
    (row,) = await fetch(connection(), _EXTENSION)
    call = StoryCall(name, KNOWN, number_of(1), row["extension"])
    began = (now or datetime.now(UTC)) - timedelta(minutes=2)
    bodies = []
    for second, said in enumerate(tell(PhoneDriver.GENERIC, Story.TRANSFERRED, call)):
        at = began + timedelta(seconds=10 * second)
        bodies.append(orjson.dumps({**orjson.loads(said.body), "at": at.isoformat()}))
    return bodies[:6]


def _request(system: System, body: bytes) -> bytes:
    headers = signed_headers(system.driver, system.secret, body, datetime.now(UTC), _URL)
    path = PATH.replace("{id}", public_id("PhoneSystem", system.id))
    lines = [f"POST {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + client.WORDS + body


async def _over_http(
    pair: embedded.Services, url: str, key_file: Path, systems: Sequence[System], options: Options
) -> list[Figure]:
    """Send the same number of requests to the product and to the floor, in turns."""
    calls = options.pick(250, 60)
    rates: dict[str, list[float]] = {"product": [], "floor": []}
    async with (
        serving.running(pair, url, KEY_FILE=str(key_file)) as product,
        serving.running(pair, url, ("bench.phone_floor",)) as floor,
    ):
        for turn in range(1 + options.pick(5, 3)):
            told = [await _bodies(f"http-{turn}-{place}") for place in range(calls)]
            # Calls go on side by side: no call says everything within a moment.
            requests = [
                _request(systems[place % SYSTEMS], bodies[step])
                for step in range(len(told[0]))
                for place, bodies in enumerate(told)
            ]
            for name, server in (("product", product), ("floor", floor)):
                load = await client.load_each(server.port, requests, connections=CONNECTIONS)
                wrong = [body for body in load.bodies if name == "product" and b"APPLIED" not in body]
                if wrong:
                    raise RuntimeError(f"{len(wrong)} events were not applied: {wrong[0]!r}")
                if turn:  # the first warms up
                    rates[name].append(load.rate)
    pairs = zip(rates["product"], rates["floor"], strict=True)
    ratio = median([one / other for one, other in pairs])
    return [
        Figure(
            "signed events relative to a bare endpoint with one INSERT", ratio, "of its events", least=0.35
        ),
        *(Figure(f"{name}: events", median(found), "per second") for name, found in rates.items()),
    ]


async def _in_any_order(systems: Sequence[System], options: Options) -> list[Figure]:
    """Take the same calls in order on one system; shuffled and doubled, by four connections, on another."""
    count, chance = options.pick(10_000, 500), random.Random(1)  # noqa: S311 - the same order each time
    now = datetime.now(UTC)
    # Stopped, because a call of which nothing comes for minutes is closed: on a slow machine in the middle.
    await fetch(connection(), _STOPPED.replace("$1", f"'{now.isoformat()}'"))
    calls = [await _bodies(f"any-{place:05}", now) for place in range(count)]
    for bodies in calls:
        for body in bodies:
            await _take(systems[0], body)
    waiting = [body for bodies in calls for body in bodies * 2]
    chance.shuffle(waiting)
    began, number = time.perf_counter(), len(waiting)

    async def work() -> None:
        while waiting:
            await _take(systems[1], waiting.pop())

    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    took = time.perf_counter() - began
    stored = [await fetch(connection(), _STORED, f"{system.id.hex}:") for system in systems]
    ordered, shuffled = ({row["name"]: tuple(row) for row in rows} for rows in stored)
    equal = sum(shuffled.get(name) == row for name, row in ordered.items())
    return [
        Figure(f"of {count:,} calls, equal to the same in order", equal, "calls", least=count),
        Figure("shuffled and doubled events", number / took, "per second"),
    ]


async def _take(system: System, body: bytes) -> None:
    said = orjson.loads(body)
    key = f"{said['call']}-{said.get('leg')}-{said['type']}".replace(".", "-")
    request = PhoneRequest(_URL, {"webhook-id": key}, body)
    event = DRIVERS[system.driver].read(request)
    if event is None:
        raise RuntimeError("the event was not read")
    await take_event(Silence(), system, event, body)


def _reading(options: Options) -> list[Figure]:
    """Verify and read one request of each driver; compare with parsing JSON of the same size."""
    rounds, figures = options.pick(3_000, 300), []
    call = StoryCall("c" * 32, "+493023125417", "+493023125100", "+493023125102")
    for driver, driven in DRIVERS.items():
        body = next(iter(tell(driver, Story.TRANSFERRED, call))).body
        private, secret = new_signing_key() if driver is PhoneDriver.SIPGATE else ("", "")
        if driver is not PhoneDriver.SIPGATE:
            private = secret = (
                new_id().hex if driver in KEY_FIELDS else "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
            )
        now = datetime.now(UTC)
        request = PhoneRequest(_URL, dict(signed_headers(driver, private, body, now, _URL)), body)
        text = json.dumps({"body": body.decode()})
        began = time.perf_counter()
        for _ in range(rounds):
            if not driven.verified([secret], request, now) or driven.read(request) is None:
                raise RuntimeError(f"{driver}: the request was not understood")
        took = time.perf_counter() - began
        began = time.perf_counter()
        for _ in range(rounds):
            json.loads(text)
        plain = time.perf_counter() - began
        figures.append(
            Figure(f"{driver}: verifying and reading, relative to json.loads", took / plain, "times")
        )
    return figures


BENCHMARK = Benchmark(
    "phone_events",
    "Telephone systems",
    "Signed events of calls that are put through, six each, on 4 connections to one process, compared with a "
    "bare Starlette endpoint that stores each request with one INSERT and verifies nothing; 20 systems, as "
    "each has a rate limit. The same calls, shuffled and with each event twice, taken by 4 connections, "
    "compared with the calls in order. Verifying and reading one request of each provider.",
    run,
)
