"""Owns the loaders of one operation: many single questions become one statement.

It must not be shared between operations: what it remembers is one viewer's, and one instant's.
"""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from models.database import connection
from models.viewer import Viewer
from models.views.application_list import (
    DeadlineView,
    applications_by_id,
    applications_of_leads,
    deadlines_of,
)
from models.views.decision_view import RecordedDecision, decisions_by_id
from models.views.keyset import Page
from models.views.lead_list import leads_by_id
from models.views.lead_view import ApplicationView, LeadView


class Loaders:
    """What the fields of one operation load, each in one statement."""

    def __init__(self, viewer: Viewer) -> None:
        """Begin with nothing loaded, for one viewer."""
        self._viewer = viewer
        self.deadlines: DataLoader[UUID, list[DeadlineView]] = DataLoader(load_fn=self._deadlines)
        self.applications_of_lead: DataLoader[tuple[UUID, int], Page[ApplicationView]] = DataLoader(
            load_fn=self._applications_of_lead
        )
        self.decisions: DataLoader[UUID, RecordedDecision | None] = DataLoader(load_fn=self._decisions)
        self.leads: DataLoader[UUID, LeadView | None] = DataLoader(load_fn=self._leads)
        self.applications: DataLoader[UUID, ApplicationView | None] = DataLoader(load_fn=self._applications)

    async def _deadlines(self, ids: Sequence[UUID]) -> list[list[DeadlineView]]:
        found = await deadlines_of(connection(), ids)
        return [found[application_id] for application_id in ids]

    async def _applications_of_lead(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[ApplicationView]]:
        pages = {
            size: await applications_of_leads(
                connection(), self._viewer, [lead_id for lead_id, asked in keys if asked == size], size
            )
            for size in {size for _, size in keys}
        }
        return [pages[size][lead_id] for lead_id, size in keys]

    async def _decisions(self, ids: Sequence[UUID]) -> list[RecordedDecision | None]:
        found = await decisions_by_id(connection(), ids)
        return [found.get(decision_id) for decision_id in ids]

    async def _leads(self, ids: Sequence[UUID]) -> list[LeadView | None]:
        found = await leads_by_id(connection(), self._viewer, ids)
        return [found.get(lead_id) for lead_id in ids]

    async def _applications(self, ids: Sequence[UUID]) -> list[ApplicationView | None]:
        found = await applications_by_id(connection(), self._viewer, ids)
        return [found.get(application_id) for application_id in ids]
