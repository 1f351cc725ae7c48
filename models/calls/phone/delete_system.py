"""Deletes a telephone system: its address is unknown from then on, and its secrets are erased. Calls stay."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.calls.edit import check_operator
from models.calls.phone.locked import lock_system


async def delete_system(viewer: Viewer, *, system_id: UUID, expected_version: int | None) -> None:
    """Delete a telephone system with its users. Raises `Refusal`: FORBIDDEN, NOT_FOUND, STALE_VERSION."""
    check_operator(viewer, "delete telephone systems")
    async with transaction() as conn:
        await lock_system(conn, system_id, expected_version)
        await fetch(
            conn,
            """UPDATE phone_system SET version = version + 1, deleted_at = $2, secret = NULL,
                   previous_secret = NULL, rotates_until = NULL
               WHERE id = $1""",
            system_id,
            await database_now(conn),
        )
        await fetch(conn, "DELETE FROM phone_user WHERE system_id = $1", system_id)
