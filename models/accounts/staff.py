"""Owns who works for the marketplace, for what all of them are told.

It must not say what they may do: a viewer's roles do.
"""

from uuid import UUID

from models.base.database import Connection, fetch


async def operator_ids(conn: Connection) -> list[UUID]:
    """Return the users who are operators now: each reads a feed of their own."""
    rows = await fetch(conn, "SELECT id FROM users WHERE operator AND disabled_at IS NULL ORDER BY id")
    return [row["id"] for row in rows]
