"""Locks, reads and writes calls as working copies, with their legs, attempts and deadlines."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.one_statement import Change, write_together
from models.calls.attempts import Attempt, Leg
from models.calls.call_case import CALL_CLOSE, CallCase
from models.calls.call_tables import (
    AttemptSource,
    CallFlag,
    LegKind,
    TransferResult,
)
from models.calls.caller_id import Caller, CallerKind, CallerTrust
from models.deadlines.registry import PendingDeadline
from models.policies.versions import policies_by_id
from rules import Policy
from rules.calls.call_mail import CallOutcome

# Of a row of `call` that is locked, with its `secretariat`.
LOCKED_COLUMNS = "call.*, secretariat.account_id, secretariat.retention_days"
_LOCK = f"""SELECT {LOCKED_COLUMNS} FROM call JOIN secretariat ON secretariat.id = call.secretariat_id
    WHERE call.id = ANY($1::uuid[]) ORDER BY call.id FOR NO KEY UPDATE OF call"""
_LEG = ("external_id", "kind", "started_at", "answered_at", "ended_at", "result", "result_at", "cause", "id")
_ATTEMPT = (
    *(
        "ordinal",
        "employee_id",
        "number",
        "started_at",
        "by",
        "decision_id",
        "result",
        "result_at",
        "ended_at",
    ),
    *("talk_seconds", "measured", "message_for_caller", "leg", "id"),
)
# Locks the deadlines too. A call that has none is one row without a deadline.
_REST = f"""WITH closing AS MATERIALIZED (
        SELECT subject, id, due_at, ordinal, done_at IS NULL AS pending FROM deadline
        WHERE subject = ANY($1::uuid[]) AND kind = '{CALL_CLOSE}' ORDER BY id FOR NO KEY UPDATE)
    SELECT call.id, leadgate_clock() AS now,
        ARRAY(SELECT ROW(id, ordinal, due_at, pending) FROM closing WHERE subject = call.id ORDER BY due_at)
            AS deadlines,
        EXISTS (SELECT FROM call_note WHERE call_note.call_id = call.id) AS has_note,
        ARRAY(SELECT ROW({", ".join(_LEG)}) FROM call_leg WHERE call_leg.call_id = call.id) AS legs,
        ARRAY(SELECT ROW({", ".join(_ATTEMPT)}) FROM transfer_attempt
              WHERE transfer_attempt.call_id = call.id ORDER BY ordinal) AS attempts
    FROM call WHERE call.id = ANY($1::uuid[])"""


async def lock_calls(conn: Connection, ids: Collection[UUID]) -> list[CallCase]:
    """Lock calls in id order and return them as cases; ids that do not exist are left out."""
    rows = await fetch(conn, _LOCK, sorted(ids))
    return (await locked_cases(conn, rows))[0] if rows else []


async def lock_call(conn: Connection, call_id: UUID) -> tuple[CallCase, datetime]:
    """Lock one call; return its case, and a time since then. Raises LookupError for an unknown id."""
    rows = await fetch(conn, _LOCK, [call_id])
    if not rows:
        raise LookupError(f"call {call_id} does not exist")
    (case,), now = await locked_cases(conn, rows)
    return case, now


async def locked_cases(conn: Connection, rows: Sequence[Record]) -> tuple[list[CallCase], datetime]:
    """Return the cases of calls that were just locked, from `LOCKED_COLUMNS`, and a time since then.

    What hangs on a call is read by a further statement: one that has waited for a lock sees the locked row as
    it is now, but all others as they were when it began to wait.
    """
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    cases = {row["id"]: _case(row, policies) for row in rows}
    rest = await fetch(conn, _REST, list(cases))
    for row in rest:
        case = cases[row["id"]]
        case.has_note = row["has_note"]
        for deadline_id, ordinal, due_at, pending in row["deadlines"]:
            case.next_ordinal = max(case.next_ordinal, ordinal + 1)
            if pending:
                case.pending.append(PendingDeadline(deadline_id, CALL_CLOSE, ordinal, due_at))
        for values in row["legs"]:
            leg = _leg(dict(zip(_LEG, values, strict=True)))
            case.legs[leg.external_id] = leg
        case.attempts = [_attempt(dict(zip(_ATTEMPT, values, strict=True))) for values in row["attempts"]]
        case.stored = frozenset((*case.legs.values(), *case.attempts))
    return list(cases.values()), rest[0]["now"]


def _leg(values: dict[str, Any]) -> Leg:
    result = values["result"]
    return Leg(
        **{
            **values,
            "kind": LegKind(values["kind"]),
            "result": TransferResult(result) if result else None,
        }
    )


def _attempt(values: dict[str, Any]) -> Attempt:
    return Attempt(
        **{**values, "by": AttemptSource(values["by"]), "result": TransferResult(values["result"])}
    )


def _case(row: Record, policies: Mapping[UUID, Policy]) -> CallCase:
    values = {name: value for name, value in row.items() if name in CallCase.__dataclass_fields__}
    caller = Caller(
        CallerKind(row["caller_kind"]), row["caller"], row["caller_shown"], CallerTrust(row["caller_trust"])
    )
    return CallCase(
        **{
            **values,
            "policy": policies[row["policy_id"]],
            "caller": caller,
            "outcome": CallOutcome(row["outcome"]) if row["outcome"] else None,
            "flags": frozenset(map(CallFlag, row["flags"])),
        }
    )


# Columns with their types, as written; `flags` is a list of words.
_COLUMNS: Mapping[str, str] = {
    "id": "uuid",
    "version": "int",
    "secretariat_id": "uuid",
    "policy_id": "uuid",
    "external_id": "text",
    "caller": "text",
    "caller_shown": "text",
    "caller_kind": "text",
    "caller_trust": "text",
    "dialled": "text",
    "diverted_from": "text",
    "ringing_at": "timestamptz",
    "answered_at": "timestamptz",
    "hung_up_at": "timestamptz",
    "taken_over_at": "timestamptz",
    "agent_id": "uuid",
    "wanted_employee_id": "uuid",
    "vip_caller_id": "uuid",
    "faq_entry_id": "uuid",
    "finished_at": "timestamptz",
    "closed_at": "timestamptz",
    "outcome": "text",
    "cause": "text",
    "flags": "text",
    "typed_seconds": "int",
    "forget_at": "timestamptz",
    "forgotten_at": "timestamptz",
}
_NAMES = ", ".join(_COLUMNS)
_FROM = f"""SELECT {_NAMES.replace("flags", "string_to_array(flags, ' ') AS flags")}
    FROM unnest({", ".join(f"${place}::{kind}[]" for place, kind in enumerate(_COLUMNS.values(), 1))})
        AS written ({_NAMES})"""
_INSERT_CALLS = f"INSERT INTO call ({_NAMES}) {_FROM}"
_UPDATE_CALLS = f"""UPDATE call SET ({_NAMES}) = (SELECT {", ".join(f"written.{name}" for name in _COLUMNS)})
    FROM ({_FROM}) AS written WHERE call.id = written.id"""
_UPSERT_LEGS = """INSERT INTO call_leg (id, call_id, external_id, kind, started_at, answered_at, ended_at,
        result, result_at, cause)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                         $7::timestamptz[], $8::text[], $9::timestamptz[], $10::text[])
    ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, started_at = EXCLUDED.started_at,
        answered_at = EXCLUDED.answered_at, ended_at = EXCLUDED.ended_at, result = EXCLUDED.result,
        result_at = EXCLUDED.result_at, cause = EXCLUDED.cause"""
_UPSERT_ATTEMPTS = """INSERT INTO transfer_attempt (id, call_id, ordinal, employee_id, number, started_at, by,
        decision_id, result, result_at, ended_at, talk_seconds, measured, message_for_caller, leg)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::timestamptz[],
        $7::text[], $8::uuid[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::int[],
        $13::boolean[], $14::text[], $15::text[])
    ON CONFLICT (id) DO UPDATE SET started_at = EXCLUDED.started_at, result = EXCLUDED.result,
        result_at = EXCLUDED.result_at, ended_at = EXCLUDED.ended_at, talk_seconds = EXCLUDED.talk_seconds,
        measured = EXCLUDED.measured, message_for_caller = EXCLUDED.message_for_caller, leg = EXCLUDED.leg"""


async def save_calls(conn: Connection, cases: Collection[CallCase]) -> None:
    """Write changed calls with their changed legs and attempts; new ones are inserted."""
    await write_together(conn, changes_of(cases))


def changes_of(cases: Collection[CallCase]) -> list[Change]:
    """Return what writes changed calls, legs and attempts; the cases count as saved from now on."""
    changed = [case for case in cases if case.changed]
    changes = [
        *Change.of_rows(_INSERT_CALLS, [_row(case) for case in changed if case.new]),
        *Change.of_rows(_UPDATE_CALLS, [_row(case) for case in changed if not case.new]),
        *Change.of_rows(_UPSERT_LEGS, _legs(changed)),
        *Change.of_rows(_UPSERT_ATTEMPTS, _attempts(changed)),
    ]
    for case in changed:
        case.changed = case.new = False
        case.stored = frozenset((*case.legs.values(), *case.attempts))
    return changes


def _legs(changed: Sequence[CallCase]) -> list[tuple[object, ...]]:
    return [
        (
            leg.id,
            case.id,
            leg.external_id,
            leg.kind,
            leg.started_at,
            leg.answered_at,
            leg.ended_at,
            leg.result,
            leg.result_at,
            leg.cause,
        )
        for case in changed
        for leg in case.legs.values()
        if leg not in case.stored
    ]


def _attempts(changed: Sequence[CallCase]) -> list[tuple[object, ...]]:
    return [
        (
            one.id,
            case.id,
            one.ordinal,
            one.employee_id,
            one.number,
            one.started_at,
            one.by,
            one.decision_id,
            one.result,
            one.result_at,
            one.ended_at,
            one.talk_seconds,
            one.measured,
            one.message_for_caller,
            one.leg,
        )
        for case in changed
        # At most one may be open at any time: those that end are written first.
        for one in sorted(case.attempts, key=lambda one: one.result is TransferResult.CALLING)
        if one not in case.stored
    ]


def _row(case: CallCase) -> tuple[object, ...]:
    caller = {
        "caller": case.caller.e164,
        "caller_shown": case.caller.shown,
        "caller_kind": case.caller.kind,
        "caller_trust": case.caller.trust,
        "flags": " ".join(sorted(case.flags)),
    }
    return tuple(caller[name] if name in caller else getattr(case, name) for name in _COLUMNS)
