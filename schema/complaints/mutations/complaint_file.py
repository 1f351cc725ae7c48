"""The mutation `complaintFile`. The action reads the file and decides the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.file_uploads import Upload as UploadScalar

from models.base.refusal import Refusal
from models.base.rights import acting_vendor
from models.complaints.list import ComplaintView, complaints_by_id
from models.complaints.refusals import ComplaintRefusal
from models.complaints.submit import Filed, RowProblem
from models.complaints.upload import Upload, file_items, file_upload
from models.files.refusals import FileRefusal
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.complaints.preview import sent
from schema.complaints.rows import ComplaintItemInput, RowError
from schema.complaints.types import Complaint
from schema.graphql.context import Context, Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.limits.lists import at_most
from schema.graphql.long_list import LongList, with_pauses
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError

MOST_SENT = 1_000  # items per request, which are all read into memory; a file may have ten times as many
at_most("ComplaintFileInput.items", MOST_SENT)


@strawberry.input(description="Input of `complaintFile`: exactly one of `items` and `file`.")
class ComplaintFileInput:
    """Input of `complaintFile`."""

    idempotency_key: str = strawberry.field(description=KEY)
    items: list[ComplaintItemInput] | None = strawberry.field(
        default=None, description="The faulty deliveries, at most 1,000; upload a file for more."
    )
    file: UploadScalar | None = strawberry.field(
        default=None,
        description="A completed template, or a table with the same columns: XLSX, XLS, ODS or CSV.",
    )


@dataclass(frozen=True, slots=True)
class FilingAnswer:
    """The complaint and its row errors, or the refusals."""

    complaint: ComplaintView | None = None
    row_errors: Sequence[RowProblem] | LongList[RowProblem] = ()
    user_errors: Sequence[RefusalView] = ()

    @property
    def account_id(self) -> UUID | None:
        """The vendor's account, to which points may have been credited."""
        return self.complaint.vendor.id if self.complaint else None


@strawberry.type(description="The payload of `complaintFile`.")
class ComplaintFilePayload:
    """Source: `FilingAnswer`."""

    complaint: Complaint | None = strawberry.field(
        description="The complaint with all rows that could be filed; null if no row could be filed."
    )
    row_errors: list[RowError] = strawberry.field(
        description="The rows that were not filed, with the reason for each."
    )
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ComplaintFile:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Complain about faulty contacts; each row is decided independently. For vendors.",
        graphql_type=ComplaintFilePayload | None,
    )
    async def complaint_file(
        self,
        info: Info,
        input: Annotated[ComplaintFileInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> FilingAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            filed = await _file(context, input)
        except REFUSED as error:
            return FilingAnswer(user_errors=refused(error))
        if filed.complaint_id is None:
            return FilingAnswer(
                None, with_pauses(filed.problems), refused(_nothing_filed(input, filed.problems))
            )
        ids = [filed.complaint_id]
        complaint = (await complaints_by_id(context.conn, viewer, ids))[filed.complaint_id]
        return FilingAnswer(complaint, with_pauses(filed.problems))


async def _file(context: Context, given: ComplaintFileInput) -> Filed:
    viewer, checks = context.viewer, context.services.checks
    acting_vendor(viewer, "complain")
    if (given.items is None) == (given.file is None):
        raise ComplaintRefusal.ITEMS_OR_FILE.at("items")
    if given.items is not None:
        return await file_items(viewer, context.wake, checks, sent(given.items), given.idempotency_key)
    upload = _upload(given.file)
    most = context.services.settings.stored_bytes_per_account
    return await file_upload(viewer, context.wake, checks, upload, given.idempotency_key, most_stored=most)


def _upload(file: Any) -> Upload:
    stream = getattr(file, "file", None)
    if stream is None:
        raise FileRefusal.FILE_MISSING.at("file")
    return Upload(file.filename or "", stream)


def _nothing_filed(given: ComplaintFileInput, problems: Sequence[RowProblem]) -> Refusal:
    codes = {problem.code for problem in problems}
    field = "items" if given.file is None else "file"
    reason, values = ComplaintRefusal.NO_ROW_FILED, {"field": field}
    code = codes.pop() if len(codes) == 1 else reason.why.code
    return Refusal(code, (field,), reason.english(values), reason=reason, values=values)
