"""Ids of rows: UUID version 7 (RFC 9562), so that new rows sit together in an index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new, time-ordered UUID version 7 (RFC 9562, section 5.7)."""
    return uuid7()
