"""Data loaders of deliveries and offers, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.deliveries.list import deliveries_by_id
from models.deliveries.offers import OfferView, offers_of
from models.leads.views import DeliveryView
from schema.graphql.loading import DataLoader


class DeliveryLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, DeliveryView | None] = DataLoader(load_fn=self._by_id)
        self.offer: DataLoader[UUID, OfferView | None] = DataLoader(load_fn=self._offer)

    async def _by_id(self, ids: Sequence[UUID]) -> list[DeliveryView | None]:
        found = await deliveries_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _offer(self, ids: Sequence[UUID]) -> list[OfferView | None]:
        found = await offers_of(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]
