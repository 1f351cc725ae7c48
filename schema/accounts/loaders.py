"""Data loaders of accounts, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.accounts.list import PersonView, people_of
from models.base.database import connection
from models.base.viewer import Viewer
from schema.graphql.loading import DataLoader


class AccountLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.people: DataLoader[UUID, list[PersonView]] = DataLoader(load_fn=self._people)

    async def _people(self, ids: Sequence[UUID]) -> list[list[PersonView]]:
        found = await people_of(connection(), ids)
        return [found[one] for one in ids]
