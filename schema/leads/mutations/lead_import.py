"""Owns `leadImport`.

It must not read the file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.file_uploads import Upload

from models.base.refusal import Refusal, RefusalCode
from models.contact_data.channel import Channel
from models.leads.file import MOST_COLUMNS, ImportDefaults
from models.leads.import_file import ImportedRow, ImportReport, RowOutcome, import_leads
from models.leads.tables import LeadSource
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import write_id
from schema.graphql.limits.lists import at_most
from schema.graphql.long_list import LongList, with_pauses
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError

describe(
    RowOutcome,
    "What became of a row.",
    {
        "CREATED": "A lead was published.",
        "DUPLICATE": "The lead exists already.",
        "REFUSED": "No lead; the row says why.",
    },
    name="LeadImportOutcome",
)

at_most("LeadImportInput.mapping", MOST_COLUMNS)


@strawberry.input(description="Which field a column becomes.")
class ColumnInput:
    """One entry of the mapping."""

    column: str = strawberry.field(description="The column's name in the file's first row.")
    field: str = strawberry.field(
        description="The field, such as phone, email, brief; `ignore` leaves it out."
    )


@strawberry.input(description="A CSV file of leads, and what to add where it says nothing.")
class LeadImportInput:
    """Read into `models.leads.file.ImportDefaults`."""

    file: Upload = strawberry.field(
        description="CSV: UTF-8 or Windows-1252; comma, semicolon or tab; names of columns in the first row."
    )
    market: str = strawberry.field(description="The code of the market that all rows go to.")
    mapping: list[ColumnInput] = strawberry.field(
        default_factory=list,
        description="Columns that are not recognised by their names, or wrongly; at most 200.",
    )
    origin: str | None = strawberry.field(
        default=None, description="The system that gave the ids in the file, so that two files do not meet."
    )
    category: str | None = strawberry.field(default=None, description="For rows without one.")
    city: str | None = strawberry.field(default=None, description="For rows without one.")
    country: str | None = strawberry.field(default=None, description="For rows without one.")
    region: str | None = strawberry.field(
        default=None, description="The country whose national phone numbers the file has."
    )
    preferred_channel: Channel = strawberry.field(
        default=Channel.EMAIL, description="For rows without one that can be reached so."
    )
    title: str | None = strawberry.field(
        default=None, description="For rows without one; may use {category}, {city} and {country}."
    )
    currency: str | None = strawberry.field(default=None, description="For rows without one.")
    fee: int | None = strawberry.field(default=None, description="Points; else the policy's.")
    time_zone: str | None = strawberry.field(default=None, description="For rows without one, an IANA name.")
    source: LeadSource = strawberry.field(default=LeadSource.OTHER, description="For rows without one.")

    def defaults(self) -> ImportDefaults:
        """Return the defaults in the models' words, unchecked."""
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


@strawberry.type(description="What became of one row.")
class LeadImportRow:
    """Source: `ImportedRow`."""

    row: int = strawberry.field(
        description="The row as a spreadsheet counts; the names of columns are row 1."
    )
    outcome: RowOutcome = strawberry.field(description="What became of it.")
    field: str | None = strawberry.field(description="The field that refused it.")
    column: str | None = strawberry.field(description="That field's column.")
    reason: str | None = strawberry.field(description="Why it was refused, and what would help.")
    warnings: list[str] = strawberry.field(description="What was corrected or left out.")

    @strawberry.field(description="The lead that was created, or that it is a duplicate of.")
    def lead_id(root: strawberry.Parent[ImportedRow]) -> strawberry.ID | None:
        """Return the global id."""
        return write_id("Lead", root.lead_id) if isinstance(root.lead_id, UUID) else None


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """The rows with their counts, or why nothing was imported."""

    report: ImportReport = field(default_factory=ImportReport)
    rows: Sequence[ImportedRow] | LongList[ImportedRow] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The answer to `leadImport`.")
class LeadImportPayload:
    """Source: `ImportAnswer`."""

    rows: list[LeadImportRow] = strawberry.field(description="Every row of the file that was not blank.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="How many rows there were.")
    def total(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.total

    @strawberry.field(description="How many leads were published.")
    def created(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.CREATED]

    @strawberry.field(description="How many existed already.")
    def duplicates(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.DUPLICATE]

    @strawberry.field(description="How many were refused.")
    def refused(root: strawberry.Parent[ImportAnswer]) -> int:
        """Count."""
        return root.report.counts[RowOutcome.REFUSED]

    @strawberry.field(description="The columns that became nothing.")
    def ignored_columns(root: strawberry.Parent[ImportAnswer]) -> list[str]:
        """Return the names."""
        return list(root.report.ignored_columns)


@strawberry.type
class LeadImport:
    """A part of the root of mutations."""

    @strawberry.mutation(
        description="Publish the leads of a CSV file; for operators. The same file again creates nothing.",
        graphql_type=LeadImportPayload,
    )
    async def lead_import(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            LeadImportInput, strawberry.argument(description="The input.")
        ],
    ) -> ImportAnswer:
        """Translate and act."""
        viewer = info.context.signed_in()
        stream = getattr(input.file, "file", None)
        if stream is None:
            missing = Refusal(
                RefusalCode.REQUIRED,
                ("file",),
                "file: upload it as multipart/form-data (graphql-multipart-request-spec).",
            )
            return ImportAnswer(user_errors=refused(missing))
        rows: list[ImportedRow] = []
        try:
            report = await import_leads(
                viewer, stream, defaults=input.defaults(), mapping=input.columns(), on_row=rows.append
            )
        except REFUSED as error:
            return ImportAnswer(user_errors=refused(error))
        return ImportAnswer(report, with_pauses(rows))
