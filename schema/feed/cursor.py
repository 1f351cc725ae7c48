"""Cursors of a feed: positions in one recipient's sequence, valid for that recipient only."""

import base64
import binascii
from uuid import UUID

from schema.graphql.errors import CURSOR_INVALID, ClientError
from schema.graphql.scalars import Cursor

_LARGEST = 2**62


def write_feed_cursor(recipient: UUID, seq: int) -> Cursor:
    """Return the cursor of a position."""
    return Cursor(base64.urlsafe_b64encode(f"f:{recipient.hex}:{seq}".encode()).decode().rstrip("="))


def read_feed_cursor(cursor: str | None, recipient: UUID, begins: str = "feedCursor") -> int | None:
    """Return the position of a cursor, or None without a cursor. Raises `ClientError` INVALID for
    anything but a cursor of this recipient's feed; `begins` is the viewer's field where clients begin.
    """
    if cursor is None:
        return None
    try:
        padded = cursor[:100] + "=" * (-len(cursor[:100]) % 4)
        kind, owner, text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split(":")
        position = int(text) if text.isdecimal() else -1
    except (binascii.Error, UnicodeDecodeError, ValueError):
        kind, owner, position = "", "", -1
    if kind != "f" or owner != recipient.hex or not 0 <= position < _LARGEST:
        message = f"after: invalid cursor for your feed. Use `viewer {{ {begins} }}`."
        raise ClientError("INVALID", message, ("after",), reason=CURSOR_INVALID)
    return position
