"""Data loaders of contacting: the persons behind leads, and attempts, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page
from models.base.viewer import Viewer
from models.contacting.advice_views import KnownWays
from models.contacting.facts import ContactCase, contact_cases
from models.contacting.known_ways import known_ways
from models.contacting.list import attempts_of_leads, stops_by_id
from models.contacting.views import AttemptView, StopView
from models.leads.views import LeadView
from schema.graphql.context import Context
from schema.graphql.loading import DataLoader
from schema.graphql.services import Services


class ContactingLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time.

    Cases are loaded by the view of their lead, because that decides whether the contact data is visible.
    """

    services: Services

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.case: DataLoader[LeadView, ContactCase | None] = DataLoader(load_fn=self._cases)
        self.ways: DataLoader[UUID, KnownWays] = DataLoader(load_fn=self._ways)
        self.attempts: DataLoader[tuple[UUID, int], Page[AttemptView]] = DataLoader(load_fn=self._attempts)

        self.stop: DataLoader[UUID, StopView | None] = DataLoader(load_fn=self._stops)

    @classmethod
    def of(cls, context: Context) -> "ContactingLoaders":
        """Return the operation's loaders."""
        loaders = context.load(cls)
        loaders.services = context.services
        return loaders

    async def _cases(self, leads: Sequence[LeadView]) -> list[ContactCase | None]:
        found = await contact_cases(connection(), self._viewer, self.services.sending.hashes, leads)
        return [found.get(lead.id) for lead in leads]

    async def _stops(self, ids: Sequence[UUID]) -> list[StopView | None]:
        found = await stops_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _ways(self, lead_ids: Sequence[UUID]) -> list[KnownWays]:
        found = await known_ways(connection(), self._viewer, lead_ids)
        return [found[lead_id] for lead_id in lead_ids]

    async def _attempts(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[AttemptView]]:
        found: dict[tuple[UUID, int], Page[AttemptView]] = {}
        for size in {size for _, size in keys}:
            leads = [lead_id for lead_id, asked in keys if asked == size]
            pages = await attempts_of_leads(connection(), self._viewer, leads, size)
            found.update({(lead_id, size): page for lead_id, page in pages.items()})
        return [found[key] for key in keys]
