"""Takes an event of a telephone system: one transaction finds or begins its call and merges what it says.

Each event is claimed by its key, so a repetition changes nothing. Events of one call wait for each other: of
a known call, at its row; if they may begin a call, or make it known by another id, at all of its ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from asyncpg import Record
from tortoise.exceptions import IntegrityError

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.one_statement import Change, write_together
from models.calls.call_case import CallCase
from models.calls.call_store import LOCKED_COLUMNS, locked_cases
from models.calls.closing import CALL
from models.calls.merge import FactKind, begin_call
from models.calls.phone.event import PhoneEvent
from models.calls.phone.facts import (
    Numbers,
    employees_by,
    employees_of,
    extensions_of,
    facts_of,
    number_of,
    numbers_of,
)
from models.calls.phone.system import System
from models.calls.phone.tables import PhoneEventResult
from models.calls.take_fact import company_called, merge_facts, save_merged
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from models.process.wake import Wake

# For so long after its last fact, an open call is continued by a diverted one from the same caller (sipgate).
DIVERTED_WITHIN = timedelta(seconds=60)

_LOCK = (
    "SELECT count(pg_advisory_xact_lock(hashtextextended('phone:' || key, 0))) FROM unnest($1::text[]) AS key"
)
_KNOWN = """SELECT system.version, event.call_id, event.id AS event_id
    FROM phone_system AS system
    LEFT JOIN phone_event AS event ON event.system_id = system.id AND event.event_key = $2
    WHERE system.id = $1 AND deleted_at IS NULL"""
_IDS = frozenset({"call_external_id_key", "call_leg_external_id_key"})
_ID_TAKEN = "Another call has its id, or the id of its leg."
# Locks the call, if one of the ids is known, and then claims the event, if the system is still as it was when
# it was verified; one row. $9 is 1 if the event is to be claimed for a known call only.
_CLAIM = f"""WITH known AS MATERIALIZED (
        SELECT {LOCKED_COLUMNS}, {employees_by("$10")} AS employees
        FROM call JOIN secretariat ON secretariat.id = call.secretariat_id
        WHERE call.id = (
            SELECT call_id FROM phone_call_key WHERE system_id = $6 AND key_hash = ANY($8::bytea[])
            ORDER BY made_at, id LIMIT 1)
        FOR NO KEY UPDATE OF call),
    claimed AS (
        INSERT INTO phone_event (id, system_id, event_key, kind, at, received_at, sha256, result)
        SELECT $1, system.id, $2, $3, coalesce($4, leadgate_clock()), leadgate_clock(), $5, 'IGNORED'
        FROM phone_system AS system
        WHERE system.id = $6 AND system.version = $7 AND deleted_at IS NULL
          AND (SELECT count(*) FROM known) >= $9::int
        ON CONFLICT (system_id, event_key) DO NOTHING RETURNING received_at)
    SELECT received_at, known.* FROM (SELECT) AS one LEFT JOIN known ON true LEFT JOIN claimed ON true"""
_DIVERTED = f"""SELECT {LOCKED_COLUMNS} FROM call JOIN secretariat ON secretariat.id = call.secretariat_id
    WHERE call.id = (
        SELECT known.id FROM call AS known
        WHERE known.caller = $2 AND known.dialled = $3 AND known.finished_at IS NULL
          AND known.closed_at IS NULL
          AND EXISTS (SELECT FROM phone_event AS event WHERE event.call_id = known.id
                      AND event.system_id = $1 AND event.received_at >= $4)
        ORDER BY known.ringing_at DESC, known.id LIMIT 1)
    FOR NO KEY UPDATE OF call"""
# What is said about a caller who was forgotten is not kept, and the hash of it could be guessed.
_SETTLE = """UPDATE phone_event SET call_id = $2, result = $3::text, detail = $4,
    sha256 = CASE WHEN $3::text = 'IGNORED' THEN NULL ELSE sha256 END WHERE id = $1"""
_KEYS = """INSERT INTO phone_call_key (id, system_id, key_hash, call_id, made_at)
    SELECT new.id, $3, new.key_hash, $4, $5 FROM unnest($1::uuid[], $2::bytea[]) AS new (id, key_hash)
    ON CONFLICT (system_id, key_hash) DO NOTHING"""


class SystemChanged(Exception):  # noqa: N818 - named for what came
    """The telephone system was changed or deleted since its secrets were read; read them again."""


@dataclass(frozen=True, slots=True)
class TakenEvent:
    """What became of an event; the call is None if it has none."""

    result: PhoneEventResult
    call_id: UUID | None = None


async def take_event(wake: Wake, system: System, event: PhoneEvent, body: bytes) -> TakenEvent:
    """Merge an event that was verified into its call, which it begins if none is known and a company answers
    the number that was dialled, or else the one that was diverted. Raises `SystemChanged`.
    """
    keys = (event.call, *event.joins)
    numbers = numbers_of(system, event)
    try:
        return await _taken(wake, system, event, body, keys, numbers)
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        return await _ignored(system, event, body, keys, numbers)


async def _taken(
    wake: Wake, system: System, event: PhoneEvent, body: bytes, keys: Sequence[str], numbers: Numbers
) -> TakenEvent:
    async with transaction() as conn:
        event_id = new_id()
        claimed = await _claim(conn, event_id, system, event, body, keys, numbers)
        if claimed["received_at"] is None:
            return await _claimed_before(conn, system, event)
        journal, known_by_key = Journal(claimed["received_at"]), claimed["id"] is not None
        rows = [claimed] if known_by_key else await _diverted(conn, system, event, numbers, journal)
        case = await _locked(conn, rows, journal) or await _begun(conn, system, event, numbers, journal)
        if case is None or case.forgotten_at is not None:
            taken, detail = not_taken(case, numbers)
            await fetch(conn, _SETTLE, event_id, taken.call_id, taken.result, detail)
            if case is not None and event.joins:  # so that what follows by another id is ignored, too
                await write_together(conn, [_known_as(system, keys, case.id, journal.now)])
            return taken
        employees = (
            dict(claimed["employees"])
            if known_by_key
            else await employees_of(conn, case.secretariat_id, numbers)
        )
        facts = facts_of(system, event, numbers, employees, case.dialled, journal.now)
        await merge_facts(conn, [(case, facts)], journal)
        result = PhoneEventResult.APPLIED if case.changed else PhoneEventResult.DUPLICATE
        if not known_by_key or event.joins:
            journal.own.append(_known_as(system, keys, case.id, journal.now))
        await save_merged(conn, [case], journal, _settled(event_id, case.id, result, event, system))
    await wake.send(journal.recipients, journal.due)
    return TakenEvent(result, case.id)


def _is_taken(error: IntegrityError) -> bool:
    """Return whether a call or a leg has an id that another one has: the system gave it twice."""
    constraint = getattr(error.args[0] if error.args else None, "constraint_name", None)
    return constraint in _IDS


async def _ignored(
    system: System, event: PhoneEvent, body: bytes, keys: Sequence[str], numbers: Numbers
) -> TakenEvent:
    """Note an event that cannot be merged, however often it is sent."""
    async with transaction() as conn:
        event_id = new_id()
        claimed = await _claim(conn, event_id, system, event, body, keys, numbers)
        if claimed["received_at"] is None:
            return await _claimed_before(conn, system, event)
        await fetch(conn, _SETTLE, event_id, claimed["id"], PhoneEventResult.IGNORED, _ID_TAKEN)
    return TakenEvent(PhoneEventResult.IGNORED, claimed["id"])


async def _claim(
    conn: Connection,
    event_id: UUID,
    system: System,
    event: PhoneEvent,
    body: bytes,
    keys: Sequence[str],
    numbers: Numbers,
) -> Record:
    """Claim the event; return the row of its call, locked, whose `id` is None if it is unknown.

    `received_at` is None if the event was claimed before, or the system has changed. The ids of a known call
    need no lock, if the event has no other: nobody locks a call and then its ids.
    """
    values = (
        event_id,
        event.key,
        event.kind,
        event.at,
        sha256(body).digest(),
        system.id,
        system.version,
        hashes_of(keys),
    )
    extensions = extensions_of(numbers)
    if not event.joins and not may_begin(event):
        (row,) = await fetch(conn, _CLAIM, *values, 1, extensions)
        if row["id"] is not None:
            return row
    await fetch(conn, _LOCK, sorted(f"{system.id.hex}:{key}" for key in keys))
    (row,) = await fetch(conn, _CLAIM, *values, 0, extensions)
    return row


def may_begin(event: PhoneEvent) -> bool:
    """Return whether an event is usually the first of its call: the caller's leg rings."""
    return event.kind is FactKind.RINGING and event.leg is None


