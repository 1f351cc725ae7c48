"""Data loader of the dispatches of webhook endpoints inside a list, one statement per size and filter."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page, Slice
from models.base.viewer import Viewer
from models.messages.list import DispatchFilter, DispatchView, dispatches_of_endpoints
from schema.graphql.loading import DataLoader

Key = tuple[UUID, int, DispatchFilter]  # the endpoint, the size of the page, and what it is filtered by


class EndpointLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create a loader with an empty cache for one viewer."""
        self._viewer = viewer
        self.dispatches: DataLoader[Key, Page[DispatchView]] = DataLoader(load_fn=self._dispatches)

    async def _dispatches(self, keys: Sequence[Key]) -> list[Page[DispatchView]]:
        pages = {}
        for size, criteria in {(size, criteria) for _, size, criteria in keys}:
            ids = [one for one, *of in keys if tuple(of) == (size, criteria)]
            pages[size, criteria] = await dispatches_of_endpoints(
                connection(), self._viewer, ids, Slice(size), criteria
            )
        return [pages[size, criteria][one] for one, size, criteria in keys]
