"""Calls as rows: the columns of a list that makes no views, and what their fields are computed from.

What they say is what `models.calls.call_views` says: state and durations follow from `models.calls.state`,
and a call whose deadline has passed reads as closed, although no worker has closed it yet.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from asyncpg import Record

from models.base.clock import NOW_US, instant
from models.calls.call_tables import TransferResult
from models.calls.closing import closed_as
from models.calls.outcome_now import CLOSES_AT
from models.calls.state import AttemptReader
from rules.calls.call_mail import CallOutcome

# An attempt is a tuple of these columns of `transfer_attempt`.
ATTEMPT = (
    "result",
    "result_at",
    "started_at",
    "talk_seconds",
    "id",
    "ordinal",
    "ended_at",
    "measured",
    "message_for_caller",
)
_RESULT, _RESULT_AT, _STARTED_AT, _TALK = range(4)
Attempt = tuple[Any, ...]
READ: AttemptReader[Attempt] = AttemptReader(*map(itemgetter, (_RESULT, _RESULT_AT, _TALK)))

_CALL = {
    name: f"call.{name}"
    for name in (
        "id",
        "version",
        "secretariat_id",
        "caller",
        "caller_trust",
        "dialled",
        "ringing_at",
        "answered_at",
        "hung_up_at",
        "agent_id",
        "finished_at",
        "closed_at",
        "outcome",
        "flags",
        "typed_seconds",
        "forgotten_at",
    )
} | {
    "caller_shown": "nullif(call.caller_shown, '')",
    "attempts": f"""ARRAY(SELECT ROW({", ".join(ATTEMPT)}) FROM transfer_attempt
        WHERE transfer_attempt.call_id = call.id ORDER BY ordinal)""",
    "due_at": f"CASE WHEN call.finished_at IS NULL AND call.closed_at IS NULL THEN {CLOSES_AT} END",
    "now_us": NOW_US,
}
_AGENT = {"agent_name": "users.name"}
_EMPLOYEE = {
    f"employee_{name}": f"employee.{name}"
    for name in (
        "version",
        "first_name",
        "last_name",
        "position",
        "responsibility",
        "sms_tick",
        "vip_sms_tick",
        "wish",
        "absence_text",
        "secretariat_id",
        "deputy_id",
    )
} | {
    # Calls want employees of their own company, whom everybody sees who sees the call; nobody sees others.
    "employee_id": "CASE WHEN employee.secretariat_id = call.secretariat_id THEN employee.id END",
}
_NOTE = {
    f"note_{name}": f"call_note.{name}"
    for name in ("id", "version", "caller_name", "company", "phone", "concern", "urgent", "callback_by")
}
# Each with its join, after `FROM_CALLS`.
_PARTS = (
    (_CALL, ""),
    (_AGENT, "LEFT JOIN users ON users.id = call.agent_id"),
    (_EMPLOYEE, "LEFT JOIN employee ON employee.id = call.wanted_employee_id"),
    (_NOTE, "LEFT JOIN call_note ON call_note.call_id = call.id"),
)
_SQL = {name: sql for columns, _ in _PARTS for name, sql in columns.items()}

# What a deadline that has passed changes, and what that is worked out from.
_CHANGED = frozenset({"closed_at", "outcome", "flags", "attempts", "due_at"})
_KNOWN = (
    "ringing_at",
    "answered_at",
    "hung_up_at",
    "finished_at",
    "typed_seconds",
    *sorted(_CHANGED),
    "now_us",
)


class Selected(NamedTuple):
    """A select list and the joins that it needs; `due_at` is the place of that column, None if it changes
    nothing that is read.
    """

    columns: str
    joins: str
    due_at: int | None


@lru_cache(maxsize=1_000)
def selected(names: tuple[str, ...]) -> Selected:
    """Return the select list that begins with these columns."""
    by_the_clock = not _CHANGED.isdisjoint(names)
    asked = tuple(dict.fromkeys((*names, *(_KNOWN if by_the_clock else ())))) or ("id",)
    return Selected(
        ", ".join(f"{_SQL[name]} AS {name}" for name in asked),
        " ".join(join for columns, join in _PARTS if not columns.keys().isdisjoint(asked)),
        asked.index("due_at") if by_the_clock else None,
    )


class _KnownAttempt(NamedTuple):
    result: TransferResult
    started_at: datetime
    result_at: datetime | None
    talk_seconds: int | None


class _KnownCall(NamedTuple):
    """A call that no worker has closed yet, as it is stored."""

    ringing_at: datetime
    answered_at: datetime | None
    hung_up_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    outcome: CallOutcome | None
    typed_seconds: int | None
    attempts: Sequence[_KnownAttempt]
    joined_at: None = None  # only the due time depends on it


def rows_by_the_clock(rows: list[Record], wanted: Selected) -> list[Record]:
    """Return the rows with calls as their deadlines leave them, if those have passed and no worker has closed
    the calls yet.
    """
    place = wanted.due_at
    if place is None or not rows:
        return rows
    now = instant(rows[0]["now_us"])
    return [_closed(row) if (due_at := row[place]) is not None and due_at <= now else row for row in rows]


def _closed(row: Record) -> Record:
    """Return what reads like the row of a call that its deadline has closed, by names and by places."""
    attempts = [
        _KnownAttempt(TransferResult(one[_RESULT]), one[_STARTED_AT], one[_RESULT_AT], one[_TALK])
        for one in row["attempts"]
    ]
    known = {name: row[name] for name in _KnownCall._fields if name in row} | {"attempts": attempts}
    outcome, flags = closed_as(_KnownCall(**known))
    values = dict(row) | {
        "closed_at": row["due_at"],
        "outcome": outcome.value,
        "flags": [*{*row["flags"], *(flag.value for flag in flags)}],
        "due_at": None,
        "attempts": [_cancelled(one, row["due_at"]) for one in row["attempts"]],
    }
    return cast("Record", values | dict(enumerate(values.values())))


def _cancelled(attempt: Attempt, at: datetime) -> Attempt:
    if attempt[_RESULT] != TransferResult.CALLING:
        return attempt
    return (TransferResult.CANCELLED.value, at, *attempt[_STARTED_AT:])
