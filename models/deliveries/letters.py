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


async def _closed(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the deliveries whose contact data the vendor can no longer see."""
    rows = await fetch(
        conn,
        """SELECT delivery.id FROM delivery JOIN lead ON lead.id = delivery.lead_id
           JOIN prospect ON prospect.id = lead.prospect_id
           WHERE delivery.id = ANY($1::uuid[])
             AND (delivery.closed <> 'NO' OR prospect.erased_at IS NOT NULL)""",
        list(ids),
    )
    return [row["id"] for row in rows]


register(Letter(MessageTemplate.LEAD_DELIVERED, moot=_closed, ends=_complaint_windows))
