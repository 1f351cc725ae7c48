"""Data loaders of policies and recorded decisions, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.policies.decisions import RecordedDecision, decisions_by_id
from models.policies.list import At, pinned_cases, policies_at, policies_of
from models.policies.views import PolicyView
from schema.graphql.loading import DataLoader


class PolicyLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.at: DataLoader[At, PolicyView] = DataLoader(load_fn=self._at)
        self.by_id: DataLoader[UUID, PolicyView | None] = DataLoader(load_fn=self._by_id)
        self.pinned: DataLoader[UUID, int] = DataLoader(load_fn=self._pinned)
        self.decision: DataLoader[UUID, RecordedDecision | None] = DataLoader(load_fn=self._decision)

    async def _at(self, keys: Sequence[At]) -> list[PolicyView]:
        found = await policies_at(connection(), keys)
        return [found[key] for key in keys]

    async def _decision(self, ids: Sequence[UUID]) -> list[RecordedDecision | None]:
        found = await decisions_by_id(connection(), ids)
        return [found.get(decision_id) for decision_id in ids]

    async def _by_id(self, ids: Sequence[UUID]) -> list[PolicyView | None]:
        found = await policies_of(connection(), ids)
        return [found.get(one) for one in ids]

    async def _pinned(self, ids: Sequence[UUID]) -> list[int]:
        found = await pinned_cases(connection(), ids)
        return [found[one] for one in ids]
