"""Where a push message goes: a device's address and keys, sealed in the database, and open in a parcel."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import orjson

from models.base.database import Connection, fetch
from models.base.sealing import SealBroken, Sealer
from models.contact_data.redaction import Redacted
from models.messages.channels.push.encryption import DeviceKeys
from models.messages.devices.tables import LIVE


@dataclass(frozen=True, slots=True, repr=False)
class PushTarget(Redacted):
    """A device's address and keys; both give the right to send to it."""

    address: str
    p256dh: str
    auth: str

    @property
    def keys(self) -> DeviceKeys:
        """The keys to encrypt with."""
        return DeviceKeys.parse(self.p256dh, self.auth)


@dataclass(frozen=True, slots=True)
class SealedOtherwise:
    """A device whose address was sealed under another key than this process has."""


def seal_target(sealer: Sealer, device_id: UUID, target: PushTarget) -> bytes:
    """Return a device's address and keys as they are stored, for this device only."""
    return sealer.seal(_label(device_id), orjson.dumps([target.address, target.p256dh, target.auth]))


async def read_targets(
    conn: Connection, sealer: Sealer, ids: Collection[UUID]
) -> Mapping[UUID, PushTarget | SealedOtherwise]:
    """Return where the messages of these devices go; a device that gets no more messages is left out."""
    if not ids:
        return {}
    rows = await fetch(
        conn, f"SELECT id, sealed FROM device WHERE id = ANY($1::uuid[]) AND {LIVE}", list(set(ids))
    )
    return {row["id"]: _open(sealer, row["id"], row["sealed"]) for row in rows}


def _open(sealer: Sealer, device_id: UUID, sealed: bytes) -> PushTarget | SealedOtherwise:
    try:
        return PushTarget(*orjson.loads(sealer.open(_label(device_id), sealed)))
    except SealBroken:
        return SealedOtherwise()


def _label(device_id: UUID) -> str:
    return f"device:{device_id}"
