"""Data loaders of complaint fields, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page
from models.base.viewer import Viewer
from models.complaints.item_list import (
    ComplaintItemView,
    EvidenceView,
    evidence_of,
    items_of,
    items_of_deliveries,
    replaced_deliveries,
)
from models.complaints.list import ComplaintCounts, ComplaintView, complaints_by_id, counts_of
from models.complaints.message_list import ComplaintMessageView, messages_of
from rules.complaint import ComplaintVerdict
from schema.graphql.loading import DataLoader

ItemsKey = tuple[UUID, ComplaintVerdict | None, int]


class ComplaintLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.complaint: DataLoader[UUID, ComplaintView | None] = DataLoader(load_fn=self._complaint)
        self.counts: DataLoader[UUID, ComplaintCounts] = DataLoader(load_fn=self._counts)
        self.items: DataLoader[ItemsKey, Page[ComplaintItemView]] = DataLoader(load_fn=self._items)
        self.evidence: DataLoader[UUID, list[EvidenceView]] = DataLoader(load_fn=self._evidence)
        self.messages: DataLoader[tuple[UUID, int], Page[ComplaintMessageView]] = DataLoader(
            load_fn=self._messages
        )
        self.item_of_delivery: DataLoader[UUID, ComplaintItemView | None] = DataLoader(
            load_fn=self._item_of_delivery
        )
        self.replaced_delivery: DataLoader[UUID, UUID | None] = DataLoader(load_fn=self._replaced_delivery)

    async def _complaint(self, ids: Sequence[UUID]) -> list[ComplaintView | None]:
        found = await complaints_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _counts(self, ids: Sequence[UUID]) -> list[ComplaintCounts]:
        found = await counts_of(connection(), ids)
        return [found[one] for one in ids]

    async def _items(self, keys: Sequence[ItemsKey]) -> list[Page[ComplaintItemView]]:
        pages = {
            (verdict, size): await items_of(
                connection(),
                self._viewer,
                [key[0] for key in keys if key[1:] == (verdict, size)],
                verdict,
                size,
            )
            for verdict, size in {key[1:] for key in keys}
        }
        return [pages[key[1:]][key[0]] for key in keys]

    async def _evidence(self, ids: Sequence[UUID]) -> list[list[EvidenceView]]:
        found = await evidence_of(connection(), ids)
        return [found[one] for one in ids]

    async def _messages(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[ComplaintMessageView]]:
        pages = {
            size: await messages_of(connection(), self._viewer, [one for one, of in keys if of == size], size)
            for size in {size for _, size in keys}
        }
        return [pages[size][one] for one, size in keys]

    async def _item_of_delivery(self, ids: Sequence[UUID]) -> list[ComplaintItemView | None]:
        found = await items_of_deliveries(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _replaced_delivery(self, ids: Sequence[UUID]) -> list[UUID | None]:
        found = await replaced_deliveries(connection(), ids)
        return [found.get(one) for one in ids]
