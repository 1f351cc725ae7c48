"""Records whether an uncertain dispatch arrived, as an operator has found out."""

from uuid import UUID

from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.messages.locked import LONGEST_COMMENT, lock_dispatches, require_operator
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState


async def settle_dispatch(
    viewer: Viewer, dispatch_id: UUID, *, arrived: bool, comment: str, expected_version: int | None = None
) -> None:
    """Settle an uncertain dispatch: as sent, or to be sent again.

    Raises `Refusal`: FORBIDDEN, NOT_FOUND, REQUIRED without a comment, STALE_VERSION, CONFLICT unless it is
    uncertain.
    """
    require_operator(viewer, "settle dispatches", "dispatchId")
    text = checked_text("comment", comment, LONGEST_COMMENT, missing="required. Say how you know.")
    async with transaction() as conn:
        found = (await lock_dispatches(conn, [dispatch_id], "dispatchId"))[dispatch_id]
        if expected_version is not None and expected_version != found.version:
            raise MessageRefusal.DISPATCH_CHANGED.at(
                "expectedVersion", version=found.version, expected=expected_version
            )
        if found.state is not DispatchState.UNCERTAIN:
            raise MessageRefusal.NOT_UNCERTAIN.at("dispatchId", state=found.state)
        await fetch(
            conn,
            """UPDATE dispatch SET state = CASE WHEN $2 THEN 'SENT' ELSE 'WAITING' END,
                   sent_at = CASE WHEN $2 THEN leadgate_clock() END,
                   due_at = CASE WHEN $2 THEN due_at ELSE leadgate_clock() END,
                   comment = $3, version = version + 1
               WHERE id = $1""",
            dispatch_id,
            arrived,
            text,
        )
