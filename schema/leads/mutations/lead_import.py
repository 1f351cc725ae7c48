"""The mutation `leadImport`. The action reads the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.file_uploads import Upload

from models.base.refusal import RefusalReason
from models.contact_data.channel import Channel
from models.files.refusals import FileRefusal
from models.leads.file import MOST_COLUMNS, ImportDefaults
from models.leads.file.fields import LeadField
from models.leads.import_file import ImportedRow, ImportReport, RowOutcome, import_leads
from models.leads.tables import LeadSource
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import write_id
from schema.graphql.limits.lists import at_most
from schema.graphql.long_list import LongList, with_pauses
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError, text_for
from schema.leads import import_field  # noqa: F401 - describes the fields

describe(
    RowOutcome,
    "The outcome of importing a row.",
    {
        "CREATED": "A lead was published.",
        "DUPLICATE": "The lead already exists.",
        "REFUSED": "No lead was created; the row includes the reason.",
    },
    name="LeadImportOutcome",
)

at_most("LeadImportInput.mapping", MOST_COLUMNS)


@strawberry.input(description="Maps a column of the file to a field.")
class ColumnInput:
    """One entry of the mapping."""

    column: str = strawberry.field(description="The column's name in the file's header.")
    field: str = strawberry.field(
        description="The name of a `LeadImportField` in lowercase letters, such as `phone` or `budget_min`; "
        "`ignore` skips the column."
    )


@strawberry.input(
    description="Input of `leadImport`: a file of leads, with default values for missing fields."
)
class LeadImportInput:
    """Read into `models.leads.file.ImportDefaults`."""

    file: Upload = strawberry.field(
        description="A CSV file in UTF-8, UTF-16, Windows-1250, Windows-1252, ISO 8859-2 or ISO 8859-16, "
        "separated by commas, semicolons, tabs or vertical bars, or a workbook (XLSX, XLSM or ODS), with "
        "column names in one of the first ten rows."
    )
    market: str = strawberry.field(description="The code of the market for all rows.")
    mapping: list[ColumnInput] = strawberry.field(
        default_factory=list,
        description="Maps columns that are not recognised by name, or are recognised incorrectly; at most"
        " 1,000.",
    )
    origin: str | None = strawberry.field(
        default=None,
        description="The system that the ids in the file come from, so that ids from different systems do"
        " not collide.",
    )
    category: str | None = strawberry.field(default=None, description="Default for rows without a value.")
    city: str | None = strawberry.field(default=None, description="Default for rows without a value.")
    country: str | None = strawberry.field(default=None, description="Default for rows without a value.")
    region: str | None = strawberry.field(
        default=None, description="The country for phone numbers in national format."
    )
    preferred_channel: Channel = strawberry.field(
        default=Channel.EMAIL,
        description="Default for rows without a value, if the person can be reached through this channel.",
    )
    title: str | None = strawberry.field(
        default=None,
        description="Default for rows without a value; may contain {category}, {city} and {country}.",
    )
    currency: str | None = strawberry.field(default=None, description="Default for rows without a value.")
    fee: int | None = strawberry.field(
        default=None, description="The fee in points; the policy's fee if omitted."
    )
    time_zone: str | None = strawberry.field(
        default=None, description="Default for rows without a value, an IANA name."
    )
    source: LeadSource = strawberry.field(
        default=LeadSource.OTHER, description="Default for rows without a value."
    )
    check: bool = strawberry.field(
        default=False,
        description="Report what an import would do, without importing anything: `CREATED` rows then have no"
        " `leadId`.",
    )

    def defaults(self) -> ImportDefaults:
        """Return the defaults as the models define them, not validated."""
        return ImportDefaults(
            market=self.market,
            category=self.category,
            city=self.city,
            country=self.country,
            region=self.region,
            preferred_channel=self.preferred_channel,
            title=self.title or "",
            currency=self.currency or "",
            fee=self.fee,
            time_zone=self.time_zone,
            source=self.source,
            origin=self.origin or "",
        )

    def columns(self) -> Mapping[str, str]:
        """Return the mapping."""
        return {entry.column: entry.field for entry in self.mapping}


@strawberry.type(description="The result of importing one row.")
class LeadImportRow:
    """Source: `ImportedRow`."""

    row: int = strawberry.field(
        description="The row number as in a spreadsheet; the first line of the file is row 1."
    )
    outcome: RowOutcome = strawberry.field(description="The outcome.")
    field: str | None = strawberry.field(description="The name of `importField` in lowercase letters.")
    column: str | None = strawberry.field(description="The column of that field.")

    @strawberry.field(
        description="Why the row was refused, and how to fix it, in the language of the viewer; in a check,"
        " also which row of the file a duplicate repeats."
    )
    def reason(root: strawberry.Parent[ImportedRow], info: Info) -> str | None:
        """Return the text."""
        return None if root.reason is None else text_for(info.context, root.reason)

    @strawberry.field(
        description="The name of the reason, as in `UserError.reason`; null unless the row was refused."
    )
    def reason_code(root: strawberry.Parent[ImportedRow]) -> str | None:
        """Return the name."""
        reason = root.reason and root.reason.wording
        return reason.name if isinstance(reason, RefusalReason) else None

    @strawberry.field(description="Values that were corrected or skipped, in the language of the viewer.")
    def warnings(root: strawberry.Parent[ImportedRow], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]

    @strawberry.field(description="The field that caused the refusal; null if it is not about one field.")
    def import_field(root: strawberry.Parent[ImportedRow]) -> LeadField | None:
        """Return the member of the row's `field`."""
        return LeadField(root.field) if root.field else None

    @strawberry.field(description="The lead that was created or already existed.")
    def lead_id(root: strawberry.Parent[ImportedRow]) -> strawberry.ID | None:
        """Return the global id."""
        return write_id("Lead", root.lead_id) if isinstance(root.lead_id, UUID) else None


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """The rows with their counts, or the refusals."""

    report: ImportReport = field(default_factory=ImportReport)
    rows: Sequence[ImportedRow] | LongList[ImportedRow] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `leadImport`.")
