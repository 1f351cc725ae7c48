"""Finds where WebSocket frames begin, so that they can be counted before they are read.

Frames are not validated here; the WebSocket library does that.
"""

_MASK = 0x80
_LENGTH = 0x7F
_LONGER = {126: 2, 127: 8}  # bytes of the extended length
_MASK_BYTES = 4


class Frames:
    """The frames that one client sends, in pieces of any size."""

    def __init__(self) -> None:
        """Start at the first frame."""
        self._head = bytearray()  # the header read so far
        self._left = 0  # bytes of the frame that has begun

    @property
    def is_inside(self) -> bool:
        """Return whether the next byte belongs to a frame that has been counted."""
        return self._left > 0 or len(self._head) > 0

    def cut(self, data: bytearray, size: int, most: int) -> tuple[int, int]:
        """Return how many bytes to read, at most `size` and `most` new frames, and how many frames begin.

        The bytes count as read.
        """
        at, begun, size = 0, 0, min(size, len(data))
        while at < size:
            if self._left:
                step = min(self._left, size - at)
                self._left -= step
                at += step
                continue
            if not self._head:
                if begun == most:
                    break
                begun += 1
            self._head.append(data[at])
            at += 1
            if (left := _after(self._head)) is not None:
                self._left = left
                self._head.clear()
        return at, begun


def _after(head: bytearray) -> int | None:
    """Return the number of bytes after a frame's header; None while the header is incomplete."""
    if len(head) < 2:  # they determine how many bytes the length has
        return None
    length = head[1] & _LENGTH
    longer = _LONGER.get(length, 0)
    if len(head) < 2 + longer:
        return None
    if longer:
        length = int.from_bytes(head[2:])
    return length + (_MASK_BYTES if head[1] & _MASK else 0)