async def _claimed_before(conn: Connection, system: System, event: PhoneEvent) -> TakenEvent:
    row = await fetch_one(conn, _KNOWN, system.id, event.key)
    if row is None or row["version"] != system.version:
        raise SystemChanged
    return TakenEvent(PhoneEventResult.DUPLICATE, row["call_id"])


async def _diverted(
    conn: Connection, system: System, event: PhoneEvent, numbers: Numbers, journal: Journal
) -> list[Record]:
    """Lock and return the open call that an event continues, which names none of its ids."""
    caller = number_of(system, event.caller)
    if numbers.diverted_from is None or caller is None:
        return []
    since = journal.now - DIVERTED_WITHIN
    return await fetch(conn, _DIVERTED, system.id, caller, numbers.diverted_from, since)


async def _locked(conn: Connection, rows: Sequence[Record], journal: Journal) -> CallCase | None:
    """Return the call that was locked, with its due deadline carried out; None without one."""
    if not rows:
        return None
    (case,), _ = await locked_cases(conn, rows)
    await settle_due(conn, CALL, [case], journal)
    return case


async def _begun(
    conn: Connection, system: System, event: PhoneEvent, numbers: Numbers, journal: Journal
) -> CallCase | None:
    """Begin the call of an event at the company that answers its number; None if it is nobody's."""
    for dialled in (numbers.dialled, numbers.diverted_from):
        company = await company_called(conn, dialled, journal)
        if company is not None and dialled is not None:
            employees = await employees_of(conn, company.secretariat_id, numbers)
            facts = facts_of(system, event, numbers, employees, dialled, journal.now)
            return begin_call(f"{system.id.hex}:{event.call}", dialled, company, facts[0])
    return None


