"""Entity tags of published calendars, which show without reading any entry that nothing has changed.

A tag has three parts: a hash of everything that the calendar's bytes follow from; the instant until which
the passing of time changes nothing in it; and a seal of both with the recipient's version, which every
change of an entry raises. While the seal is right and the instant ahead, the calendar is unchanged. If not,
the hash decides, so that a change of something else sends nothing again.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

_TAG = re.compile(r'"(?P<content>[0-9a-f]{32})-(?P<until>[0-9a-f]{1,16})-(?P<seal>[0-9a-f]{16})"', re.ASCII)


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash of a calendar's entries, and the first instant at which the clock alone could change them."""

    entries: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FeedTag:
    """What a tag is compared with: the facts that the bytes depend on, apart from the entries, the
    recipient's version, and the instant now. Without a version, only the entries' hash decides.

    The version must have been read before the entries of a tag that is made, or with them.
    """

    facts: tuple[str, ...]
    version: int | None
    now: datetime

    def of(self, digest: Digest) -> str:
        """Return the strong tag of the calendar with these entries (RFC 9110, 8.8.3)."""
        content, until = self._content(digest), int(digest.until.timestamp())
        return f'"{content}-{until:x}-{self._seal(content, until)}"'

    def is_current(self, tag: str) -> bool:
        """Whether the calendar of a tag is unchanged, judged without its entries; False if unknown."""
        parts = _TAG.fullmatch(tag)
        if parts is None or self.version is None:
            return False
        until = int(parts["until"], 16)
        return self.now.timestamp() < until and parts["seal"] == self._seal(parts["content"], until)

    def has(self, tag: str, digest: Digest) -> bool:
        """Whether a tag is of a calendar with these entries, whenever it was made."""
        parts = _TAG.fullmatch(tag)
        return parts is not None and parts["content"] == self._content(digest)

    def _content(self, digest: Digest) -> str:
        return _hash(digest.entries, *self.facts)[:32]

    def _seal(self, content: str, until: int) -> str:
        return _hash(content, str(until), str(self.version), *self.facts)[:16]


def _hash(*facts: str) -> str:
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
