"""Owns how rows get their ids: UUID version 7 (RFC 9562), so that new rows sit together in an index.

It must not give an id a meaning: an id tells at most when a row was made, never what it is.
"""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new, time-ordered UUID version 7 (RFC 9562, section 5.7)."""
    return uuid7()
