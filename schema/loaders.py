"""Owns the loaders of one operation: many single questions become one statement.

It must not be shared between operations: what it remembers is one viewer's, and one instant's.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

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
from models.leads.list import leads_by_id
from models.leads.views import ApplicationView, LeadView
from models.ledger.list import LedgerEntryView, ledgers_of
from models.policies.decisions import RecordedDecision, decisions_by_id
from models.policies.list import At, policies_at
from models.policies.views import PolicyView
from schema.complaints.loaders import ComplaintLoaders

T = TypeVar("T")


async def _by_size(
    keys: Sequence[tuple[UUID, int]],
    read: Callable[[Collection[UUID], int], Awaitable[Mapping[UUID, Page[T]]]],
) -> list[Page[T]]:
    """Read the pages of many owners: one statement a page size."""
    pages = {
        size: await read([owner for owner, asked in keys if asked == size], size)
        for size in {size for _, size in keys}
    }
    return [pages[size][owner] for owner, size in keys]


class Loaders:
    """What the fields of one operation load, each in one statement."""

    def __init__(self, viewer: Viewer) -> None:
        """Begin with nothing loaded, for one viewer."""
        self._viewer = viewer
        self.complaints = ComplaintLoaders(viewer)
        self.deadlines: DataLoader[UUID, list[DeadlineView]] = DataLoader(load_fn=self._deadlines)
        self.applications_of_lead: DataLoader[tuple[UUID, int], Page[ApplicationView]] = DataLoader(
            load_fn=self._applications_of_lead
        )
        self.application_counts: DataLoader[UUID, Count] = DataLoader(load_fn=self._application_counts)
        self.ledger_of_account: DataLoader[tuple[UUID, int], Page[LedgerEntryView]] = DataLoader(
            load_fn=self._ledger_of_account
        )
        self.policies_at: DataLoader[At, PolicyView] = DataLoader(load_fn=self._policies_at)
        self.decisions: DataLoader[UUID, RecordedDecision | None] = DataLoader(load_fn=self._decisions)
        self.leads: DataLoader[UUID, LeadView | None] = DataLoader(load_fn=self._leads)
        self.applications: DataLoader[UUID, ApplicationView | None] = DataLoader(load_fn=self._applications)

    async def _deadlines(self, ids: Sequence[UUID]) -> list[list[DeadlineView]]:
        found = await deadlines_of(connection(), ids)
        return [found[application_id] for application_id in ids]

    async def _applications_of_lead(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[ApplicationView]]:
        return await _by_size(
            keys, lambda ids, size: applications_of_leads(connection(), self._viewer, ids, size)
        )

    async def _application_counts(self, ids: Sequence[UUID]) -> list[Count]:
        found = await count_applications_of_leads(connection(), self._viewer, ids)
        return [found[lead_id] for lead_id in ids]

    async def _ledger_of_account(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[LedgerEntryView]]:
        return await _by_size(keys, lambda ids, size: ledgers_of(connection(), ids, size))

    async def _policies_at(self, keys: Sequence[At]) -> list[PolicyView]:
        found = await policies_at(connection(), keys)
        return [found[key] for key in keys]

    async def _decisions(self, ids: Sequence[UUID]) -> list[RecordedDecision | None]:
        found = await decisions_by_id(connection(), ids)
        return [found.get(decision_id) for decision_id in ids]

    async def _leads(self, ids: Sequence[UUID]) -> list[LeadView | None]:
        found = await leads_by_id(connection(), self._viewer, ids)
        return [found.get(lead_id) for lead_id in ids]

    async def _applications(self, ids: Sequence[UUID]) -> list[ApplicationView | None]:
        found = await applications_by_id(connection(), self._viewer, ids)
        return [found.get(application_id) for application_id in ids]