class LeadImportPayload:
    """Source: `ImportAnswer`."""

    rows: list[LeadImportRow] = strawberry.field(description="All rows of the file that are not blank.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="Total number of rows.")
    def total(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.total

    @strawberry.field(description="Number of leads published.")
    def created(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.CREATED]

    @strawberry.field(description="Number of leads that already existed.")
    def duplicates(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.DUPLICATE]

    @strawberry.field(description="Number of rows refused.")
    def refused(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.REFUSED]

    @strawberry.field(description="Ignored columns.")
    def ignored_columns(root: strawberry.Parent[ImportAnswer]) -> list[str]:
        """Return the names."""
        return list(root.report.ignored_columns)

    @strawberry.field(description="Sheets of the workbook with text but without rows of leads.")
    def ignored_sheets(root: strawberry.Parent[ImportAnswer]) -> list[str]:
        """Return the names."""
        return list(root.report.ignored_sheets)


@strawberry.type
class LeadImport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Publish the leads in a file; for operators. Importing the same file again creates no "
        "duplicates.",
        graphql_type=LeadImportPayload | None,
    )
    async def lead_import(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            LeadImportInput, strawberry.argument(description="The input.")
        ],
    ) -> ImportAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        stream = getattr(input.file, "file", None)
        if stream is None:
            missing = FileRefusal.FILE_MISSING.at("file")
            return ImportAnswer(user_errors=refused(missing))
        rows: list[ImportedRow] = []
        try:
            report = await import_leads(
                viewer,
                stream,
                defaults=input.defaults(),
                mapping=input.columns(),
                on_row=lambda row: rows.append(replace(row, draft=None)),
                check=input.check,
            )
        except REFUSED as error:
            return ImportAnswer(user_errors=refused(error))
        return ImportAnswer(report, with_pauses(rows))
