"""Trusted documents: a manifest of documents by hash, requested with `documentId` instead of a query.

Each text must match the hash that it is listed under.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from strawberry.extensions import SchemaExtension

from schema.graphql.context import Context
from schema.graphql.errors import ClientError
from schema.graphql.limits.extensions import refuse_unread
from settings import Settings
from settings.errors import FixableError

ID = re.compile(r"sha256:[0-9a-f]{64}")
PARAMETER = "documentId"


class ManifestError(FixableError):
    """The manifest cannot be used; the message names the file and the entry."""

    exit_code = 2


class DocumentId(str):
    """Takes the place of the document in a request until it is looked up in the manifest."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """The documents by id; `only`: others are refused, except for operators."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    texts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Index the texts as well: a client may also send a trusted document in full."""
        object.__setattr__(self, "texts", frozenset(self.by_id.values()))

    @classmethod
    def of(cls, settings: Settings) -> "TrustedDocuments | None":
        """Read the manifest in the settings; None if trusted documents are disabled."""
        path = settings.trusted_documents_manifest
        if settings.trusted_documents == "off" or path is None:
            return None
        return cls(read_manifest(path), only=settings.trusted_documents == "only")


def id_of(text: str) -> str:
    """Return the id of a document: the hash of its text, byte for byte."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_manifest(path: Path) -> dict[str, str]:
    """Read `{"sha256:<hex>": "document"}`; raises `ManifestError` for anything else."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ManifestError(f"TRUSTED_DOCUMENTS_MANIFEST: {path} cannot be read: {error}") from error
    if not isinstance(read, dict):
        raise ManifestError(f"TRUSTED_DOCUMENTS_MANIFEST: {path} is not a JSON object of documents by id")
    for name, text in read.items():
        if not isinstance(text, str) or id_of(text) != name:
            raise ManifestError(
                f"TRUSTED_DOCUMENTS_MANIFEST: {path}: {name[:80]} does not match the hash of its document"
            )
    return read


def put_document_id(params: dict[str, Any]) -> None:
    """Replace a missing query with `documentId`, if present. Works for the body of a POST, the parameters
    of a GET and the payload of a `subscribe` message.
    """
    given = params.get(PARAMETER)
    if isinstance(given, str) and params.get("query") is None:
        params["query"] = DocumentId(given)


class ReadTrusted(SchemaExtension):
    """Replaces a document id with the document; refuses others if only trusted documents may run."""

    def __init__(self, documents: TrustedDocuments | None) -> None:
        """Store the manifest; None if trusted documents are disabled."""
        self._documents = documents

    def on_operation(self) -> Iterator[None]:
        """Look up the document before anything reads the query."""
        operation = self.execution_context
        text = operation.query
        if isinstance(text, DocumentId):
            found = self._documents.by_id.get(text) if self._documents else None
            if found is None:
                refuse_unread(operation, self._unknown(text) if ID.fullmatch(text) else _malformed())
            operation.query = found or "{ __typename }"
        elif self._documents and self._documents.only and text and not self._may_send(text):
            refuse_unread(
                operation,
                ClientError(
                    "FORBIDDEN",
                    f"This server only runs trusted documents. Send {PARAMETER} instead of query.",
                    (PARAMETER,),
                ),
            )
        yield

    def _may_send(self, text: str) -> bool:
        context = self.execution_context.context
        operator = isinstance(context, Context) and context.viewer.operator
        return operator or (self._documents is not None and text in self._documents.texts)

    def _unknown(self, document_id: str) -> ClientError:
        remedy = (
            "Send the document itself as query"
            if self._documents is None
            else "Add it to the manifest with `leadgate documents` and restart the server"
            if self._documents.only
            else "Send the document itself as query, or add it to the manifest"
        )
        return ClientError("NOT_FOUND", f"Document {document_id} not found. {remedy}.", (PARAMETER,))


def _malformed() -> ClientError:
    return ClientError(
        "INVALID", f"{PARAMETER}: must be `sha256:` followed by 64 hexadecimal digits.", (PARAMETER,)
    )
