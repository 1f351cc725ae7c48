"""Rights of a running subscription: which feed it may read, as long as session, token and role are valid."""

import math
import time
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from uuid import UUID

from models.feed.kinds import NotificationKind
from schema.graphql.context import Context
from schema.graphql.errors import forbidden, token_expired, unauthenticated, unavailable
from schema.graphql.following.feed_subscription import FeedItem, FeedSubscription, Interrupted

LONGEST_WAIT = 60.0  # seconds; then the clock is read again, because it may have been set


def recipient_of(context: Context) -> UUID:
    """Return the recipient whose feed the viewer reads; raises UNAUTHENTICATED if nobody is signed in."""
    recipient = context.signed_in().recipient
    if recipient is None:  # never None for a signed-in user
        raise unauthenticated()
    return recipient


def rights_of(context: Context) -> Hashable:
    """Return what decides what the viewer is shown of an event, and in which language: whoever is sent the
    result of another viewer has the same.
    """
    viewer = context.viewer
    return viewer.roles, viewer.account_id, viewer.prospect_id, context.locale


@asynccontextmanager
async def following(
    context: Context,
    recipient: UUID,
    after: int | None,
    kinds: frozenset[NotificationKind],
    about: UUID | None = None,
) -> AsyncIterator[FeedSubscription]:
    """Follow a feed after a sequence number, or from now on; of one application if `about` is given.
    `next_item` waits for its items, and raises within a second after the session has ended.
    """
    async with context.services.reader.subscribe(recipient, after, kinds, about) as feed:
        watched = context.services.sessions.watch(context, feed.interrupt)
        try:
            yield feed
        finally:
            watched.leave()


async def next_item(
    context: Context,
    feed: FeedSubscription,
    reads: Callable[[Context], UUID] = recipient_of,
    *,
    checked_for: float = 0.0,
) -> FeedItem:
    """Wait for the next item of a feed, and check again that the viewer may see it: `reads` returns the feed
    that a viewer reads, or raises. A session that was found valid less than `checked_for` seconds ago is not
    looked up again. Raises UNAUTHENTICATED as soon as the token expires, and soon after the session has
    ended, even if nothing happens; FORBIDDEN if the viewer now reads another feed; UNAVAILABLE when the
    server stops.
    """
    while (left := _seconds_left(context)) > 0:
        feed.interrupt_within(min(left, LONGEST_WAIT))
        try:
            item: FeedItem | None = await anext(feed)
        except Interrupted:
            if context.authenticated_at > -math.inf:  # the clock is to be read again
                continue
            item = None
        except StopAsyncIteration:
            raise unavailable() from None
        if time.monotonic() - context.authenticated_at < checked_for:
            context.refresh()
        else:
            await context.authenticate(context.token)
        if reads(context) != feed.recipient:
            raise forbidden("Your role has changed. You can no longer read this feed.")
        if item is not None:
            return item
    raise token_expired()


def _seconds_left(context: Context) -> float:
    ends_at = context.viewer.token_ends_at
    return LONGEST_WAIT if ends_at is None else (ends_at - context.now()).total_seconds()
