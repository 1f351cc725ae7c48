"""The field `account` of payloads and events that move points: the account with its new balance.

It is read like `viewer.account`, so it shows an account only to users who act for it and to operators.
"""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

import strawberry

from models.accounts.list import AccountView, accounts_by_id
from models.base.database import connection
from models.base.viewer import Viewer
from models.feed.events import FeedEventView
from schema.accounts.types import Account
from schema.graphql.context import Info
from schema.graphql.loading import DataLoader


class OfAccount(Protocol):
    """The source of a payload or an event, with the account whose points it may have moved."""

    @property
    def account_id(self) -> UUID | None:
        """The account; None if the mutation failed, or if the event does not belong to an account."""


class OfFeed(Protocol):
    """The source of an event or a notification."""

    @property
    def event(self) -> FeedEventView:
        """The event, with the account, prospect or user whose feed it is in."""


class AccountLoaders:
    """Loaders of one operation; their cache is valid for one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, AccountView | None] = DataLoader(load_fn=self._by_id)

    async def _by_id(self, ids: Sequence[UUID]) -> list[AccountView | None]:
        found = await accounts_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]


async def _read(root: strawberry.Parent[OfAccount], info: Info) -> AccountView | None:
    """Read the balance after the mutation. A loader could return what an earlier mutation has read."""
    context = info.context
    if root.account_id is None:
        return None
    return (await accounts_by_id(context.conn, context.viewer, [root.account_id])).get(root.account_id)


async def _load(root: strawberry.Parent[OfFeed], info: Info) -> AccountView | None:
    """Load the accounts of all events of a list in one statement; None for the feed of a prospect."""
    return await info.context.load(AccountLoaders).by_id.load(root.event.recipient)


def account_after() -> Any:
    """Return the field `account` of a payload."""
    return strawberry.field(
        resolver=_read,
        description="The vendor's account, with its points after the mutation; null if the mutation failed, "
        "and for prospects.",
        graphql_type=Account | None,
    )


def account_of_event() -> Any:
    """Return the field `account` of a reveal or a notification."""
    return strawberry.field(
        resolver=_load,
        description="The viewer's account, with its current points; null unless the viewer is an owner or a "
        "member.",
        graphql_type=Account | None,
    )
