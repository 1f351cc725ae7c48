"""What a viewer sees of calls: a company's owners and members its own, agents those they can act on.

An agent sees the calls of companies that they may answer, until some time after the call ended. The clock
says when that is: a call whose deadline has passed reads as closed, although no worker has closed it yet.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch, fetch_one
from models.base.keyset import SelectStatement
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.caller_id import Caller, CallerKind, CallerTrust
from models.calls.closing import closed_as
from models.calls.list import may_see
from models.calls.outcome_now import CLOSES_AT
from models.calls.state import ended_from, state_of
from models.contact_data.redaction import Redacted
from models.policies.versions import policies_by_id
from rules import Decision, Policy, decide
from rules.calls.call_closing import CallClosingFacts, call_closing
from rules.calls.call_mail import CallOutcome
from rules.policy import CallPolicy

FROM_CALLS = "FROM call JOIN secretariat ON secretariat.id = call.secretariat_id"

# When a call ended, as of now; null while it is open.
ENDED_NOW = f"""coalesce(call.finished_at, call.closed_at,
    CASE WHEN {CLOSES_AT} <= leadgate_clock() THEN {CLOSES_AT} END)"""
_USUAL = CallPolicy().agent_sees_seconds  # of versions from before the number existed
# Of a call: whether it is open, or ended so short a time ago that agents see it.
AGENTS_STILL_SEE = f"""coalesce({ENDED_NOW} + make_interval(secs => coalesce(
        (SELECT parameters->'call'->>'agent_sees_seconds' FROM policy WHERE policy.id = call.policy_id),
        '{_USUAL}')::float) > leadgate_clock(), true)"""
# As `AttemptView` has them.
_ATTEMPT = """transfer_attempt.id, call_id, ordinal, employee_id, started_at, result, result_at, ended_at,
    talk_seconds, measured, message_for_caller, decision_id"""
CALL_COLUMNS = f"""call.id, call.version, call.secretariat_id, secretariat.account_id, call.policy_id, caller,
    caller_shown, caller_kind, caller_trust, dialled, ringing_at, answered_at, hung_up_at, agent_id,
    (SELECT name FROM users WHERE users.id = agent_id) AS agent_name, wanted_employee_id, vip_caller_id,
    faq_entry_id, finished_at, closed_at, outcome, flags, typed_seconds, forgotten_at,
    leadgate_clock() AS now, {CLOSES_AT} AS due_at,
    CASE WHEN closed_at IS NOT NULL THEN (
        SELECT decision.id FROM decision WHERE decision.subject = call.id AND ruleset = 'call_closing'
        ORDER BY decided_at DESC LIMIT 1) END AS closing_decision_id,
    (SELECT to_jsonb(call_note) FROM call_note WHERE call_note.call_id = call.id) AS note,
    ARRAY(SELECT ROW({_ATTEMPT}) FROM transfer_attempt
          WHERE transfer_attempt.call_id = call.id ORDER BY ordinal) AS attempts"""


@dataclass(frozen=True, slots=True, repr=False)
class AttemptView(Redacted):
    """An attempt to put a call through."""

    id: UUID
    call_id: UUID
    ordinal: int
    employee_id: UUID
    started_at: datetime
    result: TransferResult
    result_at: datetime | None
    ended_at: datetime | None
    talk_seconds: int | None
    measured: bool
    message_for_caller: str | None
    decision_id: UUID


@dataclass(frozen=True, slots=True, repr=False)
class NoteView(Redacted):
    """What the caller left; all of it is None or empty when the caller was forgotten."""

    secretariat_id: UUID
    version: int
    name: str | None
    company: str | None
    phone: str | None
    concern: str | None
    answers: Mapping[str, str]  # by the keys of other asked fields
    refused_keys: Collection[str]
    waived_keys: Collection[str]
    urgent: bool
    callback_by: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class CallView(Redacted):
    """A call as of `now`, with its attempts and its note; state and durations: `models.calls.state`.

    `due_at` is when its deadline closes it, None if it has ended.
    """

    id: UUID
    version: int
    secretariat_id: UUID
    account_id: UUID
    policy: Policy
    caller: Caller
    dialled: str
    ringing_at: datetime
    answered_at: datetime | None
    hung_up_at: datetime | None
    agent_id: UUID | None
    agent_name: str | None
    wanted_employee_id: UUID | None
    vip_caller_id: UUID | None
    faq_entry_id: UUID | None
    finished_at: datetime | None
    closed_at: datetime | None
    outcome: CallOutcome | None
    flags: frozenset[CallFlag]
    typed_seconds: int | None
    forgotten_at: datetime | None
    now: datetime
    due_at: datetime | None
    attempts: Sequence[AttemptView]
    note: NoteView | None
    closing_decision_id: UUID | None  # of a call that a worker has closed
    # Of another one: what its closing is decided from, and as of when.
    watched: tuple[CallClosingFacts, datetime] | None = None

    @property
    def joined_at(self) -> None:
        """Not read: only the due time depends on it, and that is stored."""

    @property
    def ended_at(self) -> datetime | None:
        """When its agent finished it, or its deadline closed it."""
        return ended_from(self.finished_at, self.closed_at)

    @property
    def closing(self) -> Decision | None:
        """Why it stays open, or why its deadline has closed it; None if that is recorded."""
        return None if self.watched is None else decide(call_closing, self.policy, *self.watched)


def may_see_call(statement: SelectStatement, viewer: Viewer) -> str:
    """Return the condition that the viewer may see a row of `call` of a `secretariat`."""
    if Role.AGENT not in viewer.roles:
        return may_see(statement, viewer)
    return f"({may_see(statement, viewer)} AND {AGENTS_STILL_SEE})"


async def calls_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, CallView]:
    """Return the calls with these ids that the viewer may see, in one statement."""
    statement = SelectStatement([list(ids)])
    statement.where("call.id = ANY($1::uuid[])")
    statement.where(may_see_call(statement, viewer))
    rows = await fetch(
        conn, f"SELECT {CALL_COLUMNS} {FROM_CALLS} WHERE {statement.all_conditions()}", *statement.values
    )
    return {view.id: view for view in await call_views(conn, rows)}


async def call_views(conn: Connection, rows: Collection[Record]) -> list[CallView]:
    """Return the views of rows with `CALL_COLUMNS`; policies that are not known yet are read."""
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    return [by_the_clock(_call(row, policies[row["policy_id"]])) for row in rows]


async def attempts_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, AttemptView]:
    """Return the attempts with these ids, of calls that the viewer may see; in two statements."""
    rows = await fetch(
        conn, "SELECT DISTINCT call_id FROM transfer_attempt WHERE id = ANY($1::uuid[])", list(ids)
    )
    calls = await calls_by_id(conn, viewer, {row["call_id"] for row in rows})
    wanted = set(ids)
    return {one.id: one for call in calls.values() for one in call.attempts if one.id in wanted}


async def read_note_of(conn: Connection, call_id: UUID, secretariat_id: UUID) -> NoteView | None:
    """Return the stored note of a locked call."""
    row = await fetch_one(
        conn, "SELECT to_jsonb(call_note) AS note FROM call_note WHERE call_id = $1", call_id
    )
    return _note(secretariat_id, row["note"] if row is not None else None)


def by_the_clock(view: CallView) -> CallView:
    """Return the call as its deadline leaves it, if that has passed and no worker has closed it yet."""
    if view.ended_at is not None:
        watched = None if view.closing_decision_id else _watched(view, view.now)
        return replace(view, due_at=None, watched=watched)
    if view.due_at is None or view.due_at > view.now:
        return replace(view, watched=_watched(view, view.now))
    outcome, flags = closed_as(view)
    attempts = [
        replace(one, result=TransferResult.CANCELLED, result_at=view.due_at)
        if one.result is TransferResult.CALLING
        else one
        for one in view.attempts
    ]
    return replace(
        view,
        closed_at=view.due_at,
        outcome=outcome,
        flags=view.flags | flags,
        due_at=None,
        attempts=attempts,
        watched=_watched(view, view.due_at),
    )


def _watched(view: CallView, at: datetime) -> tuple[CallClosingFacts, datetime]:
    return CallClosingFacts(*state_of(view)), at


def _attempt(values: Sequence[Any]) -> AttemptView:
    attempt = dict(zip(AttemptView.__dataclass_fields__, values, strict=True))
    return AttemptView(**{**attempt, "result": TransferResult(attempt["result"])})


def _call(row: Record, policy: Policy) -> CallView:
    # Not the keys of an order, which lists select too.
    values = {name: value for name, value in row.items() if name in CallView.__dataclass_fields__}
    caller = Caller(
        CallerKind(row["caller_kind"]), row["caller"], row["caller_shown"], CallerTrust(row["caller_trust"])
    )
    return CallView(
        **{
            **values,
            "policy": policy,
            "caller": caller,
            "outcome": CallOutcome(row["outcome"]) if row["outcome"] else None,
            "flags": frozenset(map(CallFlag, row["flags"])),
            "attempts": [_attempt(values) for values in row["attempts"]],
            "note": _note(row["secretariat_id"], row["note"]),
        }
    )


def _note(secretariat_id: UUID, stored: str | None) -> NoteView | None:
    if stored is None:
        return None
    note = orjson.loads(stored)
    by = note["callback_by"]
    return NoteView(
        secretariat_id,
        note["version"],
        note["caller_name"],
        note["company"],
        note["phone"],
        note["concern"],
        note["answers"],
        note["refused_keys"],
        note["waived_keys"],
        note["urgent"],
        datetime.fromisoformat(by) if by else None,
    )