def not_taken(case: CallCase | None, numbers: Numbers) -> tuple[TakenEvent, str]:
    """Return what becomes of an event that is merged into no call, and why."""
    if case is not None:
        return TakenEvent(PhoneEventResult.IGNORED, case.id), "The caller was forgotten."
    unassigned = TakenEvent(PhoneEventResult.UNASSIGNED)
    if numbers.dialled is None:
        return unassigned, "The call is unknown, and the number that was dialled is missing or unreadable."
    return unassigned, f"No company has the number {numbers.dialled}."


def _settled(
    event_id: UUID, call_id: UUID, result: PhoneEventResult, event: PhoneEvent, system: System
) -> Change:
    return Change(_SETTLE, (event_id, call_id, result, detail_of(event, system)))


def detail_of(event: PhoneEvent, system: System) -> str | None:
    """Return what the operator should know of an event that was merged."""
    stranger = bool(event.users) and not any(name in system.agents for name in event.users)
    return "The system's user is no agent." if stranger else None


def _known_as(system: System, keys: Sequence[str], call_id: UUID, now: datetime) -> Change:
    ids = [new_id() for _ in keys]
    return Change(_KEYS, (ids, hashes_of(keys), system.id, call_id, now))


def hashes_of(keys: Sequence[str]) -> list[bytes]:
    """Return the ids of a call as they are stored."""
    return [sha256(key.encode()).digest() for key in keys]
