"""Known documents, requested by id: trusted documents from manifests, and automatic persisted queries.

Others are refused if only trusted documents may run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from strawberry.extensions import SchemaExtension

from schema.graphql.context import Context
from schema.graphql.document_files import read_manifests
from schema.graphql.document_ids import PARAMETER, ClaimedText, DocumentId
from schema.graphql.errors import ClientError
from schema.graphql.limits.extensions import refuse_unread
from schema.graphql.persisted_queries import (
    PersistedQueries,
    not_registered,
    not_supported,
    wrong_hash,
)
from settings import Settings


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """The documents by id.

    `enabled`: whether the settings allow them; `only`: other documents are refused, except from operators;
    `automatic`: the documents that clients register, if they may.
    """

    by_id: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = False
    only: bool = False
    automatic: PersistedQueries | None = None
    texts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Index the texts as well: a client may also send a trusted document in full."""
        object.__setattr__(self, "texts", frozenset(self.by_id.values()))

    @classmethod
    def of(cls, settings: Settings, own: Sequence[Path] = ()) -> "TrustedDocuments":
        """Read the manifests in the settings, and the server's `own`, which are always trusted.

        Raises `ManifestError`.
        """
        bytes_ = settings.automatic_persisted_query_bytes
        automatic = PersistedQueries(bytes_) if settings.automatic_persisted_queries else None
        if settings.trusted_documents == "off":
            return cls(read_manifests(own), automatic=automatic)
        return cls(
            read_manifests([*own, *settings.trusted_documents_manifest]),
            enabled=True,
            only=settings.trusted_documents == "only",
            automatic=automatic,
        )

    def find(self, document_id: DocumentId) -> str | None:
        """Return the document with this id.

        Clients with a manifest of hashes may send them with or without the prefix `sha256:`.
        """
        found = self.by_id.get(document_id) or self.by_id.get(f"sha256:{document_id}")
        if found is None and document_id.automatic and self.automatic is not None:
            return self.automatic.get(document_id)
        return found


NO_DOCUMENTS = TrustedDocuments()


class ReadTrusted(SchemaExtension):
    """Replaces a document id with the document; refuses others if only trusted documents may run."""

    def __init__(self, documents: TrustedDocuments) -> None:
        """Store the documents; they are used as long as the schema."""
        self._documents = documents

    def on_operation(self) -> Iterator[None]:
        """Look up the document before anything reads the query; then register one that was sent for it."""
        operation = self.execution_context
        text = operation.query
        claimed = None
        if isinstance(text, DocumentId):
            found = self._documents.find(text)
            if found is None:
                refuse_unread(operation, self._unknown(text))
            operation.query = found or "{ __typename }"
        elif isinstance(text, ClaimedText) and self._documents.automatic is not None:
            operation.query = str(text)
            if text.is_true:
                claimed = text.sha256
            else:
                refuse_unread(operation, wrong_hash())
        if isinstance(text, str) and not isinstance(text, DocumentId) and not self._may_send(text):
            refuse_unread(operation, _only_trusted())
        yield
        automatic = self._documents.automatic
        if automatic is not None and claimed and operation.query and not operation.pre_execution_errors:
            automatic.put(claimed, operation.query)

    def _may_send(self, text: str) -> bool:
        if not self._documents.only or not text:
            return True
        context = self.execution_context.context
        operator = isinstance(context, Context) and context.viewer.operator
        return operator or text in self._documents.texts

    def _unknown(self, document_id: DocumentId) -> ClientError:
        if document_id.automatic:
            return not_supported() if self._documents.automatic is None else not_registered()
        name = document_id.parameter
        if not document_id.is_well_formed:
            return ClientError(
                "INVALID", f"{name}: must be `sha256:` followed by 64 hexadecimal digits.", (name,)
            )
        remedy = (
            "Send the document itself as query"
            if not self._documents.enabled
            else "Add it to the manifest with `leadgate documents` and restart the server"
            if self._documents.only
            else "Send the document itself as query, or add it to the manifest"
        )
        return ClientError("NOT_FOUND", f"Document {document_id} not found. {remedy}.", (name,))


def _only_trusted() -> ClientError:
    return ClientError(
        "FORBIDDEN",
        f"This server only runs trusted documents. Send {PARAMETER} instead of query.",
        (PARAMETER,),
    )
