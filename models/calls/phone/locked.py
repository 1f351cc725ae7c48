"""A telephone system that is acted on: its row under lock; and the check that the viewer is an operator."""

from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch_one
from models.calls.edit import check_version
from models.calls.phone.refusals import PhoneRefusal


async def lock_system(conn: Connection, system_id: UUID, expected_version: int | None) -> Record:
    """Lock a telephone system. Raises `Refusal`: NOT_FOUND, REQUIRED or STALE_VERSION."""
    row = await fetch_one(
        conn,
        "SELECT * FROM phone_system WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE",
        system_id,
    )
    if row is None:
        raise PhoneRefusal.PHONE_SYSTEM_NOT_FOUND.at("phoneSystemId")
    check_version(row["version"], expected_version)
    return row
