"""The floor of `/phone/{id}`: a bare Starlette endpoint that stores each request with one INSERT.

It does not import the product, and verifies, reads and answers nothing.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import serving

TABLE = "CREATE TABLE IF NOT EXISTS bench_phone_event (id uuid PRIMARY KEY, at timestamptz, body bytea)"
INSERT = "INSERT INTO bench_phone_event (id, at, body) VALUES (gen_random_uuid(), now(), $1)"


def create_app(database_url: str) -> Starlette:
    """The application: one endpoint."""
    pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with asyncpg.create_pool(database_url, min_size=1, max_size=20) as pool:
            await pool.execute(TABLE)
            yield

    async def take(request: Request) -> Response:
        await pool.execute(INSERT, await request.body())
        return Response(b"{}", media_type="application/json")

    return Starlette(routes=[Route("/phone/{id}", take, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    serving.serve(create_app(os.environ["DATABASE_URL"]), int(os.environ["PORT"]))
