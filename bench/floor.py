"""The floor of the list query: a hand-written server with as little code as the JSON response needs.

It does not import the product: the viewer is always one vendor without a token, and the policy is hard-coded.
"""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

REVEAL_AFTER = timedelta(hours=48)
SQL = """
    SELECT lead.id, lead.title, lead.brief, lead.category, lead.city, lead.country, lead.budget_max,
           lead.published_at, application.received_at, application.accepted_at, application.declined_at,
           delivery.kind, delivery.closed, contact.full_name, contact.organisation, contact.email,
           contact.phone, clock_timestamp() AS now
    FROM lead JOIN prospect ON prospect.id = lead.prospect_id
    LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1
    LEFT JOIN contact ON contact.lead_id = lead.id
         AND (application.id IS NOT NULL OR delivery.id IS NOT NULL)
    WHERE prospect.erased_at IS NULL
    ORDER BY lead.published_at DESC, lead.id DESC LIMIT 100"""

Decision = tuple[str, str, datetime | None]


def decide(row: "asyncpg.Record") -> Decision:  # noqa: PLR0911 - written as people write it
    """The rules of visibility for a vendor, by hand."""
    received_at, accepted_at, declined_at = row["received_at"], row["accepted_at"], row["declined_at"]
    if row["closed"] == "NO_CONSENT":
        return "HIDDEN", "no_consent_upheld", None
    if row["kind"] in {"LEAD_CLUB", "RECORD"}:
        return "VISIBLE", "delivered", None
    if received_at is None:
        return "HIDDEN", "nothing_applied_for", None
    if declined_at is not None and accepted_at is not None:
        return "VISIBLE", "acceptance_withdrawn", None
    if declined_at is not None:
        late = declined_at - received_at >= REVEAL_AFTER
        return ("VISIBLE", "declined_late", None) if late else ("HIDDEN", "declined_in_time", None)
    if accepted_at is not None:
        return "VISIBLE", "prospect_accepted", None
    if row["now"] - received_at >= REVEAL_AFTER:
        return "VISIBLE", "revealed_by_silence", None
    return "HIDDEN", "still_waiting", received_at + REVEAL_AFTER


def contact(row: "asyncpg.Record") -> dict[str, Any]:
    """The contact data of a row, which the rules must have made visible."""
    return {
        "fullName": row["full_name"],
        "organisation": row["organisation"],
        "email": row["email"],
        "phone": row["phone"],
    }


def lead(row: "asyncpg.Record") -> dict[str, Any]:
    """One lead as the query requests it."""
    verdict, rule_id, changes_at = decide(row)
    return {
        "id": base64.urlsafe_b64encode(b"Lead:" + row["id"].hex.encode()).decode().rstrip("="),
        "title": row["title"],
        "brief": row["brief"],
        "category": row["category"],
        "city": row["city"],
        "country": row["country"],
        "budgetMax": row["budget_max"],
        "publishedAt": row["published_at"],
        "visibility": {"verdict": verdict, "ruleId": rule_id, "changesAt": changes_at},
        "contact": contact(row) if verdict == "VISIBLE" else None,
    }


def create_app(database_url: str, vendor: UUID, statements: int = 100) -> Starlette:
    """The application: one endpoint, one statement; `statements` are those that a connection prepares."""
    pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with asyncpg.create_pool(
            database_url, min_size=1, max_size=20, statement_cache_size=statements
        ) as pool:
            yield

    async def leads(_: Request) -> Response:
        rows = await pool.fetch(SQL, vendor)
        body = {"data": {"leads": {"nodes": [lead(row) for row in rows]}}}
        return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), media_type="application/json")

    return Starlette(routes=[Route("/leads", leads)], lifespan=lifespan)


if __name__ == "__main__":
    from bench.serving import serve

    serve(
        create_app(
            os.environ["DATABASE_URL"],
            UUID(os.environ["BENCH_VENDOR"]),
            int(os.environ.get("BENCH_STATEMENTS", "100")),
        ),
        int(os.environ["PORT"]),
    )
