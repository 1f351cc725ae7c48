"""Log of the contact data that operators looked at: who, which lead, when. Contains no contact data."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer


async def log_contact_access(viewer: Viewer, lead_ids: Collection[UUID]) -> None:
    """Record that an operator was shown the contact data of these leads, now, in one statement."""
    await fetch(
        connection(),
        """INSERT INTO contact_access (id, user_id, lead_id, at, request_id)
           SELECT seen.id, $3, seen.lead_id, leadgate_clock(), $4
           FROM unnest($1::uuid[], $2::uuid[]) AS seen (id, lead_id)""",
        [new_id() for _ in lead_ids],
        list(lead_ids),
        viewer.user_id,
        viewer.request_id,
    )
