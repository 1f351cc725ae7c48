"""Reading feeds that are due: claimed in one transaction, fetched and read outside, stored in another.

A worker that is killed leaves a claim, which ends by itself. What fails is tried again, later each time.
"""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.sealing import SealBroken, Sealer
from models.calls.calendars.address import open_address
from models.calls.calendars.fetching import CalendarClient, Validators
from models.calls.calendars.limits import FIRST_PAUSE, LONGEST_PAUSE, READ_AT_LEAST
from models.calls.calendars.reading import (
    CalendarProblem,
    CalendarText,
    CalendarUnread,
    Reading,
    read_calendar,
)
from models.calls.calendars.store import store_absences, store_hours
from models.calls.facts import policy_now
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Wake
from rules import Policy

READ_AT_ONCE = 2  # processes that read, of a worker
LEASE = timedelta(minutes=2)  # longer than fetching and reading take together
JITTER = 0.1  # of a pause, so that feeds that were added together are not read together for ever

# Materialized: a plan that ran the inner part again for each row would claim more than the limit.
_CLAIM = """WITH due AS MATERIALIZED (
        SELECT id, leadgate_clock() AS now FROM employee_calendar
        WHERE next_at <= leadgate_clock() ORDER BY next_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE employee_calendar SET next_at = due.now + $2::interval FROM due
    WHERE employee_calendar.id = due.id
    RETURNING employee_calendar.id"""
_DUE = """SELECT employee_calendar.id, employee_calendar.version, employee_id, url, use_titles,
        tentative_counts, etag, last_modified, digest, read_at, language, time_zone, account_id, market_id
    FROM employee_calendar JOIN employee ON employee.id = employee_id
        JOIN secretariat ON secretariat.id = secretariat_id
    WHERE employee_calendar.id = ANY($1::uuid[])"""
_LOCK = """SELECT failures, failing_since, stale_since FROM employee_calendar
    WHERE id = $1 AND version = $2 FOR NO KEY UPDATE"""
_SUCCEED = """UPDATE employee_calendar SET fetched_at = $2, next_at = $3, failures = 0, problem = NULL,
        failing_since = NULL, stale_since = NULL, etag = $4, last_modified = $5
    WHERE id = $1"""
_WAS_READ = "UPDATE employee_calendar SET read_at = $2, digest = $3, warnings = $4::jsonb WHERE id = $1"
_FAIL = """UPDATE employee_calendar SET next_at = $2, failures = $3, problem = $4, failing_since = $5,
        stale_since = $6
    WHERE id = $1"""


@dataclass(frozen=True, slots=True)
class DueCalendar:
    """A feed that is due, and what reading it needs."""

    id: UUID
    version: int
    employee_id: UUID
    url: bytes = field(repr=False)
    titles: bool
    tentative: bool
    validators: Validators
    digest: bytes | None
    read_at: datetime | None
    language: str
    zone: ZoneInfo
    account_id: UUID
    market_id: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """What a request has found: None for `content` if it is the same as before."""

    validators: Validators
    content: CalendarText | None
    digest: bytes | None = None


async def claim_due(most: int) -> list[DueCalendar]:
    """Claim feeds that are due, the longest due first; others do not get them until the claim ends."""
    async with transaction() as conn:
        claimed = [row["id"] for row in await fetch(conn, _CLAIM, most, LEASE)]
    if not claimed:
        return []
    return [_due(row) for row in await fetch(connection(), _DUE, claimed)]


def _due(row: Record) -> DueCalendar:
    return DueCalendar(
        row["id"],
        row["version"],
        row["employee_id"],
        row["url"],
        row["use_titles"],
        row["tentative_counts"],
        Validators(row["etag"], row["last_modified"]),
        row["digest"],
        row["read_at"],
        row["language"],
        ZoneInfo(row["time_zone"]),
        row["account_id"],
        row["market_id"],
    )


def pause_after(policy: Policy, failures: int, share: float) -> timedelta:
    """Return the time until the next attempt: after a failure a minute, then twice as long with each failure,
    up to six hours.

    `share`, from 0 to 1, is the place within the jitter.
    """
    pause = timedelta(seconds=policy.call.calendar_refresh_seconds)
    if failures:
        pause = min(FIRST_PAUSE * (1 << min(failures - 1, 20)), max(LONGEST_PAUSE, pause))
    return pause * (1 + (2 * share - 1) * JITTER)


