"""Filing a complaint from a client's file or items; each row is handled independently."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import IO
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection, transaction
from models.base.ids import new_id
from models.base.public_id import row_id_of
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.complaints.case import ItemDraft, deliveries_of
from models.complaints.evidence.gathering import BATCH, Check
from models.complaints.file import MAX_BYTES, FilledFile, read_filled_file
from models.complaints.refusals import ComplaintRefusal
from models.complaints.submit import Filed, Progress, RowProblem, file_complaint
from models.contact_data.refusals import ContactDataRefusal
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.files.store import FileForgottenError, NewFile, forget_upload, store_upload
from models.files.tables import FileKind
from models.files.turns import FileTurns
from models.process.wake import Wake
from models.tabular.errors import TableError
from models.tabular.file_threads import READING
from rules.complaint import ComplaintReason

TURNS = FileTurns(2, "being read")


@dataclass(frozen=True, slots=True)
class SentItem:
    """One row as sent: its number from 1, the delivery's public id, the reason and the explanation."""

    row: int
    delivery_id: str
    reason: ComplaintReason | None
    explanation: str | None


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file, positioned at its start."""

    name: str
    stream: IO[bytes]


def read_items(items: Sequence[SentItem]) -> tuple[list[ItemDraft], list[RowProblem]]:
    """Separate the claims from the items without a reason or a valid delivery id."""
    drafts: list[ItemDraft] = []
    problems: list[RowProblem] = []
    for item in items:
        delivery_id = row_id_of(item.delivery_id, "Delivery")
        if delivery_id is None:
            not_found = ComplaintRefusal.DELIVERY_NOT_FOUND.sentence()
            problems.append(RowProblem(item.row, "deliveryId", not_found))
        elif item.reason is None:
            problems.append(RowProblem(item.row, "reason", ComplaintRefusal.REASON_MISSING.sentence()))
        elif "\x00" in (item.explanation or ""):
            hidden = ContactDataRefusal.TEXT_HAS_HIDDEN_CHARACTER.sentence(character="U+0000")
            problems.append(RowProblem(item.row, "explanation", hidden))
        else:
            drafts.append(ItemDraft(new_id(), delivery_id, item.reason, item.explanation or "", item.row))
    return drafts, problems


async def file_items(
    viewer: Viewer, wake: Wake, checks: Sequence[Check], items: Sequence[SentItem], idempotency_key: str
) -> Filed:
    """File items sent one by one; raises the same errors as `file_complaint`."""
    acting_vendor(viewer, "complain")
    given: dict[str, object] = {
        "items": [
            [item.delivery_id, None if item.reason is None else str(item.reason), item.explanation]
            for item in items
        ]
    }
    drafts, problems = read_items(items)
    if problems and not drafts:
        return Filed(None, problems)
    filing = _Filing(viewer, wake, checks, idempotency_key, given)
    return await filing.file(drafts, problems, None)


async def file_upload(
    viewer: Viewer,
    wake: Wake,
    checks: Sequence[Check],
    upload: Upload,
    idempotency_key: str,
    *,
    most_stored: int,
) -> Filed:
    """File the claims of an uploaded file; the file is stored unchanged if anything was filed (S5.7).

    Raises the same errors as `file_complaint`, and `Refusal` on `file`: INVALID for a file that is not a
    table of claims; LIMIT_EXCEEDED while another file of the account is being read, while two of others are,
    or if the account's files would exceed `most_stored` bytes.
    """
    account_id = acting_vendor(viewer, "complain")
    with TURNS.take(("file",), account_id):
        # One extra byte shows that the file is too large.
        content = await READING.run(lambda: upload.stream.read(MAX_BYTES + 1))
        try:
            read: FilledFile = await read_filled_file(content, upload.name)
        except TableError as error:
            raise error.refusal("file") from error
    drafts, problems = await READING.run(lambda: _drafts_of(read))
    if not drafts:
        return _in_words_of(read, Filed(None, problems))
    named = await READING.run(lambda: {row_id_of(text, "Delivery") for text in read.named} - {None})
    file = NewFile(
        account_id,
        FileKind.COMPLAINT_UPLOAD,
        upload.name or "complaint",
        read.media_type,
        content,
        viewer.user_id,
        await deliveries_of(connection(), account_id, named),
    )
    filing = _Filing(viewer, wake, checks, idempotency_key, {"file": sha256(content).hexdigest()})
    while True:
        with suppress(FileForgottenError):  # then this upload has to store it again
            filed = await _file_stored(filing, file, drafts, problems, most_stored)
            return _in_words_of(read, filed)


async def _file_stored(
    filing: "_Filing",
    file: NewFile,
    drafts: Sequence[ItemDraft],
    problems: Sequence[RowProblem],
    most_stored: int,
) -> Filed:
    """Store the file, file its claims, and delete it if nothing was filed; raises `FileForgottenError`."""
    async with transaction() as conn:
        file_id, is_new = await store_upload(conn, file, await database_now(conn), most_stored)
    filed = Filed(None, [])
    try:
        filed = await filing.file(drafts, problems, file_id)
    finally:
        if is_new and filed.complaint_id is None:
            async with transaction() as conn:
                await forget_upload(conn, file_id)
    return filed


def _drafts_of(read: FilledFile) -> tuple[list[ItemDraft], list[RowProblem]]:
    """Return the claims of a file, and the problems of its rows."""
    sent = [SentItem(row.row, row.delivery_id, row.reason, row.explanation) for row in read.rows]
    drafts, unreadable = read_items(sent)
    problems = [RowProblem(found.row, found.field or None, found.reason) for found in read.problems]
    return drafts, problems + unreadable


def _in_words_of(file: FilledFile, filed: Filed) -> Filed:
    """Name fields by the file's headings, because people who fill it in do not know the API's names."""
    return replace(
        filed,
        problems=[replace(found, heading=file.headings.get(found.column or "")) for found in filed.problems],
    )


@dataclass(frozen=True, slots=True)
class _Filing:
    """The context of one request."""

    viewer: Viewer
    wake: Wake
    checks: Sequence[Check]
    idempotency_key: str
    given: dict[str, object]

    async def file(
        self, drafts: Sequence[ItemDraft], problems: Sequence[RowProblem], file_id: UUID | None
    ) -> Filed:
        filed = await file_complaint(
            self.viewer,
            self.wake,
            self.checks,
            drafts=drafts,
            idempotency_key=self.idempotency_key,
            given=self.given,
            file_id=file_id,
            on_progress=self._progress(),
        )
        return Filed(filed.complaint_id, _by_row([*problems, *filed.problems]))

    def _progress(self) -> Progress:
        async def report_progress(checked: int, total: int) -> None:
            if total <= BATCH:  # finished before progress is of any use
                return
            async with transaction() as conn:
                journal = Journal(await database_now(conn), self.viewer.user_id)
                journal.events.append(
                    EventRow(
                        acting_vendor(self.viewer, "complain"),
                        NotificationKind.COMPLAINT_PROGRESS,
                        journal.now,
                        parameters={
                            "checked": checked,
                            "total": total,
                            "idempotencyKey": self.idempotency_key,
                        },
                    )
                )
                await journal.write(conn)
            await self.wake.send(journal.recipients, journal.due)

        return report_progress


def _by_row(problems: Sequence[RowProblem]) -> list[RowProblem]:
    return sorted(problems, key=lambda problem: problem.row or 0)
