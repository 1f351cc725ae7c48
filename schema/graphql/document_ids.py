"""Ids of documents in requests: where clients put them, instead of the text of a document or next to it.

Works for the body of a POST, the parameters of a GET and the payload of a `subscribe` message.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

PARAMETER = "documentId"  # in the GraphQL-over-HTTP specification's appendix on persisted documents
# In the order in which they are looked up. The examples in Relay's documentation use `doc_id` or `id`.
PARAMETERS = (PARAMETER, "doc_id", "id")
EXTENSION = "persistedQuery"
HASH = "sha256Hash"
# The appendix reserves all other prefixes.
_WELL_FORMED = re.compile(r"sha256:[0-9a-f]{64}|x-[!-~]{1,254}|[!-9;-~]{1,256}")


class DocumentId(str):
    """Replaces the document of a request until it is looked up in the manifest.

    `parameter` is where the request has it. `automatic` means the hash of an automatic persisted query (APQ):
    if the server does not know it, the client sends the document.
    """

    __slots__ = ("automatic", "parameter")

    parameter: str
    automatic: bool

    def __new__(cls, text: str, parameter: str = PARAMETER, *, automatic: bool = False) -> "DocumentId":
        """Create it from the id as the client sent it."""
        made = super().__new__(cls, text)
        made.parameter, made.automatic = parameter, automatic
        return made

    @property
    def is_well_formed(self) -> bool:
        """Whether it can be the id of a document: a hash, or a string without a reserved prefix."""
        return _WELL_FORMED.fullmatch(self) is not None


class ClaimedText(str):
    """A document that a client sends together with its hash, to register it (APQ)."""

    __slots__ = ("sha256",)

    sha256: str

    def __new__(cls, text: str, sha256: str) -> "ClaimedText":
        """Create it from the text and the hash that the client sent."""
        made = super().__new__(cls, text)
        made.sha256 = sha256
        return made

    @property
    def is_true(self) -> bool:
        """Whether the hash is that of the text."""
        return sha256_of(self) == self.sha256


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as lowercase hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def id_of(text: str) -> str:
    """Return the id of a document: the hash of its text, byte for byte."""
    return f"sha256:{sha256_of(text)}"


def put_document_id(params: dict[str, Any]) -> None:
    """Replace a missing query with the id of a document, if there is one, and mark a query that is sent with
    its hash.
    """
    query, claimed = params.get("query"), _claimed(params.get("extensions"))
    if query is None:
        for parameter in PARAMETERS:
            if isinstance(given := params.get(parameter), str):
                params["query"] = DocumentId(given, parameter)
                return
        if claimed is not None:
            params["query"] = DocumentId(claimed, f"extensions.{EXTENSION}.{HASH}", automatic=True)
    elif isinstance(query, str) and claimed is not None:
        params["query"] = ClaimedText(query, claimed)


def _claimed(extensions: object) -> str | None:
    if extensions is None:
        return None
    persisted = extensions.get(EXTENSION) if isinstance(extensions, Mapping) else None
    given = persisted.get(HASH) if isinstance(persisted, Mapping) else None
    return given if isinstance(given, str) else None
