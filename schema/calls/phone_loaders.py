"""Data loaders of telephone systems, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page
from models.base.viewer import Viewer
from models.calls.phone.list import EventView, PhoneUserView, pages_of_events, users_of_systems
from models.calls.phone.tables import PhoneEventResult
from schema.graphql.loading import DataLoader

Key = tuple[UUID, int, PhoneEventResult | None]  # the system, the size of the page, and its filter


class PhoneLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with empty caches for one viewer."""
        self._viewer = viewer
        self.users: DataLoader[UUID, list[PhoneUserView]] = DataLoader(load_fn=self._users)
        self.events: DataLoader[Key, Page[EventView]] = DataLoader(load_fn=self._events)

    async def _users(self, ids: Sequence[UUID]) -> list[list[PhoneUserView]]:
        found = await users_of_systems(connection(), self._viewer, ids)
        return [found[one] for one in ids]

    async def _events(self, keys: Sequence[Key]) -> list[Page[EventView]]:
        pages: dict[Key, Page[EventView]] = {}
        for size, result in {(size, result) for _, size, result in keys}:
            ids = [one for one, *of in keys if tuple(of) == (size, result)]
            found = await pages_of_events(connection(), self._viewer, ids, size, result)
            pages |= {(one, size, result): page for one, page in found.items()}
        return [pages[key] for key in keys]
