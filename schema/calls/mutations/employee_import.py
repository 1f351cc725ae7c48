"""The mutation `employeeImport`. The action reads the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry
from strawberry.file_uploads import Upload

from models.calls.file.plan import EmployeeRowOutcome
from models.calls.file.rows import EmployeeRowProblem
from models.calls.import_employees import ImportedEmployee, import_employees
from models.calls.list import employees_by_id
from models.calls.person_name import NameOrder
from models.calls.views import AnyEmployee
from models.files.refusals import FileRefusal
from schema.calls import enums  # noqa: F401 - describes the outcomes
from schema.calls.employee_types import Employee
from schema.calls.loaders import READ_AT_ONCE
from schema.complaints.rows import RowError
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import optional_id
from schema.graphql.long_list import LongList, with_pauses
from schema.graphql.payload import USER_ERRORS
from schema.graphql.selected_fields import names_below
from schema.graphql.user_error import UserError, text_for


@strawberry.input(description="Input of `employeeImport`: a file of employees.")
class EmployeeImportInput:
    """Input of `employeeImport`."""

    file: Upload = strawberry.field(
        description="A CSV file or a workbook (XLSX, XLSM or ODS) of at most 10 MB and 10,000 rows, with "
        "column names in English, German, Polish or Romanian in one of the first ten rows, as "
        "`employeeExport` writes them. A row is about the employee with its ID, otherwise the only one with "
        "its email address, otherwise the only one with its name; any other row is a new employee. Importing "
        "the same file again changes nothing."
    )
    secretariat_id: strawberry.ID | None = strawberry.field(
        default=None, description="The secretariat; for operators, who must specify it."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Report what the import would do, without writing anything."
    )
    name_order: NameOrder | None = strawberry.field(
        default=None,
        description="The order of names without a comma; if omitted, the last word is the last name.",
    )
    default_country: str | None = strawberry.field(
        default=None, description="The country of national phone numbers; the company's if omitted."
    )


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """A row with its employee, which is read only if it is requested."""

    imported: ImportedEmployee
    employee: AnyEmployee | None = None

    @property
    def row(self) -> int:
        """Its number."""
        return self.imported.row

    @property
    def outcome(self) -> EmployeeRowOutcome:
        """What the import did with it."""
        return self.imported.outcome


@strawberry.type(description="The result of one row of `employeeImport`.")
class EmployeeImportRow:
    """Source: `RowAnswer`."""

    row: int = strawberry.field(
        description="The row number as in a spreadsheet; the first line of the file is row 1."
    )
    outcome: EmployeeRowOutcome = strawberry.field(
        description="What the import did with the row or, if `written` is false, would have done."
    )

    employee: Employee | None = strawberry.field(
        description="The employee, as stored now; null if the row was refused, or is new and not written."
    )

    @strawberry.field(description="What should be known about the row, in the viewer's language.")
    def warnings(root: strawberry.Parent[RowAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.imported.warnings]


@dataclass(frozen=True, slots=True)
class EmployeeImportAnswer:
    """The rows, or the refusals."""

    rows: Sequence[RowAnswer] | LongList[RowAnswer] = ()
    row_errors: Sequence[EmployeeRowProblem] | LongList[EmployeeRowProblem] = ()
    written: bool = False
    ignored_columns: Sequence[str] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `employeeImport`.")
class EmployeeImportPayload:
    """Source: `EmployeeImportAnswer`."""

    rows: list[EmployeeImportRow] = strawberry.field(
        description="All rows of the file that are not blank, in order."
    )
    row_errors: list[RowError] = strawberry.field(
        description="Why rows were refused; if there are any, nothing was written."
    )
    written: bool = strawberry.field(
        description="Whether all rows were written; false in a dry run, and if any row was refused."
    )
    ignored_columns: list[str] = strawberry.field(description="Ignored columns.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeImport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Create and change employees from a file: all rows or none. Employees that the file does "
        "not contain are left as they are.",
        graphql_type=EmployeeImportPayload | None,
    )
    async def employee_import(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeImportInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeImportAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        stream = getattr(input.file, "file", None)
        if stream is None:
            return EmployeeImportAnswer(user_errors=refused(FileRefusal.FILE_MISSING.at("file")))
        try:
            done = await import_employees(
                viewer,
                stream,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                dry_run=input.dry_run,
                order=input.name_order,
                default_country=input.default_country,
            )
        except REFUSED as error:
            return EmployeeImportAnswer(user_errors=refused(error))
        rows = await _answers(info, done.rows)
        return EmployeeImportAnswer(
            with_pauses(rows), with_pauses(done.problems), done.written, done.ignored_columns
        )


async def _answers(info: Info, rows: Sequence[ImportedEmployee]) -> list[RowAnswer]:
    """Return the rows with their employees, 500 in a statement: reading all would hold the event loop."""
    if "employee" not in names_below(info):
        return [RowAnswer(one) for one in rows]
    context, found = info.context, list[RowAnswer]()
    for start in range(0, len(rows), READ_AT_ONCE):
        part = rows[start : start + READ_AT_ONCE]
        ids = [one.employee_id for one in part if one.employee_id is not None]
        known = await employees_by_id(context.conn, context.viewer, ids)
        found += [RowAnswer(one, known.get(one.employee_id) if one.employee_id else None) for one in part]
    return found
