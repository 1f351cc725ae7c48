"""Import of a file of leads, batch by batch: each row is created, a duplicate, or refused with a reason.

Holds one batch at a time, because a file may be larger than memory. A check reports the same without writing.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import IO
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.ids import new_id
from models.base.refusal import Refusals, Sentence, Wording
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.files.turns import FileTurns
from models.leads.file import (
    ColumnMapping,
    ImportDefaults,
    LeadDraft,
    LeadField,
    RefusedRow,
    check_defaults,
    lead_files,
    map_columns,
    parse_row,
)
from models.leads.file.notes import ImportNote
from models.leads.known_leads import KnownLead, Match, known_leads
from models.leads.publish import find_market
from models.leads.refusals import LeadRefusal
from models.leads.same_person import keep_stops_waiting, stopped_among, ways
from models.leads.store import LeadRow, store_leads
from models.policies.versions import policy_in_force
from models.tabular.errors import TableError
from models.tabular.file_threads import IMPORTING
from models.tabular.headed import HeadedTable
from models.tabular.reading import open_table
from rules import Policy

BATCH = 500
TURNS = FileTurns(2, "being imported")


class RowOutcome(StrEnum):
    """The outcome of importing a row."""

    CREATED = "CREATED"
    DUPLICATE = "DUPLICATE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """The outcome of one row; `lead_id` is the new lead, or the lead that the row is a duplicate of.

    A check has no new leads, so `lead_id` is None for them and for rows that repeat one. `draft` is what was,
    or would be, stored.
    """

    row: int
    outcome: RowOutcome
    lead_id: UUID | None = None
    field: str | None = None
    column: str | None = None
    reason: Sentence[Wording] | None = None
    warnings: tuple[Sentence[Wording], ...] = ()
    draft: LeadDraft | None = None


@dataclass(slots=True)
class ImportReport:
    """The counts of an import, and the ignored columns and sheets."""

    counts: dict[RowOutcome, int] = field(default_factory=lambda: dict.fromkeys(RowOutcome, 0))
    ignored_columns: tuple[str, ...] = ()
    ignored_sheets: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All rows that were not blank."""
        return sum(self.counts.values())


def _checked(defaults: ImportDefaults) -> ImportDefaults:
    found = check_defaults(defaults)
    if isinstance(found, ImportDefaults):
        return found
    raise Refusals([problem.refusal() for problem in found])


@asynccontextmanager
async def _open(
    stream: IO[bytes], mapping: Mapping[str, str], country: str | None
) -> AsyncIterator[tuple[HeadedTable, ColumnMapping]]:
    kind = lead_files(country)
    try:
        async with open_table(stream, kind, IMPORTING) as table:
            file = await IMPORTING.run(lambda: HeadedTable(table, kind.recognised))
            yield file, map_columns(file.header, mapping)
    except TableError as error:
        raise error.refusal("file") from error


async def import_leads(
    viewer: Viewer,
    stream: IO[bytes],
    *,
    defaults: ImportDefaults,
    mapping: Mapping[str, str],
    on_row: Callable[[ImportedRow], None],
    on_progress: Callable[[int, int], None] | None = None,
    check: bool = False,
) -> ImportReport:
    """Import a file (seekable, binary); each batch of 500 rows is a separate transaction.

    `on_row` gets each row's outcome, in order; `on_progress` the bytes read and the size of what is read.
    Importing the same file again creates nothing, so an interrupted import can simply be run again. With
    `check`, nothing is written: the outcomes are what an import would have at this moment.

    Raises `Refusal` FORBIDDEN except for operators, NOT_FOUND for the market, INVALID for the file,
    LIMIT_EXCEEDED on `file` while two other files are being imported, and `Refusals` for the defaults and
    the mapping; rows never raise.
    """
    if not viewer.operator:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="import leads")
    checked = _checked(defaults)
    market_id = await find_market(connection(), viewer, checked.market)
    with TURNS.take(("file",)):
        async with _open(stream, mapping, checked.country) as (file, columns):
            _check_complete(columns, checked)
            storing = _Storing(market_id, columns, _Foreseen() if check else None)
            return await _import(storing, file, checked, on_row, on_progress)


async def _import(
    storing: "_Storing",
    file: HeadedTable,
    defaults: ImportDefaults,
    on_row: Callable[[ImportedRow], None],
    on_progress: Callable[[int, int], None] | None,
) -> ImportReport:
    columns = storing.columns
    report = ImportReport(ignored_columns=columns.ignored, ignored_sheets=file.ignored_sheets)
    rows = (parse_row(row, columns, defaults) for row in file.rows())
    while batch := await IMPORTING.run(lambda: list(islice(rows, BATCH))):
        stored = await storing.store([row for row in batch if isinstance(row, LeadDraft)])
        for row in batch:
            imported = _refused(row) if isinstance(row, RefusedRow) else stored[row.row]
            report.counts[imported.outcome] += 1
            on_row(imported)
        if on_progress is not None:
            on_progress(file.table.bytes_read, file.table.bytes_total)
    if on_progress is not None:  # sheets after that of the leads were not read again
        on_progress(file.table.bytes_total, file.table.bytes_total)
    return report


