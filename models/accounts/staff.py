"""The operators of the marketplace, for notices to all of them."""

from uuid import UUID

from models.base.database import Connection, fetch


async def operator_ids(conn: Connection) -> list[UUID]:
    """Return the users who are operators now; each has their own feed."""
    rows = await fetch(conn, "SELECT id FROM users WHERE operator AND disabled_at IS NULL ORDER BY id")
    return [row["id"] for row in rows]
