"""Letters about complaints: to the vendor, and to operators about one that is overdue."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate
from models.messages.letters import Letter, register


async def _decided(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    rows = await fetch(
        conn,
        "SELECT id FROM complaint WHERE id = ANY($1::uuid[]) AND decided_at IS NOT NULL",
        list(ids),
    )
    return [row["id"] for row in rows]


register(Letter(MessageTemplate.COMPLAINT_FILED))
register(Letter(MessageTemplate.COMPLAINT_DECIDED))
register(Letter(MessageTemplate.COMPLAINT_OVERDUE, moot=_decided))
