"""Takes events of different calls that arrive together, in one transaction with the same few statements.

What becomes of each is what `take_event` makes of it alone. What is not plain is left to it: an event that
joins calls or was diverted, whose call somebody has locked, or that arrives before its call is known. Nothing
here waits for a call or an id, nor long for a feed, so that no event waits for the neighbours of another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.base.one_statement import Change
from models.calls.call_case import CallCase
from models.calls.call_store import LOCKED_COLUMNS, locked_cases
from models.calls.closing import CALL
from models.calls.merge import PhoneFact, begin_call
from models.calls.phone.event import PhoneEvent
from models.calls.phone.facts import (
    Numbers,
    employees_by,
    employees_of,
    extensions_of,
    facts_of,
    numbers_of,
)
from models.calls.phone.system import System
from models.calls.phone.tables import PhoneEventResult
from models.calls.phone.take_event import (
    SystemChanged,
    TakenEvent,
    detail_of,
    hashes_of,
    may_begin,
    not_taken,
)
from models.calls.take_fact import companies_called, merge_facts, save_merged
from models.contact_data.redaction import Redacted
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from models.process.wake import Wake

# For what an account's feed or deadline is locked by; then each event is taken alone, and waits alone.
_LOCK_TIMEOUT = "100ms"
# One row for each event, in order. Calls and ids that another transaction has locked are passed over; then
# `id` is None, or `free` is false. `now` is since the calls were locked.
_FIND = f"""WITH wanted AS (
        SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bytea[], $5::text[]) WITH ORDINALITY
            AS wanted (system_id, system_version, event_key, key_hash, begins, place)),
    tried AS MATERIALIZED (
        SELECT place, pg_try_advisory_xact_lock(hashtextextended('phone:' || begins, 0)) AS free
        FROM wanted WHERE begins IS NOT NULL),
    found AS MATERIALIZED (
        SELECT place, free, system.id IS NOT NULL AS as_verified, event.id AS event_id,
            event.call_id AS taken_by, key.call_id
        FROM wanted LEFT JOIN tried USING (place)
        LEFT JOIN phone_system AS system
            ON system.id = wanted.system_id AND version = system_version AND deleted_at IS NULL
        LEFT JOIN phone_event AS event
            ON event.system_id = wanted.system_id AND event.event_key = wanted.event_key
        LEFT JOIN phone_call_key AS key
            ON key.system_id = wanted.system_id AND key.key_hash = wanted.key_hash),
    known AS MATERIALIZED (
        SELECT {LOCKED_COLUMNS}, {employees_by("$6")} AS employees
        FROM call JOIN secretariat ON secretariat.id = call.secretariat_id
        WHERE call.id = ANY(ARRAY(SELECT call_id FROM found WHERE as_verified AND event_id IS NULL))
        ORDER BY call.id FOR NO KEY UPDATE OF call SKIP LOCKED)
    SELECT found.*, clock.now, known.*
    FROM (SELECT leadgate_clock() AS now, set_config('lock_timeout', '{_LOCK_TIMEOUT}', true)
          FROM (SELECT count(*) FROM known) AS locked) AS clock
    CROSS JOIN found LEFT JOIN known ON known.id = found.call_id ORDER BY found.place"""
_EVENTS = """INSERT INTO phone_event (id, system_id, event_key, kind, at, sha256, call_id, result, detail,
        received_at)
    SELECT *, $10::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[],
        $6::bytea[], $7::uuid[], $8::text[], $9::text[])"""
# Fails if an id became known meanwhile: then each event is taken alone.
_KEYS = """INSERT INTO phone_call_key (id, system_id, key_hash, call_id, made_at)
    SELECT *, $5::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[])"""


@dataclass(frozen=True, slots=True, repr=False)
class Arrived(Redacted):
    """An event that was verified."""

    system: System
    event: PhoneEvent
    body: bytes

    @property
    def call(self) -> str:
        """The id of its call, of all systems."""
        return f"{self.system.id.hex}:{self.event.call}"

    @property
    def key(self) -> str:
        """Its key, of all systems."""
        return f"{self.system.id.hex}:{self.event.key}"

    @property
    def plain(self) -> bool:
        """Whether it may be taken together with others."""
        return not self.event.joins and not (may_begin(self.event) and self.event.diverted_from)


# None: the event is to be taken alone.
Outcome: TypeAlias = TakenEvent | SystemChanged | None


@dataclass(slots=True)
class _Batch:
    """What one transaction has found and is about to write."""

    arrived: Sequence[Arrived]
    journal: Journal
    outcomes: list[Outcome]
    numbers: Sequence[Numbers]
    told: dict[int, tuple[CallCase, list[PhoneFact]]] = field(default_factory=dict)  # by place
    rows: list[tuple[object, ...]] = field(default_factory=list)
    keys: list[tuple[object, ...]] = field(default_factory=list)

    def settle(self, place: int, taken: TakenEvent, detail: str | None) -> None:
        """Note what has become of an event."""
        one = self.arrived[place]
        event, digest = one.event, sha256(one.body).digest()
        # What is said about a caller who was forgotten is not kept, and the hash of it could be guessed.
        kept = None if taken.result is PhoneEventResult.IGNORED else digest
        said = (event.key, event.kind, event.at or self.journal.now, kept)
        self.rows.append((new_id(), one.system.id, *said, taken.call_id, taken.result, detail))
        self.outcomes[place] = taken

    def tell(self, place: int, case: CallCase, employees: Mapping[str, UUID]) -> None:
        """Note what an event says about its call."""
        one = self.arrived[place]
        facts = facts_of(
            one.system, one.event, self.numbers[place], employees, case.dialled, self.journal.now
        )
        self.told[place] = (case, facts)


async def take_together(wake: Wake, arrived: Sequence[Arrived]) -> list[Outcome]:
    """Merge plain events of different calls, with different keys; return what became of each, in order.

    All or nothing: if it raises, nothing was done. None stands for one that is to be taken alone.
    """
    async with transaction() as conn:
        numbers = [numbers_of(one.system, one.event) for one in arrived]
        found = await _find(conn, arrived, numbers)
        batch = _Batch(arrived, Journal(found[0]["now"]), [None] * len(arrived), numbers)
        known: dict[UUID, int] = {}
        begin: list[int] = []
        for place, row in enumerate(found):
            if not row["as_verified"]:
                batch.outcomes[place] = SystemChanged()
            elif row["event_id"] is not None:
                batch.outcomes[place] = TakenEvent(PhoneEventResult.DUPLICATE, row["taken_by"])
            elif row["id"] is not None:
                known.setdefault(row["id"], place)
            elif row["call_id"] is None and row["free"]:
                begin.append(place)
        await _continue(conn, batch, {place: found[place] for place in known.values()})
        await _begin(conn, batch, begin)
        await _save(conn, batch)
    await wake.send(batch.journal.recipients, batch.journal.due)
    return batch.outcomes


async def _find(conn: Connection, arrived: Sequence[Arrived], numbers: Sequence[Numbers]) -> list[Record]:
    return await fetch(
        conn,
        _FIND,
        [one.system.id for one in arrived],
        [one.system.version for one in arrived],
        [one.event.key for one in arrived],
        hashes_of([one.event.call for one in arrived]),
        [one.call if may_begin(one.event) else None for one in arrived],
        sorted({extension for one in numbers for extension in extensions_of(one)}),
    )


async def _continue(conn: Connection, batch: _Batch, found: Mapping[int, Record]) -> None:
    """Note what events say about their calls, which are known and locked."""
    if not found:
        return
    cases, _ = await locked_cases(conn, list(found.values()))
    await settle_due(conn, CALL, cases, batch.journal)
    by_id = {case.id: case for case in cases}
    for place, row in found.items():
        case = by_id[row["id"]]
        if case.forgotten_at is not None:
            batch.settle(place, *not_taken(case, batch.numbers[place]))
        else:
            batch.tell(place, case, dict(row["employees"]))


async def _begin(conn: Connection, batch: _Batch, places: Sequence[int]) -> None:
    """Begin the calls of events at the companies that answer their numbers."""
    dialled = {batch.numbers[place].dialled for place in places} - {None}
    companies = await companies_called(conn, sorted(filter(None, dialled)), batch.journal) if dialled else {}
    for place in places:
        one, numbers = batch.arrived[place], batch.numbers[place]
        company = companies.get(numbers.dialled or "")
        if company is None or numbers.dialled is None:
            batch.settle(place, *not_taken(None, numbers))
            continue
        now = batch.journal.now
        employees = await employees_of(conn, company.secretariat_id, numbers)
        facts = facts_of(one.system, one.event, numbers, employees, numbers.dialled, now)
        case = begin_call(one.call, numbers.dialled, company, facts[0])
        batch.told[place] = (case, facts)
        batch.keys.append((new_id(), one.system.id, hashes_of([one.event.call])[0], case.id))


async def _save(conn: Connection, batch: _Batch) -> None:
    """Merge what the events say, and write everything."""
    await merge_facts(conn, list(batch.told.values()), batch.journal)
    for place, (case, _) in batch.told.items():
        one = batch.arrived[place]
        result = PhoneEventResult.APPLIED if case.changed else PhoneEventResult.DUPLICATE
        batch.settle(place, TakenEvent(result, case.id), detail_of(one.event, one.system))
    await save_merged(
        conn,
        [case for case, _ in batch.told.values()],
        batch.journal,
        *Change.of_rows(_EVENTS, batch.rows, batch.journal.now),
        *Change.of_rows(_KEYS, batch.keys, batch.journal.now),
    )
