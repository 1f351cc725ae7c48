"""The operators of the marketplace, for notices that go to all of them."""

from uuid import UUID

from models.base.database import Connection, fetch


async def operator_ids(conn: Connection) -> list[UUID]:
    """Return the users who are operators now: each reads a feed of their own."""
    rows = await fetch(conn, "SELECT id FROM users WHERE operator AND disabled_at IS NULL ORDER BY id")
    return [row["id"] for row in rows]
