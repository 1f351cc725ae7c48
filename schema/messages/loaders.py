"""Data loaders of dispatches: previews, decisions of those that wait, and attempts, one batch each."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.messages.channels.channel import Preview
from models.messages.list import AttemptView, DispatchView, attempts_of, dispatches_by_id
from models.messages.previews import decisions_now, previews_of
from rules import Decision
from schema.graphql.context import Context
from schema.graphql.loading import DataLoader
from schema.graphql.services import Services


class DispatchLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    services: Services

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, DispatchView | None] = DataLoader(load_fn=self._by_id)
        self.preview: DataLoader[UUID, Preview | None] = DataLoader(load_fn=self._preview)
        self.decision: DataLoader[UUID, Decision] = DataLoader(load_fn=self._decision)
        self.attempts: DataLoader[UUID, Sequence[AttemptView]] = DataLoader(load_fn=self._attempts)

    @classmethod
    def of(cls, context: Context) -> "DispatchLoaders":
        """Return the operation's loaders."""
        loaders = context.load(cls)
        loaders.services = context.services
        return loaders

    async def _by_id(self, ids: Sequence[UUID]) -> list[DispatchView | None]:
        found = await dispatches_by_id(connection(), self._viewer, ids)
        return [found.get(dispatch_id) for dispatch_id in ids]

    async def _preview(self, ids: Sequence[UUID]) -> list[Preview | None]:
        sending, channels = self.services.sending, self.services.channels
        found = await previews_of(connection(), self._viewer, sending, channels, ids)
        return [found.get(dispatch_id) for dispatch_id in ids]

    async def _decision(self, ids: Sequence[UUID]) -> list[Decision]:
        found = await decisions_now(connection(), self.services.sending, ids)
        return [found[dispatch_id] for dispatch_id in ids]

    async def _attempts(self, ids: Sequence[UUID]) -> list[Sequence[AttemptView]]:
        found = await attempts_of(connection(), self._viewer, ids)
        return [found.get(dispatch_id, ()) for dispatch_id in ids]
