"""The query `notifications`."""

from functools import partial
from typing import Annotated

import strawberry

from models.base.keyset import Count
from models.feed.list import NotificationPage, count_notifications, list_notifications
from schema.feed.cursor import read_feed_cursor, write_feed_cursor
from schema.feed.types import NotificationConnection
from schema.graphql.context import Info
from schema.graphql.errors import unauthenticated
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.pagination import After, Edge, First, PageInfo, counted_once, page_size


class FeedConnection:
    """A page of a feed, with the cursors of the feed."""

    def __init__(
        self,
        found: NotificationPage,
        has_previous: bool,
        info: Info,
        unread: bool | None,
    ) -> None:
        """Wrap a page."""
        self.nodes = found.items
        self.edges = [
            Edge(view, partial(write_feed_cursor, view.event.recipient, view.event.seq))
            for view in found.items
        ]
        self.page_info = PageInfo(
            has_next_page=found.has_next,
            has_previous_page=has_previous,
            start_cursor=self.edges[0].cursor if self.edges else None,
            end_cursor=self.edges[-1].cursor if self.edges else None,
        )
        self._info = info
        self._unread = unread
        self.count = counted_once(self._count)

    async def _count(self) -> Count:
        context = self._info.context
        recipient = context.signed_in().recipient
        if recipient is None:
            return Count.of(0)
        return await count_notifications(context.conn, recipient, unread=self._unread)


VIEWS.add("notifications")


@strawberry.type
class NotificationQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The viewer's notifications, newest first.", graphql_type=NotificationConnection | None
    )
    async def notifications(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        unread: Annotated[
            bool | None,
            strawberry.argument(
                description="True for unread notifications only, false for read ones only; all if omitted."
            ),
        ] = None,
    ) -> FeedConnection:
        """List notifications."""
        context = info.context
        viewer = context.signed_in()
        size = page_size(first)
        recipient = viewer.recipient
        if recipient is None:
            raise unauthenticated()
        before = read_feed_cursor(after, recipient)
        found = await list_notifications(
            context.conn, recipient, first=size, before_seq=before, unread=unread
        )
        return FeedConnection(found, after is not None, info, unread)
