"""GraphQL types of a complaint's progress: how many rows have been checked, but not their results."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from models.feed.events import FeedEventView
from schema.feed.cursor import write_feed_cursor
from schema.feed.types import FeedGap
from schema.graphql.scalars import Cursor


def _number(root: FeedEventView, name: str) -> int:
    value = root.parameters.get(name)
    return value if isinstance(value, int) else 0


@strawberry.type(description="Progress of checking a complaint.")
class ComplaintProgress:
    """Source: `FeedEventView`."""

    at: datetime = strawberry.field(description="When this progress was recorded.")

    @strawberry.field(description="The position in the feed; pass it to `complaintProgress(after:)`.")
    def cursor(root: strawberry.Parent[FeedEventView]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.recipient, root.seq)

    @strawberry.field(description="The idempotencyKey of the `complaintFile` mutation.")
    def idempotency_key(root: strawberry.Parent[FeedEventView]) -> str:
        """Return the key."""
        return str(root.parameters.get("idempotencyKey", ""))

    @strawberry.field(description="Number of rows checked.")
    def checked(root: strawberry.Parent[FeedEventView]) -> int:
        """Return the number."""
        return _number(root, "checked")

    @strawberry.field(description="Total number of rows.")
    def total(root: strawberry.Parent[FeedEventView]) -> int:
        """Return the number."""
        return _number(root, "total")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an event is progress, not a gap."""
        return isinstance(obj, FeedEventView)


ComplaintProgressUpdate: TypeAlias = Annotated[
    ComplaintProgress | FeedGap,
    strawberry.union(
        "ComplaintProgressUpdate", description="Progress, or a gap if events can no longer be replayed."
    ),
]
