"""Data loaders of application fields, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.applications.calendar_view import CalendarEventView, calendar_events
from models.applications.list import (
    DeadlineView,
    applications_by_id,
    applications_of_leads,
    count_applications_of_leads,
    deadlines_of,
)
from models.base.database import connection
from models.base.keyset import Count, Page
from models.base.viewer import Viewer
from models.leads.views import ApplicationView
from schema.graphql.context import Context
from schema.graphql.loading import DataLoader, by_size
from schema.graphql.services import Services


class ApplicationLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    services: Services

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, ApplicationView | None] = DataLoader(load_fn=self._by_id)
        self.deadlines: DataLoader[UUID, list[DeadlineView]] = DataLoader(load_fn=self._deadlines)
        self.calendar_event: DataLoader[UUID, CalendarEventView | None] = DataLoader(
            load_fn=self._calendar_events
        )
        self.of_lead: DataLoader[tuple[UUID, int], Page[ApplicationView]] = DataLoader(load_fn=self._of_lead)
        self.counts: DataLoader[UUID, Count] = DataLoader(load_fn=self._counts)

    @classmethod
    def of(cls, context: Context) -> "ApplicationLoaders":
        """Return the operation's loaders, which can read calendar events."""
        loaders = context.load(cls)
        loaders.services = context.services
        return loaders

    async def _by_id(self, ids: Sequence[UUID]) -> list[ApplicationView | None]:
        found = await applications_by_id(connection(), self._viewer, ids)
        return [found.get(application_id) for application_id in ids]

    async def _deadlines(self, ids: Sequence[UUID]) -> list[list[DeadlineView]]:
        found = await deadlines_of(connection(), ids)
        return [found[application_id] for application_id in ids]

    async def _calendar_events(self, ids: Sequence[UUID]) -> list[CalendarEventView | None]:
        found = await calendar_events(connection(), self.services.sending, self._viewer, ids)
        return [found.get(application_id) for application_id in ids]

    async def _of_lead(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[ApplicationView]]:
        return await by_size(
            keys, lambda ids, size: applications_of_leads(connection(), self._viewer, ids, size)
        )

    async def _counts(self, ids: Sequence[UUID]) -> list[Count]:
        found = await count_applications_of_leads(connection(), self._viewer, ids)
        return [found[lead_id] for lead_id in ids]
