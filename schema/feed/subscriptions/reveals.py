"""The subscription `reveals`: replays events after a cursor, then follows the feed.

The lead is read again for each event, so that a subscriber sees no more than the lists show.
"""

from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

import strawberry

from models.feed.kinds import REVEALS
from models.leads.list import leads_by_id
from models.policies.decisions import decisions_by_id
from schema.feed.cursor import read_feed_cursor, write_feed_cursor
from schema.feed.types import Missed, Reveal, RevealUpdate
from schema.graphql.context import Context, Info
from schema.graphql.errors import forbidden
from schema.graphql.following.feed_reader import FeedItem, Gap
from schema.graphql.following.rights import following, next_item, recipient_of
from schema.graphql.scalars import Cursor

_KINDS = frozenset(REVEALS)


@strawberry.type
class RevealSubscription:
    """Fields of the root subscription type."""

    @strawberry.subscription(
        description="Contact data revealed to the viewer's account; for its owners and members. Delivers "
        "all events after the cursor, then new events as they occur, without gaps or "
        "duplicates. Without a cursor, it starts now.",
        graphql_type=RevealUpdate,
    )
    async def reveals(
        self,
        info: Info,
        after: Annotated[
            Cursor | None,
            strawberry.argument(description="A cursor of the feed, such as `viewer.feedCursor`."),
        ] = None,
    ) -> AsyncGenerator[Reveal | Missed, None]:
        """Follow the feed."""
        context = info.context
        recipient = _account_of(context)
        position = read_feed_cursor(after, recipient)
        async with following(context, recipient, position, _KINDS) as feed:
            while True:
                shown = await _show(context, await next_item(context, feed))
                if shown is not None:
                    yield shown


def _account_of(context: Context) -> UUID:
    """Return the account whose reveals the viewer can follow. Raises UNAUTHENTICATED if nobody is signed
    in, FORBIDDEN for a viewer who does not act for a vendor.
    """
    vendor_id = context.signed_in().vendor_id
    if vendor_id is None:
        raise forbidden(
            "Only owners and members of a vendor's account can subscribe to reveals. "
            "Subscribe to `notifications` instead."
        )
    return vendor_id


def missed(recipient: UUID, gap: Gap) -> Missed:
    """Return the gap."""
    return Missed(write_feed_cursor(recipient, gap.seq), gap.missed)


async def _show(context: Context, item: FeedItem) -> Reveal | Missed | None:
    viewer = context.viewer
    if isinstance(item, Gap):
        return missed(recipient_of(context), item)
    if item.lead_id is None or item.decision_id is None:
        return None
    leads = await leads_by_id(context.conn, viewer, [item.lead_id])
    decisions = await decisions_by_id(context.conn, [item.decision_id])
    lead, decision = leads.get(item.lead_id), decisions.get(item.decision_id)
    if lead is None or decision is None:
        return None
    return Reveal(item, lead, lead.application, lead.delivery, decision)
