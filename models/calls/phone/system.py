"""A telephone system as its events are taken: what verifies its requests, and who its users are."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.base.sealing import SealBroken, Sealer
from models.calls.phone.drivers import PhoneDriver

OVERLAP = timedelta(hours=24)  # for which the secret before a rotation is good


@dataclass(frozen=True, slots=True)
class System:
    """A telephone system as of one version; `agents` are by the keys of its users."""

    id: UUID
    version: int
    driver: PhoneDriver
    region: str
    public_url: str | None
    secret: str = field(repr=False)
    previous: str | None = field(repr=False, default=None)
    rotates_until: datetime | None = None
    agents: Mapping[str, UUID] = field(default_factory=dict)

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Return what may have signed a request, the current secret first."""
        if self.previous is not None and self.rotates_until is not None and now < self.rotates_until:
            return (self.secret, self.previous)
        return (self.secret,)


async def read_system(conn: Connection, sealer: Sealer, system_id: UUID) -> System | None:
    """Return a telephone system; None for an unknown or deleted one.

    Raises `SealBroken` if its secret was sealed under another key.
    """
    row = await fetch_one(
        conn,
        """SELECT system.*,
               ARRAY(SELECT key FROM phone_user WHERE system_id = system.id ORDER BY id) AS keys,
               ARRAY(SELECT agent_id FROM phone_user WHERE system_id = system.id ORDER BY id) AS agent_ids
           FROM phone_system AS system WHERE system.id = $1 AND deleted_at IS NULL""",
        system_id,
    )
    if row is None:
        return None
    previous = None
    if row["previous_secret"] is not None:
        with suppress(SealBroken):  # a new secret ends the loss of a key
            previous = open_secret(sealer, system_id, row["previous_secret"])
    return System(
        system_id,
        row["version"],
        PhoneDriver(row["driver"]),
        row["region"],
        row["public_url"],
        open_secret(sealer, system_id, row["secret"]),
        previous,
        row["rotates_until"],
        dict(zip(row["keys"], row["agent_ids"], strict=True)),
    )


def seal_secret(sealer: Sealer, system_id: UUID, secret: str) -> bytes:
    """Return a secret as it is stored."""
    return sealer.seal(_label(system_id), secret.encode())


def open_secret(sealer: Sealer, system_id: UUID, sealed: bytes) -> str:
    """Return a stored secret. Raises `SealBroken`."""
    return sealer.open(_label(system_id), sealed).decode()


def _label(system_id: UUID) -> str:
    return f"phone:{system_id}"
