"""The subscription `complaintProgress`: progress of checking a large complaint."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from models.base.rights import only_for_vendors
from models.feed.events import FeedEventView
from models.feed.kinds import NotificationKind
from schema.complaints.progress import ComplaintProgressUpdate
from schema.feed.cursor import read_feed_cursor
from schema.feed.subscriptions.reveals import missed
from schema.feed.types import Missed
from schema.graphql.context import Info
from schema.graphql.errors import forbidden
from schema.graphql.following.feed_reader import Gap
from schema.graphql.following.rights import following, next_item, recipient_of
from schema.graphql.scalars import Cursor

_KINDS = frozenset({NotificationKind.COMPLAINT_PROGRESS})


@strawberry.type
class ComplaintProgressSubscription:
    """Fields of the root subscription type."""

    @strawberry.subscription(
        description="Progress of checking a complaint of more than 500 rows; for the account that files "
        "it. Delivers all events after the cursor, then new events as they occur. Without a "
        "cursor, it starts now.",
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
            raise forbidden(only_for_vendors("complain"))
        position = read_feed_cursor(after, recipient)
        async with following(context, recipient, position, _KINDS) as feed:
            while True:
                item = await next_item(context, feed)
                yield missed(recipient, item) if isinstance(item, Gap) else item
