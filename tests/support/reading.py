"""Shortcuts to read the results of actions, and the refusal that a call raises.

They change nothing, except the facts that only the system records.
"""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from asyncpg import Record

from models.base.database import connection, fetch, fetch_one
from models.base.refusal import Refusal, RefusalCode

REVEAL_AFTER = timedelta(hours=48)
REMIND_AFTER = timedelta(hours=24)


async def row(table: str, **where: object) -> Record:
    """Return the one row of a table with these values."""
    rows = await rows_of(table, **where)
    assert len(rows) == 1, f"{len(rows)} rows of {table} with {where}"
    return rows[0]


async def rows_of(table: str, **where: object) -> list[Record]:
    """Return all rows of a table with these values, oldest first."""
    conditions = " AND ".join(f"{name} = ${place}" for place, name in enumerate(where, start=1)) or "true"
    return await fetch(connection(), f"SELECT * FROM {table} WHERE {conditions} ORDER BY id", *where.values())


async def application(application_id: UUID) -> Record:
    """Return the stored application."""
    return await row("application", id=application_id)


async def points(account_id: UUID) -> tuple[int, int]:
    """Return an account's available points and points on hold."""
    found = await fetch_one(
        connection(), "SELECT available, on_hold FROM balance WHERE account_id = $1", account_id
    )
    return (0, 0) if found is None else (found["available"], found["on_hold"])


async def movements(application_id: UUID) -> list[tuple[str, dict[str, int]]]:
    """Return the movements of an application, in order: kind, and legs by book."""
    found = await fetch(
        connection(),
        """SELECT kind, (SELECT json_object_agg(book, amount) FROM posting WHERE group_id = posting_group.id)
                  ->> 'AVAILABLE' AS available,
                  (SELECT json_object_agg(book, amount) FROM posting WHERE group_id = posting_group.id)
                  ->> 'HOLD' AS hold,
                  (SELECT json_object_agg(book, amount) FROM posting WHERE group_id = posting_group.id)
                  ->> 'REVENUE' AS revenue
           FROM posting_group WHERE subject = $1 ORDER BY ordinal""",
        application_id,
    )
    return [
        (
            one["kind"],
            {book: int(one[book.lower()]) for book in ("AVAILABLE", "HOLD", "REVENUE") if one[book.lower()]},
        )
        for one in found
    ]


async def event_kinds(recipient: UUID) -> list[str]:
    """Return the kinds of a recipient's events, in the feed's order."""
    found = await fetch(
        connection(), "SELECT kind FROM feed_event WHERE recipient = $1 ORDER BY seq", recipient
    )
    return [one["kind"] for one in found]


async def mailed(application_id: UUID) -> list[str]:
    """Return the templates of the messages about an application."""
    return sorted(one["template"] for one in await rows_of("outbox_message", subject=application_id))


async def outcomes(application_id: UUID) -> dict[str, str | None]:
    """Return the outcomes of an application's deadlines, by kind."""
    return {one["kind"]: one["outcome"] for one in await rows_of("deadline", subject=application_id)}


async def decided(application_id: UUID, ruleset: str) -> list[str]:
    """Return the rules that decided about an application, oldest first."""
    return [one["rule_id"] for one in await rows_of("decision", subject=application_id, ruleset=ruleset)]


async def system_saw(application_id: UUID, *, both_joined: bool = False, call_seconds: int = 0) -> None:
    """Record facts that only the system can: that both sides joined the link, or how long a call was.

    The call is one whose caller was forgotten since.
    """
    await fetch(
        connection(),
        "UPDATE application SET both_joined = $2, call_seconds = $3 WHERE id = $1",
        application_id,
        both_joined,
        call_seconds,
    )
    if call_seconds:
        await fetch(connection(), _TALK, application_id, call_seconds)


_TALK = """WITH asked AS (SELECT application.*, lead.market_id FROM application
        JOIN lead ON lead.id = application.lead_id WHERE application.id = $1),
    made AS (
        INSERT INTO secretariat (id, account_id, market_id, version, greeting, language, time_zone,
                                 holidays_of, transfer_included, made_at)
        SELECT gen_random_uuid(), account_id, market_id, 1, '[Vorname]', 'de', 'Europe/Berlin', 'DE', true,
               received_at FROM asked RETURNING id),
    somebody AS (
        INSERT INTO employee (id, secretariat_id, version, first_name, last_name, sort_key, email, sms_tick,
                              vip_sms_tick, wish, made_at)
        SELECT gen_random_uuid(), made.id, 1, 'Jo', 'Doe', 'doe', 'doe@vendor.example', false, false, 'ALL',
               received_at FROM made, asked RETURNING id),
    talk AS (
        INSERT INTO call (id, version, secretariat_id, policy_id, caller_shown, caller_kind, caller_trust,
                          dialled, ringing_at, closed_at, outcome, forgotten_at)
        SELECT gen_random_uuid(), 1, made.id, policy_id, '', 'WITHHELD', 'WITHHELD', '+493023125100',
               received_at + interval '1 microsecond', received_at + interval '1 microsecond', 'TRANSFERRED',
               received_at + interval '1 microsecond'
        FROM made, asked RETURNING id, ringing_at)
    INSERT INTO transfer_attempt (id, call_id, ordinal, employee_id, number, started_at, result, result_at,
                                  talk_seconds, measured, decision_id, by)
    SELECT gen_random_uuid(), talk.id, 1, somebody.id, '', ringing_at, 'ACCEPTED', ringing_at, $2::int, true,
           gen_random_uuid(), 'SYSTEM' FROM talk, somebody"""


async def erase(prospect_id: UUID, at: datetime) -> None:
    """Mark a person as erased."""
    await fetch(connection(), "UPDATE prospect SET erased_at = $2 WHERE id = $1", prospect_id, at)


async def refusal(call: Awaitable[object]) -> Refusal:
    """Await a call that must be refused, and return the refusal."""
    with pytest.raises(Refusal) as caught:
        await call
    return caught.value


async def refused(call: Awaitable[object], code: RefusalCode, field: str | None = None) -> Refusal:
    """Await a call that must be refused with this code, and with this field if one is given."""
    found = await refusal(call)
    assert found.code is code, f"{found.code}: {found.message}"
    if field is not None:
        assert found.field == (field,)
    return found
