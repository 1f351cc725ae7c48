"""Marking of notifications as read. Ids of other recipients are treated like unknown ids."""

from collections.abc import Collection
from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.refusal import Refusal, RefusalCode, not_found
from models.base.viewer import Viewer

MOST_IDS = 100


async def mark_read(viewer: Viewer, ids: Collection[UUID]) -> None:
    """Record that the viewer has read these notifications; only the first time counts. Idempotent.

    A vendor's feed belongs to the account: a notification read by one of its users is read. Nothing is marked
    if one of the ids is not the viewer's.

    Raises `Refusal`: REQUIRED without ids, LIMIT_EXCEEDED for more than 100, NOT_FOUND for ids of others.
    """
    wanted = set(ids)
    if not wanted:
        raise Refusal(RefusalCode.REQUIRED, ("ids",), "ids: specify the notifications to mark as read.")
    if len(wanted) > MOST_IDS:
        raise Refusal(RefusalCode.LIMIT_EXCEEDED, ("ids",), f"ids: at most {MOST_IDS} per request.")
    async with transaction() as conn:
        found = await fetch(
            conn,
            """SELECT id, read_at FROM feed_event WHERE id = ANY($1::uuid[]) AND recipient = $2
               ORDER BY id FOR NO KEY UPDATE""",
            list(wanted),
            viewer.recipient,
        )
        if len(found) < len(wanted):
            raise not_found("ids", "notification")
        unread = [row["id"] for row in found if row["read_at"] is None]
        if unread:
            await fetch(
                conn,
                "UPDATE feed_event SET read_at = $2 WHERE id = ANY($1::uuid[])",
                unread,
                await database_now(conn),
            )
