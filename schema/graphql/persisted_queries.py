"""Automatic persisted queries (APQ): documents that clients register by their hash, while this process runs.

The errors have exactly the messages and codes that Apollo's clients and urql look for: after
`PersistedQueryNotSupported` they send texts only, after `PersistedQueryNotFound` the text and its hash.
"""

from collections import OrderedDict

from schema.graphql.document_ids import EXTENSION, HASH
from schema.graphql.errors import BAD_REQUEST, ClientError

SHARE = 10  # one document may take a tenth of the store


class PersistedQueries:
    """The most recently used registered documents, in at most this number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        """Begin with none."""
        self._most = self._left = most_bytes
        self._texts: OrderedDict[str, str] = OrderedDict()

    def get(self, sha256: str) -> str | None:
        """Return the document with this hash, if it is still stored."""
        found = self._texts.get(sha256)
        if found is not None:
            self._texts.move_to_end(sha256)
        return found

    def put(self, sha256: str, text: str) -> None:
        """Store a document, and drop those that were not used for the longest time."""
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
    """Return the error for a document that does not have the hash that it is sent with."""
    name = f"extensions.{EXTENSION}.{HASH}"
    return ClientError(
        BAD_REQUEST,
        f"{name}: is not the SHA-256 of this query, in lowercase hexadecimal digits. Hash the query as sent.",
        ("extensions", EXTENSION, HASH),
    )


def _size(text: str) -> int:
    return len(text.encode()) + 200  # what an entry takes besides the text
