"""Data loaders of the log of decisions: what a decision is about, who made it, and what it caused.

A batch takes one statement per type of object, whatever its length.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from uuid import UUID

from models.accounts.list import UserView, users_by_id
from models.applications.list import applications_by_id
from models.base.database import Connection, connection
from models.base.viewer import Viewer
from models.calls.call_views import calls_by_id
from models.complaints.item_list import items_by_id
from models.deliveries.list import deliveries_by_id
from models.feed.list import notifications_by_id
from models.leads.list import leads_by_id
from models.ledger.list import ledger_entries_by_id
from models.messages.list import dispatches_by_id
from models.messages.webhooks.list import endpoints_by_id
from models.policies.decision_list import Caused, caused_by
from schema.graphql.loading import DataLoader

Reader = Callable[[Connection, Viewer, Collection[UUID]], Awaitable[Mapping[UUID, object]]]
Subject = tuple[str, UUID]  # a ruleset, and the row that it decided about


async def _events(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, object]:
    return await notifications_by_id(conn, None, list(ids)) if viewer.operator else {}


# What each ruleset decides about: types of nodes, by the names that they have in ids.
SUBJECT_READERS: Mapping[str, Reader] = {
    "Application": applications_by_id,
    "Call": calls_by_id,
    "ComplaintItem": items_by_id,
    "Delivery": deliveries_by_id,
    "Dispatch": dispatches_by_id,
    "Lead": leads_by_id,
    "WebhookEndpoint": endpoints_by_id,
}
_CALLS = dict.fromkeys(("call_closing", "call_mail", "call_route", "call_sms"), ("Call",))
_DISPATCHES = dict.fromkeys(("bounce", "dispatch", "retry"), ("Dispatch",))
_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "visibility": ("Application", "Delivery"),
    "refund": ("Application",),
    "review_reminder": ("Application",),
    "chat_nudge": ("Application",),
    "complaint": ("ComplaintItem",),
    "contact_advice": ("Lead",),
    "webhook_endpoint": ("WebhookEndpoint",),
    **_CALLS,
    **_DISPATCHES,
}
_CONSEQUENCES: Mapping[Caused, Reader] = {
    Caused.MOVEMENT: ledger_entries_by_id,
    Caused.DELIVERY: deliveries_by_id,
    Caused.EVENT: _events,
    Caused.DISPATCH: dispatches_by_id,
}


class DecisionLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.subject: DataLoader[Subject, object | None] = DataLoader(load_fn=self._subject)
        self.caused: DataLoader[UUID, list[object]] = DataLoader(load_fn=self._caused)
        self.actor: DataLoader[UUID, UserView | None] = DataLoader(load_fn=self._actor)

    async def _subject(self, keys: Sequence[Subject]) -> list[object | None]:
        wanted: dict[str, set[UUID]] = {}
        for ruleset, row_id in keys:
            for kind in _SUBJECTS.get(ruleset, ()):
                wanted.setdefault(kind, set()).add(row_id)
        rows = {
            kind: await SUBJECT_READERS[kind](connection(), self._viewer, ids) for kind, ids in wanted.items()
        }
        return [
            next((row for kind in _SUBJECTS.get(ruleset, ()) if (row := rows[kind].get(row_id))), None)
            for ruleset, row_id in keys
        ]

    async def _caused(self, ids: Sequence[UUID]) -> list[list[object]]:
        found = await caused_by(connection(), ids)
        wanted: dict[Caused, set[UUID]] = {}
        for consequences in found.values():
            for one in consequences:
                wanted.setdefault(one.kind, set()).add(one.id)
        rows = {
            kind: await _CONSEQUENCES[kind](connection(), self._viewer, row_ids)
            for kind, row_ids in wanted.items()
        }
        return [
            [row for one in found[decision_id] if (row := rows[one.kind].get(one.id)) is not None]
            for decision_id in ids
        ]

    async def _actor(self, ids: Sequence[UUID]) -> list[UserView | None]:
        found = await users_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]
