"""Sends again what was given up, is uncertain, or was suppressed after a bounce; for operators."""

from collections.abc import Sequence
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.feed.kinds import MessageTemplate
from models.messages.locked import MOST_IDS, LockedDispatch, lock_dispatches, require_operator
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState

# Those that are due already are left, so each call finds others.
_FAILED = """UPDATE dispatch SET state = 'WAITING', due_at = leadgate_clock(), version = version + 1
    WHERE id IN (
        SELECT dispatch.id FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
        JOIN decision ON decision.id = dispatch.retry_decision_id
        WHERE message.template = ANY($2::text[]) AND (
            dispatch.state = 'DEAD' AND decision.rule_id IN ('too_many_attempts', 'too_old')
            OR dispatch.state = 'WAITING' AND dispatch.due_at > leadgate_clock())
        ORDER BY dispatch.id LIMIT $1 FOR NO KEY UPDATE OF dispatch SKIP LOCKED)
    RETURNING id"""
_BY_BOUNCE = "hard_bounce"  # the rule of dispatches suppressed after a bounce


async def retry_dispatches(viewer: Viewer, ids: Sequence[UUID], *, idempotency_key: str) -> None:
    """Let these dispatches be sent once more, all or none; the rules decide about them again.

    Raises `Refusal`: FORBIDDEN, REQUIRED, LIMIT_EXCEEDED, NOT_FOUND, CONFLICT for one in another state,
    IDEMPOTENCY_CONFLICT.
    """
    require_operator(viewer, "retry dispatches", "ids")
    async with transaction() as conn:
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or UUID(int=0),
            operation="dispatchRetry",
            key=idempotency_key,
            given={"ids": sorted(str(one) for one in set(ids))},
            result=new_id(),
            now=await database_now(conn),
        )
        if earlier is None:
            await _retry(conn, ids)


async def retry_by_command(ids: Sequence[UUID]) -> None:
    """Do the same for the operator's command, each time it is called. Raises `Refusal` as above."""
    async with transaction() as conn:
        await _retry(conn, ids)


async def retry_failed() -> int:
    """Send again everything that failed without being refused, such as after an outage: what was given up,
    and what waits for its next attempt. Return the number of dispatches.

    For the operator's command. The rules decide about each again; messages without any attempt, and those of
    a newer version, are left as they are.
    """
    total = 0
    while True:
        rows = await fetch(connection(), _FAILED, MOST_IDS, list(MessageTemplate))
        if not rows:
            return total
        total += len(rows)


async def _retry(conn: Connection, ids: Sequence[UUID]) -> None:
    for found in (await lock_dispatches(conn, ids, "ids")).values():
        if not _retriable(found):
            raise MessageRefusal.NOT_RETRIABLE.at("ids", state=found.state)
    await fetch(
        conn,
        """UPDATE dispatch SET state = 'WAITING', due_at = leadgate_clock(), version = version + 1
           WHERE id = ANY($1::uuid[])""",
        list(set(ids)),
    )


def _retriable(found: LockedDispatch) -> bool:
    if found.state is DispatchState.SUPPRESSED:
        return found.rule_id == _BY_BOUNCE
    return found.state in {DispatchState.DEAD, DispatchState.UNCERTAIN}
