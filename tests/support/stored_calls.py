"""Calls written straight into the tables: for lists and statistics, which only read.

They have no notices, so a test removes them again: the reconciliation after each test would miss those.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.calls.call_tables import TransferResult
from rules.calls.call_mail import CallOutcome


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call; with an agent if it was answered. `attempts`: whom it was put through to, and the results.

    `due_at` is when its deadline closes it, `concern` what its note says.
    """

    ringing_at: datetime
    answered_at: datetime | None = None
    hung_up_at: datetime | None = None
    outcome: CallOutcome | None = None
    wanted: UUID | None = None
    attempts: Sequence[tuple[UUID, TransferResult]] = ()
    caller: str | None = "+493023125901"
    due_at: datetime | None = None
    concern: str | None = None
    id: UUID = field(default_factory=new_id)


async def remove_calls() -> None:
    """Remove all calls with what belongs to them."""
    await fetch(connection(), "DELETE FROM deadline WHERE kind = 'CALL_CLOSE'")
    for table in ("transfer_attempt", "call_note", "call"):
        await fetch(connection(), f"DELETE FROM {table}")


async def store_calls(
    secretariat_id: UUID, policy_id: UUID, agent_id: UUID, calls: Sequence[StoredCall]
) -> None:
    """Write calls; those with an outcome are finished when their caller hung up."""
    await fetch(
        connection(),
        """INSERT INTO call (id, version, secretariat_id, policy_id, caller, caller_shown, caller_kind,
                             caller_trust, dialled, ringing_at, answered_at, hung_up_at, agent_id,
                             wanted_employee_id, outcome, finished_at, flags)
           SELECT given.id, 1, $1, $2, given.caller, coalesce(given.caller, ''),
                  CASE WHEN given.caller IS NULL THEN 'WITHHELD' ELSE 'NUMBER' END,
                  CASE WHEN given.caller IS NULL THEN 'WITHHELD' ELSE 'PRESENTED' END, '+493023125100',
                  given.ringing_at, given.answered_at, given.hung_up_at,
                  CASE WHEN given.answered_at IS NOT NULL THEN $3::uuid END, given.wanted, given.outcome,
                  CASE WHEN given.outcome IS NOT NULL THEN coalesce(given.hung_up_at, given.ringing_at) END,
                  '{}'
           FROM unnest($4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                       $9::uuid[], $10::text[])
               AS given (id, caller, ringing_at, answered_at, hung_up_at, wanted, outcome)""",
        secretariat_id,
        policy_id,
        agent_id,
        [one.id for one in calls],
        [one.caller for one in calls],
        [one.ringing_at for one in calls],
        [one.answered_at for one in calls],
        [one.hung_up_at for one in calls],
        [one.wanted for one in calls],
        [one.outcome for one in calls],
    )
    attempts = [
        (one.id, ordinal, employee, result, one.ringing_at)
        for one in calls
        for ordinal, (employee, result) in enumerate(one.attempts, 1)
    ]
    await fetch(
        connection(),
        """INSERT INTO transfer_attempt (id, call_id, ordinal, employee_id, number, started_at, result,
                                         result_at, measured, decision_id, by)
           SELECT gen_random_uuid(), given.call, given.ordinal, given.employee, '+493023125101', given.at,
                  given.result, CASE WHEN given.result <> 'CALLING' THEN given.at END, false,
                  gen_random_uuid(), 'AGENT'
           FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::timestamptz[])
               AS given (call, ordinal, employee, result, at)""",
        *([list(column) for column in zip(*attempts, strict=True)] or [[], [], [], [], []]),
    )
    await fetch(
        connection(),
        """INSERT INTO deadline (id, kind, subject, ordinal, due_at)
           SELECT gen_random_uuid(), 'CALL_CLOSE', given.call, 0, given.due_at
           FROM unnest($1::uuid[], $2::timestamptz[]) AS given (call, due_at) WHERE due_at IS NOT NULL""",
        [one.id for one in calls],
        [one.due_at for one in calls],
    )
    await fetch(
        connection(),
        """INSERT INTO call_note (id, call_id, version, caller_name, concern, answers, urgent)
           SELECT gen_random_uuid(), given.call, 1, 'Jo Doe', given.concern, '{}', false
           FROM unnest($1::uuid[], $2::text[]) AS given (call, concern) WHERE concern IS NOT NULL""",
        [one.id for one in calls],
        [one.concern for one in calls],
    )
