"""Data loaders of lead fields, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.leads.list import leads_by_id
from models.leads.views import LeadView
from schema.graphql.loading import DataLoader


class LeadLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, LeadView | None] = DataLoader(load_fn=self._by_id)

    async def _by_id(self, ids: Sequence[UUID]) -> list[LeadView | None]:
        found = await leads_by_id(connection(), self._viewer, ids)
        return [found.get(lead_id) for lead_id in ids]
