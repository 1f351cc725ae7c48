"""Taking back a statement that was misread or noted by mistake; it no longer counts."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, fetch_one, transaction
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.contacting.refusals import ContactingRefusal

LONGEST_REASON = 500  # characters


async def take_back_statement(viewer: Viewer, statement_id: UUID, *, reason: str | None) -> UUID:
    """Take back a statement that the account noted, and return its prospect; one taken back stays so.

    A stop that it set stays until an owner lifts it. Raises `Refusal`: FORBIDDEN for others than owners and
    members, NOT_FOUND for a statement of others, INVALID for a reason that cannot be stored.
    """
    account_id = acting_vendor(viewer, "take back what a person said")
    text = checked_text("reason", reason or "", LONGEST_REASON) or None
    async with transaction() as conn:
        row = await fetch_one(
            conn,
            """SELECT prospect_id, taken_back_at FROM contact_statement
               WHERE id = $1 AND account_id = $2 FOR NO KEY UPDATE""",
            statement_id,
            account_id,
        )
        if row is None:
            raise ContactingRefusal.CONTACT_STATEMENT_NOT_FOUND.at("statementId")
        if row["taken_back_at"] is None:
            await fetch(
                conn,
                """UPDATE contact_statement SET taken_back_at = $2, taken_back_by = $3, take_back_reason = $4
                   WHERE id = $1""",
                statement_id,
                await database_now(conn),
                viewer.user_id,
                text,
            )
    prospect_id: UUID = row["prospect_id"]
    return prospect_id
