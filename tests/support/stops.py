"""Do-not-contact stops that are set by SQL, without the action."""

from datetime import datetime
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id


async def insert_stop(
    prospect_id: UUID,
    since: datetime | None = None,
    *,
    until: datetime | None = None,
    medium: str | None = None,
    account_id: UUID | None = None,
    origin: str = "OPERATOR",
) -> UUID:
    """Insert a stop that binds everybody, or one account, and return its id; `since` is now by default."""
    stop_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO do_not_contact (id, act_id, prospect_id, scope, account_id, medium, since, until,
                                       origin)
           VALUES ($1, $1, $2, $3, $4, $5, coalesce($6, leadgate_clock()), $7, $8)""",
        stop_id,
        prospect_id,
        "MARKET" if account_id is None else "ACCOUNT",
        account_id,
        medium,
        since,
        until,
        origin,
    )
    return stop_id
