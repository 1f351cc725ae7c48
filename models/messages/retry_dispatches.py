"""Sends again what was given up, is uncertain, or was suppressed after a bounce; for operators."""

from collections.abc import Sequence
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.messages.locked import LockedDispatch, lock_dispatches, require_operator
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState

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
