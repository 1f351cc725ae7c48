"""Starts a trial of a draft on the log of decisions; a worker carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.policies.draft.read import read_draft
from models.policies.refusals import PolicyRefusal

OPERATION = "policyTrialStart"
LARGEST_SAMPLE = 10_000_000
MOST_UNFINISHED = 20
_LOCK = 5_231_862  # any number that is not used for another lock


@dataclass(frozen=True, slots=True)
class TrialRequest:
    """What an operator wants to try: decisions as of a period, all of them or a sample."""

    market: str
    parameters: Mapping[str, object]
    since: datetime
    until: datetime
    sample: int | None
    idempotency_key: str


async def start_trial(conn: Connection, viewer: Viewer, request: TrialRequest) -> UUID:
    """Store a trial and return its id; the same key returns the first one.

    Raises `Refusal` or `Refusals`: FORBIDDEN for everyone but operators, INVALID with the path of a field,
    LIMIT_EXCEEDED if 20 trials are unfinished, and those of idempotency keys.
    """
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="try policies")
    if request.until <= request.since:
        raise PolicyRefusal.TRIAL_PERIOD_INVALID.at("period", "to")
    if request.sample is not None and not 1 <= request.sample <= LARGEST_SAMPLE:
        raise PolicyRefusal.TRIAL_SAMPLE_INVALID.at("sample", most=LARGEST_SAMPLE)
    draft = await read_draft(conn, request.market, request.parameters, "draft")
    trial_id = new_id()
    async with transaction() as own:
        await fetch(own, f"SELECT pg_advisory_xact_lock({_LOCK})")
        now = await database_now(own)
        earlier = await first_answer(
            own,
            scope=viewer.user_id,
            operation=OPERATION,
            key=request.idempotency_key,
            given={
                "market": request.market,
                "parameters": dict(request.parameters),
                "from": request.since.isoformat(),
                "to": request.until.isoformat(),
                "sample": request.sample,
            },
            result=trial_id,
            now=now,
        )
        if earlier is not None:
            return earlier
        unfinished = await fetch(own, "SELECT count(*) AS n FROM policy_trial WHERE done_at IS NULL")
        if unfinished[0]["n"] >= MOST_UNFINISHED:
            raise PolicyRefusal.TOO_MANY_TRIALS.at(most=MOST_UNFINISHED)
        await fetch(
            own,
            """INSERT INTO policy_trial (id, market_id, parameters, since, until, sample, asked_by_id,
                   asked_at, seen, progress, lines, examples, failures)
               VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, 0, 0, '{}', 0, 0)""",
            trial_id,
            draft.market_id,
            orjson.dumps(draft.policy.parameters()).decode(),
            request.since,
            request.until,
            request.sample,
            viewer.user_id,
            now,
        )
    return trial_id
