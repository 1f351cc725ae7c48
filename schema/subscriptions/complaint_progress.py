"""Owns the subscription `complaintProgress`: how far the checks of a large complaint are.

It must not follow another's feed.
"""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from models.feed import NotificationKind
from models.views.feed_view import FeedEventView
from schema.context import Info
from schema.errors import forbidden
from schema.feed_cursor import read_feed_cursor
from schema.scalars import Cursor
from schema.subscriptions.feed_reader import Gap
from schema.subscriptions.following import next_item, recipient_of
from schema.subscriptions.reveals import missed
from schema.types.complaint_progress import ComplaintProgressUpdate
from schema.types.notification import Missed

_KINDS = frozenset({NotificationKind.COMPLAINT_PROGRESS})


@strawberry.type
class ComplaintProgressSubscription:
    """A part of the root of subscriptions."""

    @strawberry.subscription(
        description="How far a complaint of more than 500 rows has been checked, for the account that files "
        "it: first what came after the cursor, then what comes; without a cursor from now on.",
        graphql_type=ComplaintProgressUpdate,
    )
    async def complaint_progress(
        self,
        info: Info,
        after: Annotated[
            Cursor | None,
            strawberry.argument(description="A cursor of the feed, such as `viewer.feedCursor`."),
        ] = None,
    ) -> AsyncGenerator[FeedEventView | Missed, None]:
        """Follow the feed."""
        context = info.context
        recipient = recipient_of(context)
        if context.viewer.vendor_id is None:
            raise forbidden("Only an owner or a member of a vendor's account can complain.")
        reader = context.services.reader
        async with reader.subscribe(recipient, read_feed_cursor(after, recipient), _KINDS) as feed:
            while True:
                item = await next_item(context, feed)
                yield missed(recipient, item) if isinstance(item, Gap) else item
