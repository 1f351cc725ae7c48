"""Answer files of decided complaints, stored with their accounts' files (S5.10).

A crash loses nothing: decided complaints that have no answer file are found again.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import structlog
from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.public_id import public_id
from models.complaints.file import MEDIA_TYPES, AnswerRow, TemplateFormat, write_answer
from models.complaints.tables import Remedy
from models.feed.wording import decision_message, moment
from models.files.store import NewFile, store_file
from models.files.tables import FileKind
from models.policies.decisions import decisions_by_id
from models.process.faults import kind
from models.tabular.file_threads import WRITING
from rules.complaint import ComplaintReason, ComplaintVerdict

BATCH = 20

_log = structlog.get_logger(__name__)

_ROWS = """SELECT item.row, item.delivery_id, delivery.closed = 'NO' AS open, lead.title, item.reason,
        item.explanation, item.verdict,
        item.decision_id, item.comment, remedy.kind AS remedy, remedy.points, delivery.points AS at_stake,
        remedy.replacement_id, replacing.title AS replacement_title, fallback.due_at AS awaited_until
    FROM complaint_item AS item JOIN delivery ON delivery.id = item.delivery_id
    JOIN lead ON lead.id = delivery.lead_id LEFT JOIN remedy ON remedy.item_id = item.id
    LEFT JOIN delivery AS replacement ON replacement.id = remedy.replacement_id
    LEFT JOIN lead AS replacing ON replacing.id = replacement.lead_id
    LEFT JOIN deadline AS fallback ON fallback.kind = 'REPLACEMENT_FALLBACK' AND fallback.subject = item.id
        AND remedy.settled_at IS NULL
    WHERE item.complaint_id = $1 ORDER BY coalesce(item.row, 0), item.id"""
# The file is written in the language of the account's first owner.
_OWNER = """SELECT locale, time_zone FROM users WHERE account_id = $1 AND account_role = 'OWNER'
    ORDER BY disabled_at IS NOT NULL, id LIMIT 1"""


async def ensure_answers(complaint_ids: Collection[UUID] | None = None) -> list[UUID]:
    """Create missing answer files, up to 20, or those of the complaints given; return the complaints that got
    one.

    Complaints given by id get a new file if its content has changed, for example after an overruled decision.
    A complaint that fails is retried by the next call.
    """
    if complaint_ids is None:
        rows = await fetch(
            connection(),
            """SELECT id FROM complaint WHERE decided_at IS NOT NULL AND answer_file_id IS NULL
               ORDER BY decided_at, id LIMIT $1""",
            BATCH,
        )
        complaint_ids = [row["id"] for row in rows]
    answered = []
    for complaint_id in complaint_ids:
        try:
            if await _answer(complaint_id):
                answered.append(complaint_id)
        except Exception as error:  # noqa: BLE001 - a failure must not delay the others
            _log.error("complaint_not_answered", complaint_id=str(complaint_id), reason=kind(error))
    return answered


async def _answer(complaint_id: UUID) -> bool:
    async with transaction() as conn:
        complaint = await fetch_one(
            conn,
            """SELECT complaint.id, complaint.number, complaint.account_id, stored_file.sha256
               FROM complaint LEFT JOIN stored_file ON stored_file.id = complaint.answer_file_id
               WHERE complaint.id = $1 AND complaint.decided_at IS NOT NULL
               FOR NO KEY UPDATE OF complaint""",
            complaint_id,
        )
        if complaint is None:
            return False
        file = await _render(conn, complaint)
        if complaint["sha256"] is not None and bytes(complaint["sha256"]) == file.sha256:
            return False
        now: datetime = await database_now(conn)
        file_id = await store_file(conn, file, now)
        await fetch(
            conn,
            "UPDATE complaint SET answer_file_id = $2, version = version + 1 WHERE id = $1",
            complaint_id,
            file_id,
        )
    return True


def _points(row: Record) -> str | None:
    """Return the points credited, or those to be credited if the replacement does not arrive."""
    if row["remedy"] == Remedy.POINTS:
        return str(row["points"])
    return str(row["at_stake"]) if row["awaited_until"] else None


async def _render(conn: Connection, complaint: Record) -> NewFile:
    owner = await fetch_one(conn, _OWNER, complaint["account_id"])
    locale, zone = (owner["locale"], owner["time_zone"]) if owner else ("en", "UTC")
    rows = await fetch(conn, _ROWS, complaint["id"])
    decisions = await decisions_by_id(conn, {row["decision_id"] for row in rows})

    def answer_rows() -> list[AnswerRow]:
        return [
            AnswerRow(
                row["row"],
                public_id("Delivery", row["delivery_id"]),
                row["title"],
                ComplaintReason(row["reason"]),
                row["explanation"],
                ComplaintVerdict(row["verdict"]),
                decision_message(decisions[row["decision_id"]], locale, zone),
                row["comment"],
                row["remedy"],
                _points(row),
                row["replacement_title"],
                public_id("Delivery", row["replacement_id"]) if row["replacement_id"] else None,
                moment(row["awaited_until"], locale, zone) if row["awaited_until"] else None,
            )
            for row in rows
        ]

    content = await WRITING.run(lambda: write_answer(answer_rows(), complaint["number"], locale))
    name = f"complaint-{complaint['number']}-answer.xlsx"
    return NewFile(
        complaint["account_id"],
        FileKind.ADDED_BY_ADMINISTRATOR,
        name,
        MEDIA_TYPES[TemplateFormat.XLSX],
        content,
        # Items whose contact is closed are answered too, but do not withhold the file from the vendor.
        delivery_ids=[row["delivery_id"] for row in rows if row["open"]],
    )
