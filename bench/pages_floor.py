"""The floors of two more pages: a vendor's applications, and a company's calls.

Like `bench.floor`: one statement, the rules by hand, no token. It does not import the product.
"""

import base64
import os
from collections.abc import AsyncIterator, Callable
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

from bench.floor import REVEAL_AFTER, contact, decide

APPLICATIONS = """
    SELECT application.id, application.version, application.fee, application.submitted_at,
           application.received_at, application.accepted_at, application.declined_at, application.revealed_at,
           lead.id AS lead_id, lead.title, lead.category, lead.city, lead.country, lead.budget_max,
           delivery.kind, delivery.closed, contact.full_name, contact.organisation, contact.email,
           contact.phone, clock_timestamp() AS now
    FROM application JOIN lead ON lead.id = application.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id AND prospect.erased_at IS NULL
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1
    LEFT JOIN contact ON contact.lead_id = lead.id
    WHERE application.account_id = $1
    ORDER BY application.submitted_at DESC, application.id DESC LIMIT 100"""
CALLS = """
    SELECT call.id, call.version, caller, caller_trust, dialled, ringing_at, answered_at, hung_up_at,
           finished_at, closed_at, outcome, flags, agent_id, users.name AS agent_name, wanted_employee_id,
           first_name, last_name,
           ARRAY(SELECT ROW(id, ordinal, result, started_at, result_at) FROM transfer_attempt
                 WHERE call_id = call.id ORDER BY ordinal) AS attempts
    FROM call LEFT JOIN users ON users.id = agent_id LEFT JOIN employee ON employee.id = wanted_employee_id
    WHERE call.secretariat_id = (SELECT id FROM secretariat WHERE account_id = $1)
    ORDER BY ringing_at DESC, call.id DESC LIMIT 100"""
SECOND = timedelta(seconds=1)


def node_id(kind: str, row_id: UUID) -> str:
    """The global id of a row."""
    return base64.urlsafe_b64encode(f"{kind}:{row_id.hex}".encode()).decode().rstrip("=")


def status(row: "asyncpg.Record") -> str:
    """The status of an application, by hand."""
    if row["declined_at"] is not None:
        return "DECLINED"
    if row["accepted_at"] is not None:
        return "ACCEPTED"
    due = row["now"] - row["received_at"] >= REVEAL_AFTER
    return "REVEALED" if row["revealed_at"] is not None or due else "PENDING"


def application(row: "asyncpg.Record") -> dict[str, Any]:
    """One application as the query requests it."""
    verdict, rule_id, changes_at = decide(row)
    return {
        "id": node_id("Application", row["id"]),
        "version": row["version"],
        "status": status(row),
        "fee": row["fee"],
        "submittedAt": row["submitted_at"],
        "receivedAt": row["received_at"],
        "answeredAt": row["declined_at"] or row["accepted_at"],
        "revealedAt": row["revealed_at"],
        "lead": {
            "id": node_id("Lead", row["lead_id"]),
            "title": row["title"],
            "category": row["category"],
            "city": row["city"],
            "country": row["country"],
            "budgetMax": row["budget_max"],
            "contact": contact(row) if verdict == "VISIBLE" else None,
        },
        "visibility": {"verdict": verdict, "ruleId": rule_id, "changesAt": changes_at},
    }


def state(row: "asyncpg.Record", results: set[str]) -> str:
    """The state of a call, by hand."""
    if row["finished_at"] is not None or row["closed_at"] is not None:
        return "FINISHED"
    if row["hung_up_at"] is not None:
        return "HUNG_UP"
    if results & {"ACCEPTED", "CALLING"}:
        return "TRANSFERRED" if "ACCEPTED" in results else "CONSULTING"
    return "RINGING" if row["answered_at"] is None else "TALKING"


def seconds(start: datetime | None, *ends: datetime | None) -> int | None:
    """Whole seconds from an instant to the first of others."""
    known = [end for end in ends if end is not None]
    return None if start is None or not known else (min(known) - start) // SECOND


def call(row: "asyncpg.Record") -> dict[str, Any]:
    """One call as the query requests it."""
    attempts = row["attempts"]
    accepted = [at for _, _, result, _, at in attempts if result == "ACCEPTED"]
    agent = None if row["agent_id"] is None else {"name": row["agent_name"]}
    wanted = None
    if row["wanted_employee_id"] is not None:
        wanted = {
            "id": node_id("Employee", row["wanted_employee_id"]),
            "displayName": f"{row['first_name']} {row['last_name']}",
        }
    return {
        "id": node_id("Call", row["id"]),
        "version": row["version"],
        "state": state(row, {result for _, _, result, _, _ in attempts}),
        "outcome": row["outcome"],
        "flags": sorted(row["flags"]),
        "caller": row["caller"],
        "callerTrust": row["caller_trust"],
        "dialled": row["dialled"],
        "startedAt": row["ringing_at"],
        "answeredAt": row["answered_at"],
        "hungUpAt": row["hung_up_at"],
        "endedAt": row["finished_at"] or row["closed_at"],
        "waitSeconds": seconds(row["ringing_at"], row["answered_at"] or row["hung_up_at"]),
        "talkSeconds": seconds(row["answered_at"], row["hung_up_at"], *accepted),
        "agent": agent,
        "wantedEmployee": wanted,
        "attempts": [
            {
                "id": node_id("TransferAttempt", id_),
                "ordinal": ordinal,
                "result": result,
                "startedAt": started_at,
            }
            for id_, ordinal, result, started_at, _ in attempts
        ],
    }


def create_app(database_url: str, vendor: UUID) -> Starlette:
    """The application: an endpoint for each page, one statement each."""
    pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with asyncpg.create_pool(database_url, min_size=1, max_size=20) as pool:
            yield

    def page(name: str, sql: str, written: "Callable[[asyncpg.Record], dict[str, Any]]") -> Route:
        async def answer(_: Request) -> Response:
            rows = await pool.fetch(sql, vendor)
            body = {"data": {name: {"nodes": [written(row) for row in rows]}}}
            return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), media_type="application/json")

        return Route(f"/{name}", answer)

    routes = [page("applications", APPLICATIONS, application), page("calls", CALLS, call)]
    return Starlette(routes=routes, lifespan=lifespan)


if __name__ == "__main__":
    from bench.serving import serve

    serve(
        create_app(os.environ["DATABASE_URL"], UUID(os.environ["BENCH_VENDOR"])),
        int(os.environ["PORT"]),
    )
