"""Removes devices: at a user's request, when their address no longer exists, and when their session ended."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from models.base.database import Connection, connection, fetch, fetch_one
from models.messages.devices.tables import LIVE, REMOVE
from models.messages.refusals import MessageRefusal

_UNUSED = timedelta(days=1)


async def remove_device(user_id: UUID, device_id: UUID) -> bool:
    """Remove one of the user's devices; return whether it was not removed before.

    Raises `Refusal` NOT_FOUND for another user's.
    """
    removed = await fetch(
        connection(),
        f"UPDATE device SET {REMOVE} WHERE id = $1 AND user_id = $2 AND removed_at IS NULL RETURNING id",
        device_id,
        user_id,
    )
    if removed:
        return True
    known = await fetch_one(
        connection(), "SELECT FROM device WHERE id = $1 AND user_id = $2", device_id, user_id
    )
    if known is None:
        raise MessageRefusal.DEVICE_NOT_FOUND.at("deviceId")
    return False


async def note_gone(conn: Connection, dispatches: Collection[UUID]) -> None:
    """Remove the devices of these dispatches: their push service no longer knows them."""
    if dispatches:
        await fetch(
            conn,
            f"""UPDATE device SET {REMOVE} WHERE removed_at IS NULL
                AND id IN (SELECT device_id FROM dispatch WHERE id = ANY($1::uuid[]))""",
            list(dispatches),
        )


async def note_accepted(conn: Connection, dispatches: Collection[UUID]) -> None:
    """Note that the push service accepted messages for the devices of these dispatches."""
    if dispatches:
        await fetch(
            conn,
            """UPDATE device SET last_accepted_at = leadgate_clock()
               WHERE id IN (SELECT device_id FROM dispatch WHERE id = ANY($1::uuid[]))""",
            list(dispatches),
        )


async def forget_devices(conn: Connection, now: datetime) -> None:
    """Delete the addresses of devices that get no more messages: signed out, disabled or erased; and devices
    removed over a day ago to which nothing was ever sent.
    """
    await fetch(
        conn,
        f"""UPDATE device SET {REMOVE} FROM users LEFT JOIN prospect ON prospect.id = users.prospect_id
            WHERE users.id = device.user_id AND device.removed_at IS NULL
              AND (users.disabled_at IS NOT NULL OR prospect.erased_at IS NOT NULL OR NOT {LIVE})""",
    )
    await fetch(
        conn,
        """DELETE FROM device WHERE removed_at < $1
           AND NOT EXISTS (SELECT FROM dispatch WHERE dispatch.device_id = device.id)""",
        now - _UNUSED,
    )
