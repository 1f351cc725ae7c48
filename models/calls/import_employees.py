"""Import of a file of employees (S4.7): all rows or none; a dry run reports the same without writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import connection, fetch
from models.base.refusal import Sentence, Wording
from models.base.viewer import Viewer
from models.calls.edit import Edit, editing
from models.calls.employee_draft import API_NAMES
from models.calls.file.plan import NEW, EmployeeRowOutcome, PlannedRow, Values, plan_import
from models.calls.file.reading import employee_files, map_columns
from models.calls.file.rows import EmployeeRow, EmployeeRowProblem, read_row
from models.calls.limits import MOST_EMPLOYEES
from models.calls.managed import managed_secretariat
from models.calls.person_name import NameOrder
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.contact_data import UnknownPlace, parse_country
from models.files.turns import FileTurns
from models.tabular.errors import TableError
from models.tabular.file_threads import FileThreads
from models.tabular.headed import HeadedTable
from models.tabular.reading import open_table
from models.tabular.refusals import TableRefusal
from rules.calls.call_route import TransferWish

MOST_ROWS = MOST_EMPLOYEES
TURNS = FileTurns(2, "being imported")
_THREADS = FileThreads("import-employees", 2)
_COLUMNS = ", ".join(NEW)
_STORED = f"SELECT id, {_COLUMNS} FROM employee WHERE secretariat_id = $1 AND removed_at IS NULL ORDER BY id"
# One parameter for all rows: encoding each value of 10,000 rows would hold the event loop.
_ROWS = """jsonb_to_recordset($1::jsonb) AS new (id uuid, first_name text, last_name text, sort_key text,
    email text, cc text[], position text, responsibility text, mobile text, sms_tick boolean,
    vip_sms_tick boolean, extension text, wish text, deputy_id uuid, absence_text text)"""


@dataclass(frozen=True, slots=True)
class ImportedEmployee:
    """The outcome of one row; without an `employee_id` there is no such employee, or not yet."""

    row: int
    outcome: EmployeeRowOutcome
    employee_id: UUID | None
    warnings: Sequence[Sentence[Wording]]


@dataclass(frozen=True, slots=True)
class EmployeeImport:
    """The outcomes of all rows, why rows were refused, and whether anything was written."""

    rows: Sequence[ImportedEmployee] = ()
    problems: Sequence[EmployeeRowProblem] = ()
    written: bool = False
    ignored_columns: Sequence[str] = ()


async def import_employees(
    viewer: Viewer,
    stream: IO[bytes],
    *,
    secretariat_id: UUID | None,
    dry_run: bool = False,
    order: NameOrder | None = None,
    default_country: str | None = None,
) -> EmployeeImport:
    """Import a file (seekable, binary) of at most 10,000 rows into a company's employees.

    Employees that the file does not contain, and columns that it does not have, are left as they are.
    `order` is that of names without a comma; `default_country`, by default the company's, reads national
    numbers. The file is read before the secretariat is locked.

    Raises `Refusal`: FORBIDDEN and NOT_FOUND as other changes of employees do; INVALID for the file or the
    country; LIMIT_EXCEEDED on `file` while another file of the account is being imported, while two of
    others are, or if the company would have too many employees. Rows never raise.
    """
    made = await managed_secretariat(connection(), viewer, secretariat_id, "import employees")
    region = made.holidays_of[:2] if default_country is None else _country(default_country)
    with TURNS.take(("file",), made.account_id):
        try:
            rows, ignored = await _read(stream, region, order)
        except TableError as error:
            raise error.refusal("file") from error
        async with editing(viewer, made.id) as edit:
            stored = await fetch(edit.conn, _STORED, edit.secretariat.id)
            transfer = edit.secretariat.transfer_included
            planned = await _THREADS.run(
                lambda: plan_import(rows, _by_id(stored), transfer_included=transfer)
            )
            created = sum(one.before is None for one in planned)
            if created and len(stored) + created > MOST_EMPLOYEES:
                raise CallRefusal.TOO_MANY_EMPLOYEES.at("file", most=MOST_EMPLOYEES)
            problems = [problem for one in planned for problem in one.row.problems]
            written = not problems and not dry_run
            if written:
                await _write(edit, planned)
    outcomes = await _THREADS.run(lambda: [_outcome(one, written=written) for one in planned])
    return EmployeeImport(outcomes, problems, written, ignored)


def _country(text: str) -> str:
    try:
        return parse_country(text)
    except UnknownPlace as error:
        raise error.refusal("defaultCountry") from error


async def _read(
    stream: IO[bytes], region: str, order: NameOrder | None
) -> tuple[list[EmployeeRow], Sequence[str]]:
    kind = employee_files(region)
    async with open_table(stream, kind, _THREADS) as table:

        def read() -> tuple[list[EmployeeRow], Sequence[str]]:
            file = HeadedTable(table, kind.recognised)
            columns = map_columns(file.header)
            rows: list[EmployeeRow] = []
            for row in file.rows():
                if len(rows) == MOST_ROWS:
                    raise TableError(TableRefusal.TABLE_HAS_TOO_MANY_ROWS, most=MOST_ROWS)
                rows.append(read_row(row, columns, region, order))
            return rows, columns.ignored

        return await _THREADS.run(read)


def _by_id(rows: Sequence[Record]) -> dict[UUID, Values]:
    return {row["id"]: {**row, "wish": TransferWish(row["wish"])} for row in rows}


async def _write(edit: Edit, planned: Sequence[PlannedRow]) -> None:
    """Write what is new and what has changed, and note the changes, in a fixed number of statements."""
    created = [one for one in planned if one.outcome is EmployeeRowOutcome.CREATED]
    updated = [one for one in planned if one.outcome is EmployeeRowOutcome.UPDATED]
    if created:
        # The deputies among them are checked at the end of the statement.
        await fetch(
            edit.conn,
            f"""INSERT INTO employee (id, secretariat_id, made_at, version, {_COLUMNS})
                SELECT id, $2, $3, 1, {_COLUMNS} FROM {_ROWS}""",
            await _documents(created),
            edit.secretariat.id,
            edit.now,
        )
    if updated:
        sets = ", ".join(f"{name} = new.{name}" for name in NEW)
        await fetch(
            edit.conn,
            f"""UPDATE employee SET version = version + 1, {sets} FROM {_ROWS}
                WHERE employee.id = new.id AND employee.secretariat_id = $2""",
            await _documents(updated),
            edit.secretariat.id,
        )
    if created or updated:
        await edit.note_all(await _THREADS.run(lambda: list(map(_change, (*created, *updated)))))


async def _documents(rows: Sequence[PlannedRow]) -> str:
    # asyncpg has a class of its own for the ids that it returns.
    return await _THREADS.run(lambda: orjson.dumps([_document(one) for one in rows], default=str).decode())


def _document(one: PlannedRow) -> Mapping[str, object]:
    return {"id": one.employee_id, **{name: one.after[name] for name in NEW}}


def _change(one: PlannedRow) -> tuple[ChangeSubject, UUID, Sequence[str]]:
    return (
        ChangeSubject.EMPLOYEE,
        one.employee_id,
        [API_NAMES[name] for name in one.changed if name in API_NAMES],
    )


def _outcome(one: PlannedRow, *, written: bool) -> ImportedEmployee:
    known = one.before is not None or written
    return ImportedEmployee(one.row.number, one.outcome, one.employee_id if known else None, one.warnings)
