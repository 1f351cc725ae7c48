"""Calls in every state around an instant: open, ended, due, forgotten, with notes and attempts of each kind.

Some are in states that no action would produce: what is read of them must not depend on that.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

from models.base.database import connection, fetch
from models.calls.call_tables import CallFlag, TransferResult
from rules.calls.call_mail import CallOutcome
from tests.support.stored_calls import StoredCall, store_calls

_TICK = timedelta(microseconds=1)
_RANG = (timedelta(), _TICK, timedelta(minutes=3), timedelta(hours=2), timedelta(hours=30))
_ANSWERED = (None, timedelta(seconds=7, microseconds=999_999))
_HUNG_UP = (
    None,
    timedelta(seconds=-1),
    timedelta(minutes=1),
)  # by clocks that differ, before it was answered
_DUE = (None, -timedelta(hours=1), timedelta(), _TICK, timedelta(hours=1))
_CONCERNS = (None, "", "A  roof\n\tleaks", "Łódź “quoted” \u2028\\ " * 20)

# $1: the calls. Which of them a statement changes follows from the last digit of an id, which is random.
_CHANGES = (
    """UPDATE call SET closed_at = finished_at, finished_at = NULL
       WHERE id = ANY($1::uuid[]) AND right(id::text, 1) < '6'""",
    """UPDATE call SET typed_seconds = 2147483647 WHERE id = ANY($1::uuid[]) AND right(id::text, 1) > '9'""",
    """UPDATE call SET caller = NULL, caller_shown = 'Zentrale 7', caller_kind = 'UNREADABLE',
           caller_trust = 'UNREADABLE'
       WHERE id = ANY($1::uuid[]) AND right(id::text, 1) = '3'""",
    """UPDATE call SET caller = NULL, caller_shown = '', forgotten_at = coalesce(finished_at, closed_at)
       WHERE id = ANY($1::uuid[]) AND right(id::text, 1) IN ('4', '5') AND outcome IS NOT NULL""",
    """UPDATE transfer_attempt SET talk_seconds = ordinal * 61,
           ended_at = result_at + interval '61.5 seconds', measured = true,
           message_for_caller = 'Back at "ten"'
       WHERE call_id = ANY($1::uuid[]) AND right(id::text, 1) < '8' AND result_at IS NOT NULL""",
    """UPDATE transfer_attempt SET started_at = started_at + ordinal * interval '9 seconds',
           result_at = result_at + ordinal * interval '9 seconds'
       WHERE call_id = ANY($1::uuid[])""",
    """UPDATE call_note SET company = 'Fake & Söhne', phone = '030 12', urgent = true,
           callback_by = '2026-07-01 12:00:00.000001+02'
       WHERE call_id = ANY($1::uuid[]) AND right(id::text, 1) < '8'""",
    """UPDATE call_note SET caller_name = NULL
       WHERE call_id = ANY($1::uuid[]) AND right(id::text, 1) BETWEEN '4' AND 'b'""",
)


async def store_every_call(
    secretariat_id: UUID, policy_id: UUID, agent_id: UUID, employees: Sequence[UUID], now: datetime
) -> list[UUID]:
    """Write 90 calls to a secretariat, as of an instant; return their ids."""
    random = Random(7)
    states = list(product(_RANG, _ANSWERED, _HUNG_UP, (None, None, *CallOutcome), _DUE))
    calls = []
    for before, answered, hung_up, outcome, due in random.sample(states, 90):
        rang = now - before
        count = random.choice((0, 0, 1, 2, 3))
        results = random.sample([*TransferResult], count)
        calls.append(
            StoredCall(
                rang,
                None if answered is None else rang + answered,
                None if hung_up is None else rang + hung_up,
                outcome,
                random.choice((None, *employees)),
                [(random.choice(employees), one) for one in results],
                random.choice((None, "+493023125901")),
                None if due is None or outcome is not None else now + due,
                random.choice(_CONCERNS),
            )
        )
    await store_calls(secretariat_id, policy_id, agent_id, calls)
    ids = [one.id for one in calls]
    for change in _CHANGES:
        await fetch(connection(), change, ids)
    flags = [" ".join(random.sample([*CallFlag], random.choice((0, 0, 1, 2)))) for _ in ids]
    await fetch(
        connection(),
        """UPDATE call SET flags = string_to_array(given.flags, ' ')
           FROM unnest($1::uuid[], $2::text[]) AS given (id, flags) WHERE call.id = given.id""",
        ids,
        flags,
    )
    return ids
