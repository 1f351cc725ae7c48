"""Lifts the suppression of an address, which an operator knows by a dispatch that met it."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.messages.locked import LONGEST_COMMENT, require_operator
from models.messages.met_address import lock_met_address
from models.messages.refusals import MessageRefusal
from models.messages.sending_context import SendingContext


async def lift_suppression(
    viewer: Viewer, context: SendingContext, dispatch_id: UUID, *, reason: str
) -> None:
    """Write to the address of a dispatch again (the one that it was sent to, and the recipient's of now); the
    dispatch itself is retried separately.

    Raises `Refusal`: FORBIDDEN, NOT_FOUND, REQUIRED without a reason, CONFLICT if nothing is suppressed.
    """
    require_operator(viewer, "lift suppressions", "dispatchId")
    text = checked_text("reason", reason, LONGEST_COMMENT, missing="required. Say why, for the record.")
    async with transaction() as conn:
        now = await database_now(conn)
        met = await lock_met_address(conn, context, dispatch_id)
        if met is None:
            raise MessageRefusal.DISPATCH_NOT_FOUND.at("dispatchId")
        lifted = await fetch(
            conn,
            """UPDATE suppression SET lifted_at = $3, lifted_by = $4, lift_reason = $5
               WHERE channel = $1 AND address_key = ANY($2::text[]) AND lifted_at IS NULL
                 AND (until IS NULL OR until > $3) RETURNING id""",
            met.channel,
            [met.key, met.key_now],
            now,
            viewer.user_id,
            text,
        )
        if not lifted:
            raise MessageRefusal.NOT_SUPPRESSED.at("dispatchId")
