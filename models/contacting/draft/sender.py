"""Who sends a draft: the user and the company."""

from models.base.database import Connection, fetch_one
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contacting.draft.email_draft import Sender


async def sender_of(conn: Connection, viewer: Viewer) -> Sender:
    """Return the viewer as a sender. Raises `Refusal` FORBIDDEN for all but owners and members."""
    account = acting_vendor(viewer, "check emails")
    row = await fetch_one(
        conn,
        """SELECT users.name, account.name AS company FROM users, account
           WHERE users.id = $1 AND account.id = $2""",
        viewer.user_id,
        account,
    )
    return Sender(row["name"], row["company"]) if row else Sender("", "")
