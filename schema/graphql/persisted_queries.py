"""Automatic persisted queries (APQ): documents that clients register by their hash. They live in the process.

The errors have exactly the messages and codes that Apollo's clients and urql expect: after
`PersistedQueryNotSupported` they send only documents, and after `PersistedQueryNotFound` also their hashes.
"""

from collections import OrderedDict

from schema.graphql.document_ids import EXTENSION, HASH
from schema.graphql.errors import BAD_REQUEST, ClientError

SHARE = 10  # a document may use up to a tenth of the store


class PersistedQueries:
    """The most recently used of the registered documents, up to a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        """Create an empty store."""
        self._most = self._left = most_bytes
        self._texts: OrderedDict[str, str] = OrderedDict()

    def get(self, sha256: str) -> str | None:
        """Return the document with this hash, if it is still stored."""
        found = self._texts.get(sha256)
        if found is not None:
            self._texts.move_to_end(sha256)
        return found

    def put(self, sha256: str, text: str) -> None:
        """Store a document, and drop the least recently used ones."""
        size = _size(text)
        if size > self._most // SHARE or sha256 in self._texts:
            return
        self._texts[sha256] = text
        self._left -= size
        while self._left < 0:
            _, dropped = self._texts.popitem(last=False)
            self._left += _size(dropped)


def not_supported() -> ClientError:
    """Return the error after which a client stops sending hashes."""
    return ClientError("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")


def not_registered() -> ClientError:
    """Return the error after which a client sends the document with its hash."""
    return ClientError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")


def wrong_hash() -> ClientError:
    """Return the error for a document that was sent with a wrong hash."""
    name = f"extensions.{EXTENSION}.{HASH}"
    return ClientError(
        BAD_REQUEST,
        f"{name}: is not the SHA-256 of this query in lowercase hexadecimal digits. Hash the query as sent.",
        ("extensions", EXTENSION, HASH),
    )


def _size(text: str) -> int:
    return len(text.encode()) + 200  # the overhead of an entry
