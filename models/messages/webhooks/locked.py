"""Endpoints that are acted on: whose they are, and their rows under lock."""

from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch_one
from models.base.refusals import RequestRefusal
from models.base.role import Role
from models.base.viewer import Viewer
from models.messages.refusals import MessageRefusal


def account_of(viewer: Viewer, action: str) -> UUID | None:
    """Return whose endpoints the viewer acts on: of owners, their account's; of operators, the marketplace's
    (None). Raises `Refusal` FORBIDDEN for everybody else.
    """
    if viewer.operator:
        return None
    if viewer.account_id is None or Role.OWNER not in viewer.roles:
        raise RequestRefusal.ONLY_FOR_OWNERS.at(action=action)
    return viewer.account_id


def scope_of(viewer: Viewer) -> UUID:
    """Return the scope of idempotency keys: the account, or the operator."""
    scope = viewer.user_id if viewer.operator else viewer.account_id
    if scope is None:
        raise LookupError("a viewer who may act has an id")
    return scope


async def lock_endpoint(conn: Connection, account_id: UUID | None, endpoint_id: UUID) -> Record:
    """Lock an endpoint of this account, or of the marketplace (None). Raises `Refusal` NOT_FOUND, also for
    another one's.
    """
    row = await fetch_one(
        conn,
        """SELECT * FROM webhook_endpoint
           WHERE id = $1 AND account_id IS NOT DISTINCT FROM $2 AND deleted_at IS NULL FOR NO KEY UPDATE""",
        endpoint_id,
        account_id,
    )
    if row is None:
        raise MessageRefusal.ENDPOINT_NOT_FOUND.at("endpointId")
    return row
