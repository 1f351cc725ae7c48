"""The devices of a user that get push messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.messages.devices.tables import LIVE, DeviceKind


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device, without its address and keys, which leave the database only for sending."""

    id: UUID
    kind: DeviceKind
    name: str
    created_at: datetime
    last_accepted_at: datetime | None


_COLUMNS = "SELECT id, kind, name, created_at, last_accepted_at FROM device"


def device_view(row: Record) -> DeviceView:
    """Return the view of a row with these columns."""
    return DeviceView(
        row["id"], DeviceKind(row["kind"]), row["name"], row["created_at"], row["last_accepted_at"]
    )


async def devices_of(conn: Connection, user_id: UUID) -> Sequence[DeviceView]:
    """Return a user's devices, newest first; there are at most 20."""
    rows = await fetch(conn, f"{_COLUMNS} WHERE user_id = $1 AND {LIVE} ORDER BY id DESC", user_id)
    return [device_view(row) for row in rows]


async def devices_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, DeviceView]:
    """Return those of these devices that are the viewer's own."""
    rows = await fetch(
        conn,
        f"{_COLUMNS} WHERE id = ANY($1::uuid[]) AND user_id = $2 AND {LIVE}",
        list(ids),
        viewer.user_id,
    )
    return {row["id"]: device_view(row) for row in rows}


async def live_devices(conn: Connection, users: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the devices that get push messages, by user."""
    rows = await fetch(
        conn,
        f"SELECT id, user_id FROM device WHERE user_id = ANY($1::uuid[]) AND {LIVE} ORDER BY id",
        list(users),
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row["user_id"], []).append(row["id"])
    return found
