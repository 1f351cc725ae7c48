"""The mutation `callExport`. The action writes the file."""

from typing import Annotated

import strawberry

from models.calls.export_calls import MOST_EXPORTED, export_calls
from models.calls.file.writing import ExportFormat
from models.files.list import files_by_id
from schema.calls import enums  # noqa: F401 - describes the format
from schema.calls.mutations.employee_export import ExportAnswer
from schema.files.types import File
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.period import PeriodInput
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `callExport`.")
class CallExportInput:
    """Input of `callExport`."""

    period: PeriodInput = strawberry.field(
        description=f"When the calls rang: at most 366 days and {MOST_EXPORTED:,} calls."
    )
    format: ExportFormat = strawberry.field(description="The file format.")
    secretariat_id: strawberry.ID | None = strawberry.field(
        default=None, description="The secretariat; for operators, who must specify it."
    )


@strawberry.type(description="The payload of `callExport`.")
class CallExportPayload:
    """Source: `ExportAnswer`."""

    file: File | None = strawberry.field(
        description="The export, stored until its link expires; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CallExport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Write the calls of a period to a file, newest first, in the language of the account's "
        "owner and with times in the company's zone; for the company and operators. Forgotten calls are rows "
        "without caller and note.",
        graphql_type=CallExportPayload | None,
    )
    async def call_export(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallExportInput, strawberry.argument(description="The input.")
        ],
    ) -> ExportAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            file_id = await export_calls(
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                period=(input.period.from_, input.period.to),
                format_=input.format,
                most_stored=context.services.settings.stored_bytes_per_account,
            )
        except REFUSED as error:
            return ExportAnswer(user_errors=refused(error))
        found = await files_by_id(context.conn, viewer, [file_id])
        return ExportAnswer(found.get(file_id))
