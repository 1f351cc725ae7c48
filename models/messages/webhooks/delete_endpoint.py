"""Deletes a webhook endpoint: its secrets are erased, and what waits for it is cancelled.

Its dispatches stay, with the beginning of its address, so that what was sent can still be explained.
"""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.messages.webhooks.locked import account_of, lock_endpoint


async def delete_endpoint(viewer: Viewer, endpoint_id: UUID) -> None:
    """Delete an endpoint. An attempt that is on its way ends as CANCELLED.

    Raises `Refusal`: FORBIDDEN except for owners and operators, NOT_FOUND, also for one already deleted.
    """
    account_id = account_of(viewer, "delete webhook endpoints")
    async with transaction() as conn:
        await lock_endpoint(conn, account_id, endpoint_id)
        await fetch(
            conn,
            """UPDATE webhook_endpoint SET deleted_at = $2, secret = NULL, previous_secret = NULL,
                   rotates_until = NULL, version = version + 1
               WHERE id = $1""",
            endpoint_id,
            await database_now(conn),
        )
        await fetch(conn, "DELETE FROM webhook_position WHERE endpoint_id = $1", endpoint_id)
        await fetch(
            conn,
            """UPDATE dispatch SET state = 'CANCELLED', version = version + 1
               WHERE endpoint_id = $1 AND state = 'WAITING'""",
            endpoint_id,
        )
