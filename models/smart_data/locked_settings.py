"""An account's settings of smart contact data under lock: its searches and changes wait for each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.outside.sources.source import OutsideSource


@dataclass(frozen=True, slots=True)
class LockedSettings:
    """The settings of an account under lock."""

    account_id: UUID
    on: bool
    switched_on_at: datetime | None
    sources: frozenset[OutsideSource]
    keep_history: bool
    version: int


async def lock_settings(conn: Connection, account_id: UUID, *, shared: bool = False) -> LockedSettings:
    """Lock the settings of an account, which are created if it has none."""
    await fetch(
        conn,
        """INSERT INTO smart_data_settings (id, account_id, switched_on, sources, keep_history, version)
           VALUES ($1, $2, false, '{}', false, 0) ON CONFLICT (account_id) DO NOTHING""",
        new_id(),
        account_id,
    )
    row = await fetch_one(
        conn,
        f"""SELECT switched_on, switched_on_at, sources, keep_history, version FROM smart_data_settings
            WHERE account_id = $1 FOR {"SHARE" if shared else "NO KEY UPDATE"}""",
        account_id,
    )
    if row is None:
        raise LookupError(f"account {account_id} does not exist")
    return LockedSettings(
        account_id,
        row["switched_on"],
        row["switched_on_at"],
        frozenset(map(OutsideSource, row["sources"])),
        row["keep_history"],
        row["version"],
    )