@dataclass(slots=True)
class CalendarReader:
    """Reads feeds with one client; two at the same time are read in processes of their own."""

    client: CalendarClient
    sealer: Sealer
    wake: Wake
    _reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(READ_AT_ONCE))

    async def refresh(self, due: DueCalendar, share: float) -> CalendarProblem | None:
        """Read a claimed feed and store what it says; return the problem, if there was one.

        `share`, from 0 to 1, is the place of the next attempt within the jitter.
        """
        policy, now = await policy_now(connection(), due.market_id), await database_now(connection())
        try:
            found = await self._found(due, policy, now)
        except CalendarUnread as error:
            await self._note_failure(due, policy, error.problem, share)
            return error.problem
        await _store(due, policy, found, share)
        return None

    async def _found(self, due: DueCalendar, policy: Policy, now: datetime) -> Found:
        try:
            url = open_address(self.sealer, due.id, due.url)
        except SealBroken:
            raise CalendarUnread(CalendarProblem.SEALED) from None
        fresh = due.read_at is not None and now - due.read_at < READ_AT_LEAST
        fetched = await self.client.fetch(url, due.validators if fresh else Validators())
        if fetched is None:
            return Found(due.validators, None)
        digest = hashlib.sha256(fetched.content).digest()
        if fresh and digest == due.digest:
            return Found(fetched.validators, None)
        horizon = timedelta(days=policy.call.calendar_horizon_days)
        how = Reading(due.zone, now, horizon, tentative=due.tentative, titles=due.titles)
        async with self._reading:
            return Found(fetched.validators, await read_calendar(fetched.content, how), digest)

    async def _note_failure(
        self, due: DueCalendar, policy: Policy, problem: CalendarProblem, share: float
    ) -> None:
        async with transaction() as conn:
            row = await fetch_one(conn, _LOCK, due.id, due.version)
            if row is None:  # changed or deleted meanwhile
                return
            now = await database_now(conn)
            since = row["failing_since"] or now
            stale = timedelta(seconds=policy.call.calendar_stale_seconds)
            stale_since = row["stale_since"] or (since if now - since >= stale else None)
            journal = Journal(now)
            if stale_since is not None and row["stale_since"] is None:
                journal.events.append(_stale_event(due, now))
            failures = row["failures"] + 1
            again = now + pause_after(policy, failures, share)
            await fetch(conn, _FAIL, due.id, again, failures, problem, since, stale_since)
            if journal.events:
                await journal.write(conn)
        await self.wake.send(journal.recipients, journal.due)


def _stale_event(due: DueCalendar, now: datetime) -> EventRow:
    parameters: dict[str, object] = {"calendarId": str(due.id), "employeeId": str(due.employee_id)}
    return EventRow(due.account_id, NotificationKind.CALENDAR_STALE, now, parameters=parameters)


async def _store(due: DueCalendar, policy: Policy, found: Found, share: float) -> None:
    async with transaction() as conn:
        if await fetch_one(conn, _LOCK, due.id, due.version) is None:  # changed or deleted meanwhile
            return
        now = await database_now(conn)
        again = now + pause_after(policy, 0, share)
        validators = found.validators
        await fetch(conn, _SUCCEED, due.id, now, again, validators.etag, validators.last_modified)
        if found.content is not None:
            await store_text(
                conn,
                due.id,
                due.employee_id,
                found.content,
                language=due.language,
                zone=due.zone,
                now=now,
                digest=found.digest,
            )


async def store_text(
    conn: Connection,
    calendar_id: UUID,
    employee_id: UUID,
    text: CalendarText,
    *,
    language: str,
    zone: ZoneInfo,
    now: datetime,
    digest: bytes | None,
) -> None:
    """Replace everything that a locked calendar has said before."""
    await fetch(conn, _WAS_READ, calendar_id, now, digest, orjson.dumps(dict(text.warnings)).decode())
    await store_absences(conn, calendar_id, employee_id, text.away, language=language, zone=zone, now=now)
    await store_hours(conn, calendar_id, text.hours)
