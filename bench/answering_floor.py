"""The floors of `callAnswer`: a hand-written server that does not import the product.

`/answer` does the same durable work without deciding anything: it verifies the token and the session, locks
the call in a transaction if the agent may answer it, writes the same rows in one statement, wakes the readers
of both feeds and schedules the sweep through Redis, and reads the call. `/bare` is less than that: the viewer
is always one agent without a token, and two statements outside a transaction take the call and read it.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import asyncpg
import jwt
import orjson
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.calls_floor import SESSION

TALK_SECONDS = 4 * 3_600.0
ISSUER, AUDIENCE = "leadgate", "leadgate-api"
CHANNEL, QUEUE = "bench:feed", "bench:queue"
LOCK = """SELECT secretariat.account_id FROM call JOIN secretariat ON secretariat.id = secretariat_id
    WHERE call.id = $1 AND (NOT EXISTS (SELECT FROM agent_of WHERE agent_of.secretariat_id = secretariat.id)
        OR EXISTS (SELECT FROM agent_of WHERE agent_of.secretariat_id = secretariat.id AND user_id = $2))
    FOR NO KEY UPDATE OF call"""
AGENTS_FEED = UUID("00000000-0000-7000-8000-000000000a9e")
TAKE = """WITH taken AS (
        UPDATE call SET agent_id = $2, answered_at = leadgate_clock(), version = version + 1
        WHERE id = $1 AND agent_id IS NULL AND hung_up_at IS NULL AND finished_at IS NULL
            AND closed_at IS NULL
        RETURNING id, secretariat_id, answered_at),
    moot AS (
        UPDATE deadline SET done_at = taken.answered_at, outcome = 'replaced'
        FROM taken WHERE kind = 'CALL_CLOSE' AND subject = taken.id AND done_at IS NULL RETURNING ordinal),
    moved AS (
        INSERT INTO deadline (id, kind, subject, ordinal, due_at)
        SELECT gen_random_uuid(), 'CALL_CLOSE', taken.id, moot.ordinal + 1,
               taken.answered_at + make_interval(secs => $4)
        FROM taken, moot),
    counted AS (
        INSERT INTO feed_counter (recipient, last_seq, removed_through, calendar_changes)
        SELECT recipient, 1, 0, 0 FROM (
            SELECT account_id AS recipient FROM taken JOIN secretariat ON secretariat.id = secretariat_id
            UNION ALL SELECT $3 FROM taken) AS feed ORDER BY recipient
        ON CONFLICT (recipient) DO UPDATE SET last_seq = feed_counter.last_seq + 1
        RETURNING recipient, last_seq)
    INSERT INTO feed_event (id, recipient, seq, kind, parameters, at)
    SELECT gen_random_uuid(), recipient, last_seq, 'CALL_CHANGED',
           jsonb_build_object('callId', taken.id, 'change', 'ANSWERED'), taken.answered_at
    FROM taken, counted
    RETURNING at + make_interval(secs => $4) AS due_at"""
READ = """SELECT version, dialled, caller, caller_trust, answered_at,
        (SELECT due_at FROM deadline WHERE kind = 'CALL_CLOSE' AND subject = call.id AND done_at IS NULL
         ORDER BY ordinal DESC LIMIT 1) AS closes_at
    FROM call WHERE id = $1"""


def create_app(database_url: str, redis_url: str, secret: str, user: UUID, session: UUID) -> Starlette:
    """The application: an endpoint for each floor; `user` and `session` are the bare one's viewer."""
    pool: asyncpg.Pool[asyncpg.Record]
    redis = Redis.from_url(redis_url)
    waking: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with redis, asyncpg.create_pool(database_url, min_size=1, max_size=20, reset=keep) as pool:
            yield

    async def wake(account: UUID, due: datetime) -> None:
        second = int(due.timestamp()) + 1
        async with redis.pipeline(transaction=True) as pipe:
            pipe.publish(CHANNEL, f"{AGENTS_FEED} {account}")
            pipe.set(f"bench:job:{second}", b"sweep", ex=86_400, nx=True)
            pipe.zadd(QUEUE, {f"sweep:{second}": second}, nx=True)
            await pipe.execute()

    async def answer(request: Request) -> Response:
        call_id = UUID(orjson.loads(await request.body())["call"])
        try:
            token = request.headers["authorization"].removeprefix("Bearer ")
            claims = jwt.decode(token, secret, ["HS256"], audience=AUDIENCE, issuer=ISSUER)
        except (KeyError, jwt.InvalidTokenError):
            return Response(status_code=401)
        agent = UUID(claims["sub"])
        viewer = await pool.fetchrow(SESSION, agent, UUID(claims["sid"]))
        if viewer is None or viewer["ended"] or viewer["disabled"]:
            return Response(status_code=401)
        async with pool.acquire() as connection, connection.transaction():
            company = await connection.fetchrow(LOCK, call_id, agent)
            if company is None:
                return Response(status_code=404)
            taken = await connection.fetchrow(TAKE, call_id, agent, AGENTS_FEED, TALK_SECONDS)
        if taken is not None:
            task = asyncio.create_task(wake(company["account_id"], taken["due_at"]))  # nobody waits for it
            waking.add(task)
            task.add_done_callback(waking.discard)
        return response(call_id, await pool.fetchrow(READ, call_id))

    async def bare(request: Request) -> Response:
        call_id = UUID(orjson.loads(await request.body())["call"])
        viewer = await pool.fetchrow(SESSION, user, session)
        if viewer is None or viewer["ended"]:
            return Response(status_code=401)
        await pool.execute(TAKE, call_id, user, AGENTS_FEED, TALK_SECONDS)
        return response(call_id, await pool.fetchrow(READ, call_id))

    def response(call_id: UUID, row: asyncpg.Record | None) -> Response:
        if row is None:
            return Response(status_code=404)
        call = {
            "id": str(call_id),
            "version": row["version"],
            "state": "TALKING",
            "dialled": row["dialled"],
            "caller": row["caller"],
            "callerTrust": row["caller_trust"],
            "answeredAt": row["answered_at"],
            "closesAt": row["closes_at"],
        }
        body = {"data": {"callAnswer": {"call": call, "userErrors": []}}}
        return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), media_type="application/json")

    routes = [Route("/answer", answer, methods=["POST"]), Route("/bare", bare, methods=["POST"])]
    return Starlette(routes=routes, lifespan=lifespan)


async def keep(_: object) -> None:
    """Reset nothing when a connection is released, like the product: one round trip less."""


if __name__ == "__main__":
    from bench.serving import serve

    serve(
        create_app(
            os.environ["DATABASE_URL"],
            os.environ["REDIS_URL"],
            os.environ["SECRET_KEY"],
            UUID(os.environ["BENCH_USER"]),
            UUID(os.environ["BENCH_SESSION"]),
        ),
        int(os.environ["PORT"]),
    )
