"""The subscription `notifications`: replays events after a cursor, then follows the feed."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from models.feed.kinds import NOTIFICATIONS
from models.feed.list import NotificationView, notifications_by_id
from schema.feed.cursor import read_feed_cursor
from schema.feed.subscriptions.reveals import missed
from schema.feed.types import Missed, NotificationUpdate
from schema.graphql.context import Info
from schema.graphql.following.feed_reader import Gap
from schema.graphql.following.rights import following, next_item, recipient_of
from schema.graphql.scalars import Cursor


@strawberry.type
class NotificationSubscription:
    """Fields of the root subscription type."""

    @strawberry.subscription(
        description="The viewer's notifications. Delivers all events after the cursor, then new events as"
        " they occur, without gaps or duplicates. Without a cursor, it starts now.",
        graphql_type=NotificationUpdate,
    )
    async def notifications(
        self,
        info: Info,
        after: Annotated[
            Cursor | None,
            strawberry.argument(description="A cursor of the feed, such as `viewer.feedCursor`."),
        ] = None,
    ) -> AsyncGenerator[NotificationView | Missed, None]:
        """Follow the feed."""
        context = info.context
        recipient = recipient_of(context)
        position = read_feed_cursor(after, recipient)
        async with following(context, recipient, position, NOTIFICATIONS) as feed:
            while True:
                item = await next_item(context, feed)
                if isinstance(item, Gap):
                    yield missed(recipient, item)
                    continue
                found = await notifications_by_id(context.conn, recipient, [item.id])
                if item.id in found:
                    yield found[item.id]
