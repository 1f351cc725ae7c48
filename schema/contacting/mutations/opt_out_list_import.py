"""The mutation `optOutListImport`. The action reads the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.file_uploads import Upload

from models.contacting.import_opt_out_list import (
    MOST_PROBLEMS,
    ListInput,
    ListRowProblem,
    import_opt_out_list,
)
from models.contacting.list import opt_out_lists_by_id
from models.contacting.refusals import ContactingRefusal
from models.contacting.tables import OptOutListKind
from models.contacting.views import OptOutListView
from models.files.refusals import FileRefusal
from rules.contacting.terms import Medium
from schema.complaints.rows import RowError
from schema.contacting.types import OptOutList
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `optOutListImport`.")
class OptOutListImportInput:
    """Input of `optOutListImport`."""

    file: Upload = strawberry.field(
        description="A CSV file of at most 10 MB with the whole list: a number, an address or its hash in "
        "each row, in the first column or under a heading such as Number."
    )
    name: str = strawberry.field(description="The name of the list, at most 200 characters.")
    country: str = strawberry.field(
        description="The country that the list is for, which also reads national numbers; ISO 3166-1 alpha-2."
    )
    medium: Medium = strawberry.field(description="CALL, SMS or EMAIL.")
    kind: OptOutListKind = strawberry.field(description="What the list is.")
    as_of: datetime = strawberry.field(description="When the list was issued.")
    idempotency_key: str = strawberry.field(description=KEY)
    hashed: bool = strawberry.field(
        default=False,
        description="Whether the rows are hashes: SHA-256, as 64 hexadecimal digits, of the number in E.164 "
        "(+49...) or of the address with its domain in lower case.",
    )


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The list, or the rows that cannot be read and the refusals."""

    opt_out_list: OptOutListView | None = None
    row_errors: Sequence[ListRowProblem] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `optOutListImport`.")
class OptOutListPayload:
    """Source: `ListAnswer`."""

    opt_out_list: OptOutList | None = strawberry.field(
        name="list", description="The list; null if nothing was imported."
    )
    row_errors: list[RowError] = strawberry.field(
        description=f"Why rows cannot be read, of the first {MOST_PROBLEMS}; if there are any, nothing was "
        "imported."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class OptOutListImport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace an opt-out list, which its name, country, medium and kind identify, by the rows "
        "of a file: all rows or none; for operators. Only keyed hashes are stored.",
        graphql_type=OptOutListPayload | None,
    )
    async def opt_out_list_import(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            OptOutListImportInput, strawberry.argument(description="The input.")
        ],
    ) -> ListAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        stream = getattr(input.file, "file", None)
        if stream is None:
            return ListAnswer(user_errors=refused(FileRefusal.FILE_MISSING.at("file")))
        given = ListInput(input.name, input.country, input.medium, input.kind, input.as_of, input.hashed)
        try:
            done = await import_opt_out_list(
                viewer, context.wake, context.services.sending.hashes, stream, given, input.idempotency_key
            )
        except REFUSED as error:
            return ListAnswer(user_errors=refused(error))
        if done.list_id is None:
            unreadable = ContactingRefusal.LIST_ROWS_UNREADABLE.at("file", count=done.unreadable)
            return ListAnswer(row_errors=done.problems, user_errors=refused(unreadable))
        return ListAnswer((await opt_out_lists_by_id(context.conn, viewer, [done.list_id])).get(done.list_id))