def _check_complete(columns: ColumnMapping, defaults: ImportDefaults) -> None:
    """Refuse the import if every row would be refused for the same missing value."""
    given = {LeadField.CATEGORY: defaults.category, LeadField.COUNTRY: defaults.country}
    missing = [field for field, default in given.items() if default is None and columns.column(field) is None]
    if missing:
        raise Refusals([LeadRefusal.COLUMN_MISSING.at(field.value, field=str(field)) for field in missing])


def _refused(row: RefusedRow) -> ImportedRow:
    return ImportedRow(
        row.row, RowOutcome.REFUSED, field=row.field or None, column=row.column, reason=row.reason
    )


def _stopped(draft: LeadDraft, stopped: set[str], columns: ColumnMapping) -> ImportedRow | None:
    """Refuse a row of a person who must not be contacted, with the first address or number that matches."""
    for word, way in ways(draft.contact):
        if way in stopped:
            column = columns.column(LeadField(word))
            reason = LeadRefusal.STOPPED_PERSON_IN_FILE.sentence().at(column or word)
            return ImportedRow(draft.row, RowOutcome.REFUSED, field=word, column=column, reason=reason)
    return None


@dataclass(slots=True)
class _Foreseen:
    """The leads that a check would have created: by identity key, and the row of each."""

    leads: dict[str, KnownLead] = field(default_factory=dict)
    rows: dict[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Storing:
    """Stores the drafts of one file, or only predicts the outcomes."""

    market_id: UUID
    columns: ColumnMapping
    foreseen: _Foreseen | None

    async def store(self, drafts: list[LeadDraft]) -> dict[int, ImportedRow]:
        """Store the drafts that are new, and return their outcomes by row; the same identity again, in this
        batch or stored before, is a duplicate, unless only the id is the same.

        A person who must not be contacted is refused, regardless of the row and name.
        """
        if not drafts:
            return {}
        outcomes: dict[int, ImportedRow] = {}
        async with transaction() as conn:
            await self._begin(conn)
            now = await database_now(conn)
            _, policy = await policy_in_force(conn, self.market_id, now)
            foreseen = None if self.foreseen is None else self.foreseen.leads
            known = await known_leads(conn, self.market_id, drafts, foreseen)
            fresh = [draft.contact for draft in drafts if known.match(draft).known is None]
            stopped = await stopped_among(conn, fresh)
            created: list[LeadRow] = []
            for draft in drafts:
                match = known.match(draft)
                refused = _stopped(draft, stopped, self.columns) if match.known is None else None
                if refused is not None:
                    outcomes[draft.row] = refused
                    continue
                lead_id = match.known.id if match.known else new_id()
                if match.known is None:
                    known.add(match.identity_key, lead_id, draft.contact)
                    created.append(_row(draft, match.identity_key, lead_id, self.market_id, policy, now))
                outcomes[draft.row] = self._outcome(draft, match, lead_id)
            if self.foreseen is None:
                await store_leads(conn, created)
        return outcomes

    async def _begin(self, conn: Connection) -> None:
        if self.foreseen is not None:
            await fetch(conn, "SET TRANSACTION READ ONLY")
            return
        # One import at a time per market: two imports of the same file would both find the rows missing.
        await fetch(
            conn,
            "SELECT pg_advisory_xact_lock(hashtextextended('lead_import:' || $1, 0))",
            str(self.market_id),
        )
        await keep_stops_waiting(conn)

    def _outcome(self, draft: LeadDraft, match: Match, lead_id: UUID) -> ImportedRow:
        warnings = draft.warnings
        if match.warning is not None:
            column = self.columns.name(LeadField.EXTERNAL_ID)
            warnings = (*warnings, match.warning.sentence().at(column))
        if match.known is None:
            if self.foreseen is None:
                return ImportedRow(draft.row, RowOutcome.CREATED, lead_id, warnings=warnings, draft=draft)
            self.foreseen.rows[lead_id] = draft.row
            return ImportedRow(draft.row, RowOutcome.CREATED, warnings=warnings, draft=draft)
        first = None if self.foreseen is None else self.foreseen.rows.get(lead_id)
        if first is None:
            return ImportedRow(draft.row, RowOutcome.DUPLICATE, lead_id, warnings=warnings)
        reason = ImportNote.SAME_AS_ROW.sentence(row=first)
        return ImportedRow(draft.row, RowOutcome.DUPLICATE, reason=reason, warnings=warnings)


def _row(
    draft: LeadDraft, identity_key: str, lead_id: UUID, market_id: UUID, policy: Policy, now: datetime
) -> LeadRow:
    publication = policy.publication
    return LeadRow(
        id=lead_id,
        market_id=market_id,
        prospect_id=None,
        title=draft.title,
        brief=draft.brief,
        category=draft.category,
        city=draft.city,
        country=draft.country,
        budget_min=draft.budget_min,
        budget_max=draft.budget_max,
        currency=draft.currency,
        source=draft.source,
        source_text=draft.source_text,
        fee=publication.application_fee if draft.fee is None else draft.fee,
        published_at=now,
        closes_at=now + timedelta(seconds=publication.open_for),
        identity_key=identity_key,
        contact=draft.contact,
    )
