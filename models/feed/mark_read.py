"""Marking of notifications as read. Ids of other recipients are treated like unknown ids."""

from collections.abc import Collection
from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.feed.list import IS_NOTIFICATION
from models.feed.refusals import NotificationRefusal

MOST_IDS = 100


async def mark_read(viewer: Viewer, ids: Collection[UUID]) -> None:
    """Record that the viewer has read these notifications; only the first time counts. Idempotent.

    A vendor's feed belongs to the account: a notification read by one of its users is read. Nothing is marked
    if one of the ids is not the viewer's.

    Raises `Refusal`: REQUIRED without ids, LIMIT_EXCEEDED for more than 100, NOT_FOUND for ids of others.
    """
    wanted = set(ids)
    if not wanted:
        raise NotificationRefusal.NOTIFICATIONS_MISSING.at("ids")
    if len(wanted) > MOST_IDS:
        raise NotificationRefusal.TOO_MANY_NOTIFICATIONS.at("ids", most=MOST_IDS)
    async with transaction() as conn:
        found = await fetch(
            conn,
            f"""SELECT id, read_at FROM feed_event
                WHERE id = ANY($1::uuid[]) AND recipient = $2 AND {IS_NOTIFICATION}
                ORDER BY id FOR NO KEY UPDATE""",
            list(wanted),
            viewer.recipient,
        )
        if len(found) < len(wanted):
            raise NotificationRefusal.NOTIFICATION_NOT_FOUND.at("ids")
        unread = [row["id"] for row in found if row["read_at"] is None]
        if unread:
            await fetch(
                conn,
                "UPDATE feed_event SET read_at = $2 WHERE id = ANY($1::uuid[])",
                unread,
                await database_now(conn),
            )
