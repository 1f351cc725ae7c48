"""The floor of `callRoutePreview`: a hand-written server that sends the same statements.

It does not import the product: the viewer is always one owner without a token, the policy in force is read
but its numbers are hard-coded, and it knows only the rules that the benchmark's call needs.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HOPS = 1
SESSION = """SELECT u.account_id, u.account_role, u.locale, u.home_market_id,
           u.disabled_at IS NOT NULL AS disabled, head.revoked_at IS NOT NULL AS ended
    FROM users u JOIN refresh_token head ON head.id = $2 AND head.user_id = u.id WHERE u.id = $1"""
SECRETARIAT = """SELECT secretariat.*, account.name AS account_name,
        ARRAY(SELECT number FROM secretariat_number WHERE secretariat_id = secretariat.id AND until IS NULL
              AND NOT block ORDER BY number) AS phone_numbers,
        ARRAY(SELECT number FROM secretariat_number WHERE secretariat_id = secretariat.id AND until IS NULL
              AND block ORDER BY number) AS number_blocks,
        (SELECT due_at FROM deadline WHERE kind = 'SECRETARIAT_CHECK' AND subject = secretariat.id
         AND done_at IS NULL) AS check_by
    FROM secretariat JOIN account ON account.id = secretariat.account_id WHERE account_id = $1 LIMIT 1"""
NOW = "SELECT leadgate_clock()"
POLICY = """SELECT id FROM policy WHERE market_id = $1
    ORDER BY effective_from <= leadgate_clock() DESC, effective_from DESC LIMIT 1"""
FAQ = "SELECT question, answer FROM faq_entry WHERE secretariat_id = $1 ORDER BY position, id"
FIELDS = "SELECT key, label, required FROM asked_field WHERE secretariat_id = $1 ORDER BY position"
VIPS = """SELECT * FROM vip_caller
    WHERE secretariat_id = $1 AND number = ANY($2::text[]) AND (block OR number = $3)
    ORDER BY employee_id IS NOT NULL, block, length(number) DESC, id LIMIT 20"""
OWNER = "SELECT id, name, email, locale, time_zone, mobile FROM users WHERE id = $1"
CHAIN = f"""WITH RECURSIVE chain AS (
        SELECT id, deputy_id, wish, extension, absence_text, 0 AS hop, ARRAY[id] AS walked FROM employee
        WHERE id = $1 AND secretariat_id = $2 AND removed_at IS NULL
        UNION ALL
        SELECT next.id, next.deputy_id, next.wish, next.extension, next.absence_text, hop + 1,
               walked || next.id
        FROM chain JOIN employee AS next ON next.id = chain.deputy_id AND next.removed_at IS NULL
        WHERE hop < {HOPS} AND next.id <> ALL(walked))
    SELECT * FROM chain ORDER BY hop"""
HOURS = "SELECT * FROM weekly_hours WHERE employee_id = ANY($1::uuid[])"
APPOINTMENTS = """SELECT wanted.employee_id, entry.* FROM unnest($1::uuid[]) AS wanted (employee_id)
    CROSS JOIN LATERAL (
        SELECT id, starts_at, ends_at, made_at, text, reachable FROM appointment
        WHERE appointment.employee_id = wanted.employee_id AND ends_at > $2
          AND starts_at > $2 - interval '734 days' AND starts_at <= $2 + interval '400 days'
        ORDER BY starts_at LIMIT 400) AS entry"""
NAMES = "SELECT id, first_name, last_name FROM employee WHERE id = ANY($1::uuid[]) AND removed_at IS NULL"
REASONS = {
    "appointment": "The employee has an appointment and is away.",
    "deputy_takes_all": "The deputy stands in and wants all calls to be put through.",
}
RING_SECONDS = 25


def presence(
    hours: "list[asyncpg.Record]", entries: "list[asyncpg.Record]", at: datetime, zone: ZoneInfo
) -> "tuple[asyncpg.Record | None, datetime]":
    """The appointment that holds and when that changes; the benchmark's call is within all hours."""
    local = at.astimezone(zone)
    for entry in entries:
        if entry["starts_at"] <= at < entry["ends_at"]:
            return entry, entry["ends_at"]
    minute = local.hour * 60 + local.minute
    today = next(
        span
        for span in hours
        if span["weekday"] == local.isoweekday() and span["from_minute"] <= minute < span["until_minute"]
    )
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = midnight + timedelta(minutes=today["until_minute"])
    return None, min([ends, *(entry["starts_at"] for entry in entries)])


