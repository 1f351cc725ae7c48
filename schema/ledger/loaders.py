"""Data loaders of the ledger, one statement per batch."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page
from models.base.viewer import Viewer
from models.ledger.list import LedgerEntryView, ledgers_of
from models.ledger.tables import LedgerUnit
from schema.graphql.loading import DataLoader, by_size


class LedgerLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.of_account: Mapping[LedgerUnit, DataLoader[tuple[UUID, int], Page[LedgerEntryView]]] = {
            unit: DataLoader(load_fn=partial(_of_accounts, unit)) for unit in LedgerUnit
        }


async def _of_accounts(unit: LedgerUnit, keys: Sequence[tuple[UUID, int]]) -> list[Page[LedgerEntryView]]:
    return await by_size(keys, lambda ids, size: ledgers_of(connection(), ids, size, unit))
