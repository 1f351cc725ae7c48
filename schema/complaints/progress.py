"""Owns the progress of a complaint as the API shows it.

It must not say what was found: the complaint does, when it is filed.
"""

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


@strawberry.type(description="How far the checks of a complaint are.")
class ComplaintProgress:
    """Source: `FeedEventView`."""

    at: datetime = strawberry.field(description="When it was so far.")

    @strawberry.field(description="Where it stands in the feed; `complaintProgress(after:)` takes it.")
    def cursor(root: strawberry.Parent[FeedEventView]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.recipient, root.seq)

    @strawberry.field(description="The idempotencyKey of the `complaintFile` that it is about.")
    def idempotency_key(root: strawberry.Parent[FeedEventView]) -> str:
        """Return the key."""
        return str(root.parameters.get("idempotencyKey", ""))

    @strawberry.field(description="How many rows have been checked.")
    def checked(root: strawberry.Parent[FeedEventView]) -> int:
        """Return the number."""
        return _number(root, "checked")

    @strawberry.field(description="How many rows there are.")
    def total(root: strawberry.Parent[FeedEventView]) -> int:
        """Return the number."""
        return _number(root, "total")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Tell progress from a gap."""
        return isinstance(obj, FeedEventView)


ComplaintProgressUpdate: TypeAlias = Annotated[
    ComplaintProgress | FeedGap,
    strawberry.union(
        "ComplaintProgressUpdate", description="Progress, or a gap before what can still be read."
    ),
]
