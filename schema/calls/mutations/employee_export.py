"""The mutation `employeeExport`. The action writes the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.calls.export_employees import export_employees
from models.calls.file.writing import ExportFormat
from models.files.list import FileView, files_by_id
from schema.calls import enums  # noqa: F401 - describes the format
from schema.files.types import File
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeExport`.")
class EmployeeExportInput:
    """Input of `employeeExport`."""

    secretariat_id: strawberry.ID | None = strawberry.field(
        default=None, description="The secretariat; for operators, who must specify it."
    )
    format: ExportFormat = strawberry.field(
        default=ExportFormat.CSV, description="The file format; CSV if omitted."
    )


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """The file, or the refusals."""

    file: FileView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `employeeExport`.")
class EmployeeExportPayload:
    """Source: `ExportAnswer`."""

    file: File | None = strawberry.field(
        description="The export, stored until its link expires; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeExport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Write all employees of a company to a file, in the language of the account's owner; "
        "`employeeImport` reads it.",
        graphql_type=EmployeeExportPayload | None,
    )
    async def employee_export(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeExportInput | None,
            strawberry.argument(description="The input; without it, a CSV file of your own company."),
        ] = None,
    ) -> ExportAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        given = input or EmployeeExportInput()
        try:
            file_id = await export_employees(
                viewer,
                secretariat_id=optional_id(given.secretariat_id, "Secretariat", "secretariatId"),
                format_=given.format,
                most_stored=context.services.settings.stored_bytes_per_account,
            )
        except REFUSED as error:
            return ExportAnswer(user_errors=refused(error))
        found = await files_by_id(context.conn, viewer, [file_id])
        return ExportAnswer(found.get(file_id))