def route(
    one: "asyncpg.Record", hop: int, rule: str, name: str, said: str | None, vip: "asyncpg.Record"
) -> dict[str, Any]:
    """One route as the query requests it."""
    through = rule == "deputy_takes_all"
    return {
        "action": "TRANSFER" if through else "TAKE_MESSAGE",
        "hop": hop,
        "number": one["extension"] if through else None,
        "ringSeconds": RING_SECONDS,
        "said": said,
        "announcement": f"I have a call from {vip['name']}. May I put it through?" if through else None,
        "employee": {"displayName": name},
        "decision": {"ruleId": rule, "reason": REASONS[rule]},
    }


def create_app(database_url: str, user: UUID, session: UUID) -> Starlette:
    """The application: one endpoint."""
    pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        async with asyncpg.create_pool(database_url, min_size=1, max_size=20) as pool:
            yield

    async def preview(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        wanted, caller = UUID(asked["employee"]), str(asked["caller"])
        at = datetime.fromisoformat(asked["at"])
        viewer = await pool.fetchrow(SESSION, user, session)
        if viewer is None or viewer["ended"]:
            return Response(status_code=401)
        company = await pool.fetchrow(SECRETARIAT, viewer["account_id"])
        if company is None:
            return Response(status_code=404)
        await pool.fetchval(NOW)
        await pool.fetchval(POLICY, company["market_id"])
        beginnings = [caller[:length] for length in range(len(caller), len(caller) - 7, -1)]
        faq = await pool.fetch(FAQ, company["id"])
        fields = await pool.fetch(FIELDS, company["id"])
        vips = await pool.fetch(VIPS, company["id"], beginnings, caller)
        owner = (await pool.fetch(OWNER, user))[0]["name"]
        chain = await pool.fetch(CHAIN, wanted, company["id"])
        ids = [one["id"] for one in chain]
        hours = await pool.fetch(HOURS, ids)
        entries = await pool.fetch(APPOINTMENTS, ids, at)
        names = {row["id"]: row for row in await pool.fetch(NAMES, ids)}
        zone = ZoneInfo(company["time_zone"])
        vip = next(vip for vip in vips if vip["employee_id"] in {None, wanted})
        routes, skipped, changes = [], [], []
        for hop, one in enumerate(chain):
            entry, until = presence(
                [row for row in hours if row["employee_id"] == one["id"]],
                [row for row in entries if row["employee_id"] == one["id"]],
                at,
                zone,
            )
            changes.append(until)
            name = f"{names[one['id']]['first_name']} {names[one['id']]['last_name']}"
            said = entry["text"] if entry else one["absence_text"]
            if entry and not entry["reachable"]:
                skipped.append(route(one, hop, "appointment", name, said, vip))
            else:
                routes.append(route(one, hop, "deputy_takes_all", name, said, vip))
        first, _, last = owner.rpartition(" ")
        found = {
            "script": {
                "greeting": company["greeting"].replace("[Vorname, Nachname]", f"{first} {last}"),
                "handlingInstruction": company["handling_instruction"],
                "faq": [dict(row) for row in faq],
                "askedFields": [dict(row) for row in fields],
                "vips": [{key: row[key] for key in ("name", "note", "treatment")} for row in vips],
            },
            "routes": {
                "standing": "VIP_OF_EMPLOYEE" if vip["employee_id"] else "VIP_OF_COMPANY",
                "changesAt": min(changes).astimezone(ZoneInfo("UTC")),
                "routes": [*routes, *skipped[:1]],
                "skipped": skipped,
            },
        }
        body = {"data": {"callRoutePreview": found}}
        return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), media_type="application/json")

    return Starlette(routes=[Route("/preview", preview, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    from bench.serving import serve

    serve(
        create_app(
            os.environ["DATABASE_URL"], UUID(os.environ["BENCH_USER"]), UUID(os.environ["BENCH_SESSION"])
        ),
        int(os.environ["PORT"]),
    )
