"""The subscription `callUpdates`: what happens to calls, for agents and for the company.

Agents share one feed: what each may see is asked for every event, when it is delivered.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from models.calls.call_news import call_feed_of
from models.calls.call_views import CallView
from models.calls.state import CallChange
from models.feed.events import FeedEventView
from models.feed.kinds import NotificationKind
from schema.calls.call_types import Call
from schema.feed.cursor import read_feed_cursor, write_feed_cursor
from schema.feed.subscriptions.reveals import missed
from schema.feed.types import FeedGap, Missed
from schema.graphql.context import Context, Info
from schema.graphql.errors import forbidden
from schema.graphql.following.feed_reader import FeedItem, Gap
from schema.graphql.following.rights import following, next_item
from schema.graphql.following.shared_results import Results
from schema.graphql.scalars import Cursor

_KINDS = frozenset({NotificationKind.CALL_CHANGED})
# Seconds. Each event goes to all agents: looking up each one's session each time would be most of the work.
CHECKED_FOR = 1.0


@dataclass(frozen=True, slots=True)
class ChangedCall:
    """An event of a call, the call as it is now, whether the viewer has it, and the results for all of whom
    that is equally true.
    """

    event: FeedEventView
    call: CallView
    mine: bool
    results: Results


@strawberry.type(description="Something happened to a call.")
class CallEvent:
    """Source: `ChangedCall`."""

    call: Call = strawberry.field(description="The call as it is now, which may be later than the event.")

    @strawberry.field(description="The position in the feed; pass it to `callUpdates(after:)`.")
    def cursor(root: strawberry.Parent[ChangedCall]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.event.recipient, root.event.seq)

    @strawberry.field(description="What happened.")
    def change(root: strawberry.Parent[ChangedCall]) -> CallChange:
        """Return the change."""
        return CallChange(str(root.event.parameters["change"]))

    @strawberry.field(description="When it happened.")
    def at(root: strawberry.Parent[ChangedCall]) -> datetime:
        """Return the time."""
        return root.event.at

    @strawberry.field(description="Whether you are the agent who has the call now.")
    def mine(root: strawberry.Parent[ChangedCall]) -> bool:
        """Return whether the viewer has it."""
        return root.mine

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an event is of a call, not a gap."""
        return isinstance(obj, ChangedCall)


CallUpdate: TypeAlias = Annotated[
    CallEvent | FeedGap,
    strawberry.union(
        "CallUpdate", description="An event of a call, or a gap if events can no longer be replayed."
    ),
]


def _feed_of(context: Context) -> UUID:
    recipient = call_feed_of(context.signed_in())
    if recipient is None:
        raise forbidden(
            "Only owners and members of a vendor's account, agents and operators can follow calls."
        )
    return recipient


@strawberry.type
class CallSubscription:
    """Fields of the root subscription type."""

    @strawberry.subscription(
        description="What happens to calls: to a company's own, for its owners and members; to those of "
        "companies that they may answer, for agents; to all, for operators. Delivers all events after the "
        "cursor, then new events as they occur, without gaps or duplicates. Without a cursor, it starts now.",
        graphql_type=CallUpdate,
    )
    async def call_updates(
        self,
        info: Info,
        after: Annotated[
            Cursor | None,
            strawberry.argument(description="A cursor of an event, or `viewer.callCursor`."),
        ] = None,
    ) -> AsyncGenerator[ChangedCall | Missed, None]:
        """Follow the feed."""
        context = info.context
        recipient = _feed_of(context)
        position = read_feed_cursor(after, recipient, "callCursor")
        async with following(context, recipient, position, _KINDS) as feed:
            while True:
                shown = await _show(
                    context, await next_item(context, feed, _feed_of, checked_for=CHECKED_FOR)
                )
                if shown is not None:
                    yield shown


async def _show(context: Context, item: FeedItem) -> ChangedCall | Missed | None:
    if isinstance(item, Gap):
        return missed(item.recipient, item)
    news = await context.services.news_of_calls.of(item.id, item.parameters)
    if news is None or not news.shown_to(context.viewer):
        return None
    mine = news.call.agent_id == context.viewer.user_id
    return ChangedCall(item, news.call, mine, context.services.shared_results.of(news, mine))
