"""Data loaders of the ledger, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from models.base.database import connection
from models.base.keyset import Page
from models.base.viewer import Viewer
from models.ledger.list import LedgerEntryView, ledgers_of
from schema.graphql.loading import by_size


class LedgerLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.of_account: DataLoader[tuple[UUID, int], Page[LedgerEntryView]] = DataLoader(
            load_fn=self._of_account
        )

    async def _of_account(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[LedgerEntryView]]:
        return await by_size(keys, lambda ids, size: ledgers_of(connection(), ids, size))
