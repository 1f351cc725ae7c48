"""The floor of `callAnswer`: a hand-written server that does the same with two statements.

It does not import the product: the viewer is always one agent without a token. One statement takes the call,
moves its deadline and writes the two events, the other reads the call.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.calls_floor import SESSION

TALK_SECONDS = 4 * 3_600.0
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
    FROM taken, counted"""
READ = """SELECT version, dialled, caller, caller_trust, answered_at,
        (SELECT due_at FROM deadline WHERE kind = 'CALL_CLOSE' AND subject = call.id AND done_at IS NULL
         ORDER BY ordinal DESC LIMIT 1) AS closes_at
    FROM call WHERE id = $1"""


def create_app(database_url: str, user: UUID, session: UUID) -> Starlette:
    """The application: one endpoint."""
    pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with asyncpg.create_pool(database_url, min_size=1, max_size=20) as pool:
            yield

    async def answer(request: Request) -> Response:
        call_id = UUID(orjson.loads(await request.body())["call"])
        viewer = await pool.fetchrow(SESSION, user, session)
        if viewer is None or viewer["ended"]:
            return Response(status_code=401)
        await pool.execute(TAKE, call_id, user, AGENTS_FEED, TALK_SECONDS)
        row = await pool.fetchrow(READ, call_id)
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

    return Starlette(routes=[Route("/answer", answer, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    from bench.serving import serve

    serve(
        create_app(
            os.environ["DATABASE_URL"], UUID(os.environ["BENCH_USER"]), UUID(os.environ["BENCH_SESSION"])
        ),
        int(os.environ["PORT"]),
    )
