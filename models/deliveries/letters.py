"""Letters about deliveries."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate
from models.messages.letters import Letter, register


async def _complaint_windows(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return until when the vendor can object to the contact that it has to check."""
    rows = await fetch(conn, "SELECT id, complaint_until FROM delivery WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: row["complaint_until"] for row in rows}


register(Letter(MessageTemplate.LEAD_DELIVERED, ends=_complaint_windows))
