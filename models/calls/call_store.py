"""Locks, reads and writes calls as working copies, with their legs, attempts and deadlines."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.calls.attempts import Attempt, Leg
from models.calls.call_case import CALL_CLOSE, CallCase, PendingClose
from models.calls.call_tables import (
    AttemptSource,
    CallFlag,
    LegKind,
    TransferResult,
)
from models.calls.caller_id import Caller, CallerKind, CallerTrust
from models.policies.versions import policies_by_id
from rules import Policy
from rules.calls.call_mail import CallOutcome

_LOCK = """SELECT call.id FROM call WHERE call.id = ANY($1::uuid[]) ORDER BY call.id FOR NO KEY UPDATE"""
_CALLS = """SELECT call.*, secretariat.account_id, secretariat.retention_days,
        EXISTS (SELECT FROM call_note WHERE call_note.call_id = call.id) AS has_note,
        EXISTS (SELECT FROM call_leg WHERE call_leg.call_id = call.id) AS has_legs,
        EXISTS (SELECT FROM transfer_attempt WHERE transfer_attempt.call_id = call.id) AS has_attempts
    FROM call JOIN secretariat ON secretariat.id = call.secretariat_id
    WHERE call.id = ANY($1::uuid[]) ORDER BY call.id"""
_LEGS = """SELECT call_id, external_id, kind, started_at, answered_at, ended_at, result, result_at, cause, id
    FROM call_leg WHERE call_id = ANY($1::uuid[])"""
_ATTEMPTS = """SELECT call_id, ordinal, employee_id, number, started_at, by, decision_id, result, result_at,
        ended_at, talk_seconds, measured, message_for_caller, leg, id
    FROM transfer_attempt WHERE call_id = ANY($1::uuid[]) ORDER BY call_id, ordinal"""
_DEADLINES = f"""SELECT subject, id, due_at, ordinal, done_at IS NULL AS pending FROM deadline
    WHERE subject = ANY($1::uuid[]) AND kind = '{CALL_CLOSE}' ORDER BY id FOR NO KEY UPDATE"""


async def lock_calls(conn: Connection, ids: Collection[UUID]) -> list[CallCase]:
    """Lock calls in id order and return them as cases; ids that do not exist are left out.

    Locks first and reads afterwards: a statement that waits for a lock sees joined rows as they were before.
    """
    wanted = sorted(ids)
    await fetch(conn, _LOCK, wanted)
    rows = await fetch(conn, _CALLS, wanted)
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    cases = {row["id"]: _case(row, policies) for row in rows}
    with_legs = [row["id"] for row in rows if row["has_legs"]]
    for row in await fetch(conn, _LEGS, with_legs) if with_legs else ():
        leg = {
            **dict(row),
            "kind": LegKind(row["kind"]),
            "result": TransferResult(row["result"]) if row["result"] else None,
        }
        legs = cases[leg.pop("call_id")].legs
        legs[row["external_id"]] = Leg(**leg)
    with_attempts = [row["id"] for row in rows if row["has_attempts"]]
    for row in await fetch(conn, _ATTEMPTS, with_attempts) if with_attempts else ():
        values = {
            **dict(row),
            "by": AttemptSource(row["by"]),
            "result": TransferResult(row["result"]),
        }
        cases[values.pop("call_id")].attempts.append(Attempt(**values))
    for row in await fetch(conn, _DEADLINES, wanted):
        case = cases[row["subject"]]
        case.next_ordinal = max(case.next_ordinal, row["ordinal"] + 1)
        if row["pending"]:
            case.pending.append(PendingClose(row["id"], row["due_at"]))
    for case in cases.values():
        case.stored = frozenset((*case.legs.values(), *case.attempts))
    return list(cases.values())


def _case(row: Record, policies: Mapping[UUID, Policy]) -> CallCase:
    values = {key: value for key, value in row.items() if key not in {"has_legs", "has_attempts"}}
    caller = Caller(
        CallerKind(values.pop("caller_kind")),
        values.pop("caller"),
        values.pop("caller_shown"),
        CallerTrust(values.pop("caller_trust")),
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
    changed = [case for case in cases if case.changed]
    for statement, some in (
        (_INSERT_CALLS, [case for case in changed if case.new]),
        (_UPDATE_CALLS, [case for case in changed if not case.new]),
    ):
        await _write(conn, statement, [_row(case) for case in some])
    await _write(
        conn,
        _UPSERT_LEGS,
        [
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
        ],
    )
    await _write(
        conn,
        _UPSERT_ATTEMPTS,
        [
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
        ],
    )
    for case in changed:
        case.changed = case.new = False
        case.stored = frozenset((*case.legs.values(), *case.attempts))


async def _write(conn: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        await fetch(conn, statement, *map(list, zip(*rows, strict=True)))


def _row(case: CallCase) -> tuple[object, ...]:
    caller = {
        "caller": case.caller.e164,
        "caller_shown": case.caller.shown,
        "caller_kind": case.caller.kind,
        "caller_trust": case.caller.trust,
        "flags": " ".join(sorted(case.flags)),
    }
    return tuple(caller[name] if name in caller else getattr(case, name) for name in _COLUMNS)
