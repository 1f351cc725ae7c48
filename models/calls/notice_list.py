"""Look-ups of notices of calls, for those who manage the company; without addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import SelectStatement
from models.base.viewer import Viewer
from models.calls.list import manages, may_see
from rules.messages.dispatch import DispatchChannel

# Of an email with further recipients, the one to the employee.
_NOTICES = """SELECT notice.id, notice.call_id, notice.channel, notice.employee_id, notice.decision_id,
        dispatch.sent_at, coalesce(dispatch.cost_cents, 0) AS cents
    FROM call_notice AS notice JOIN call ON call.id = notice.call_id
    JOIN secretariat ON secretariat.id = call.secretariat_id
    LEFT JOIN dispatch ON dispatch.message_id = notice.message_id AND dispatch.copy = 0"""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Whether and why an employee is told of a call on a channel; what it cost, in EUR cents."""

    id: UUID
    call_id: UUID
    channel: DispatchChannel
    employee_id: UUID
    decision_id: UUID
    sent_at: datetime | None
    cents: int


async def notices_of_calls(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, list[NoticeView]]:
    """Return the notices of these calls that the viewer may see, in the order in which they were decided."""
    found: dict[UUID, list[NoticeView]] = {one: [] for one in ids}
    for view in await _read(conn, viewer, "notice.call_id", ids):
        found[view.call_id].append(view)
    return found


async def notices_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, NoticeView]:
    """Return the notices with these ids that the viewer may see."""
    return {view.id: view for view in await _read(conn, viewer, "notice.id", ids)}


async def _read(conn: Connection, viewer: Viewer, column: str, ids: Collection[UUID]) -> list[NoticeView]:
    if not manages(viewer):
        return []
    statement = SelectStatement([list(ids)])
    statement.where(f"{column} = ANY($1::uuid[])")
    statement.where(may_see(statement, viewer))
    rows = await fetch(
        conn, f"{_NOTICES} WHERE {statement.all_conditions()} ORDER BY notice.id", *statement.values
    )
    return [_view(row) for row in rows]


def _view(row: Record) -> NoticeView:
    return NoticeView(
        row["id"],
        row["call_id"],
        DispatchChannel(row["channel"]),
        row["employee_id"],
        row["decision_id"],
        row["sent_at"],
        row["cents"],
    )
