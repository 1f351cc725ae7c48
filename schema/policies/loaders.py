"""Data loaders of policies and recorded decisions, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.policies.decisions import RecordedDecision, decisions_by_id
from models.policies.list import At, policies_at
from models.policies.views import PolicyView
from schema.graphql.loading import DataLoader


class PolicyLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.at: DataLoader[At, PolicyView] = DataLoader(load_fn=self._at)
        self.decision: DataLoader[UUID, RecordedDecision | None] = DataLoader(load_fn=self._decision)

    async def _at(self, keys: Sequence[At]) -> list[PolicyView]:
        found = await policies_at(connection(), keys)
        return [found[key] for key in keys]

    async def _decision(self, ids: Sequence[UUID]) -> list[RecordedDecision | None]:
        found = await decisions_by_id(connection(), ids)
        return [found.get(decision_id) for decision_id in ids]
