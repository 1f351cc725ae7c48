"""The letter to a person whose letters a link has stopped, as long as the stop holds."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate
from models.messages.letters import Letter, register


async def _lifted(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    rows = await fetch(
        conn, "SELECT id FROM do_not_contact WHERE id = ANY($1::uuid[]) AND lifted_at IS NOT NULL", list(ids)
    )
    return [row["id"] for row in rows]


register(Letter(MessageTemplate.CONTACT_STOPPED, moot=_lifted))
