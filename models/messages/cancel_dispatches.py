"""Cancels what is waiting to be sent; for operators. What the law requires is never cancelled."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.messages.locked import LONGEST_COMMENT, lock_dispatches, require_operator
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState
from rules.messages.dispatch import Necessity


async def cancel_dispatches(viewer: Viewer, ids: Sequence[UUID], *, reason: str) -> None:
    """Cancel these waiting dispatches, all or none. Those that are cancelled already stay so.

    Raises `Refusal`: FORBIDDEN, REQUIRED, LIMIT_EXCEEDED, NOT_FOUND, CONFLICT for one in another state or
    required by law.
    """
    require_operator(viewer, "cancel dispatches", "ids")
    text = checked_text("reason", reason, LONGEST_COMMENT, missing="required. Say why, for the record.")
    async with transaction() as conn:
        for found in (await lock_dispatches(conn, ids, "ids")).values():
            if found.necessity is Necessity.REQUIRED_BY_LAW:
                raise MessageRefusal.REQUIRED_BY_LAW.at("ids")
            if found.state not in {DispatchState.WAITING, DispatchState.CANCELLED}:
                raise MessageRefusal.NOT_WAITING.at("ids", state=found.state)
        await fetch(
            conn,
            """UPDATE dispatch SET state = 'CANCELLED', comment = $2, version = version + 1
               WHERE id = ANY($1::uuid[]) AND state = 'WAITING'""",
            list(set(ids)),
            text,
        )
