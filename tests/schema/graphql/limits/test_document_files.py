"""Manifests as the tools write them, and the errors for files that cannot be used."""

import json
from hashlib import md5, sha1, sha256
from pathlib import Path
from typing import Any

import pytest

from schema.graphql.document_files import ManifestError, read_manifest, read_manifests
from schema.graphql.document_ids import DocumentId, id_of
from schema.graphql.trusted_documents import TrustedDocuments

ONE = "query One {\n  __typename\n}"
TWO = "query Two { a: __typename }"


def apollo(*operations: dict[str, Any], **changed: object) -> dict[str, object]:
    """A manifest as @apollo/generate-persisted-query-manifest 1.4 writes it."""
    return {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": list(operations),
        **changed,
    }


def operation(name: str, body: str, **changed: object) -> dict[str, Any]:
    """An entry of such a manifest."""
    return {
        "id": sha256(body.encode()).hexdigest(),
        "name": name,
        "type": "query",
        "body": body,
        **changed,
    }


def written(folder: Path, content: object, name: str = "manifest.json") -> Path:
    """A file with this JSON."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def found(path: Path, *ids: str) -> list[str | None]:
    """The documents that the ids of requests lead to."""
    documents = TrustedDocuments(read_manifest(path), enabled=True)
    return [documents.find(DocumentId(one)) for one in ids]


def test_apollos_manifest_is_read_as_it_is(tmp_path: Path) -> None:
    """By its own ids, by the hash that Apollo Client sends, and by the hash with its prefix."""
    path = written(tmp_path, apollo(operation("One", ONE), operation("Two", TWO, id="vendor.Two")))
    bare = sha256(ONE.encode()).hexdigest()
    assert found(path, bare, f"sha256:{bare}", "vendor.Two", id_of(TWO)) == [ONE, ONE, TWO, TWO]


@pytest.mark.parametrize("algorithm", [md5, sha1, sha256])
def test_relays_file_is_read_as_it_is(tmp_path: Path, algorithm: Any) -> None:
    """With each algorithm of `persistConfig`; GraphQL Code Generator writes the same format."""
    digest = algorithm(ONE.encode()).hexdigest()
    path = written(tmp_path, {digest: ONE, "two-v1": TWO})
    assert found(path, digest, id_of(ONE), "two-v1", "three") == [ONE, ONE, TWO, None]


def test_several_files_are_one_manifest(tmp_path: Path) -> None:
    """One client's from Relay and another's from Apollo; an id cannot have two documents."""
    relay = written(tmp_path, {"1": ONE}, "relay.json")
    other = written(tmp_path, apollo(operation("Two", TWO, id="2")), "apollo.json")
    assert {read_manifests([relay, other])[key] for key in ("1", "2")} == {ONE, TWO}
    other = written(tmp_path, apollo(operation("Two", TWO, id="1")), "apollo.json")
    with pytest.raises(ManifestError, match=r"apollo\.json: 1 is the id of another document in another file"):
        read_manifests([relay, other])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (apollo(format="apollo"), "format must be `apollo-persisted-query-manifest`. Use a manifest of "),
        (apollo(version=2), "version must be 1, not 2. "),
        (apollo(operations={}), "operations must be a list. Generate the file again"),
        (apollo({"id": "1"}), "operations[0].body must be a non-empty string. "),
        (apollo(operation("One", ONE, id=7)), "operations[0].id must be a non-empty string. "),
        (apollo(*(operation("One", body, id="a") for body in (ONE, TWO))), "a is the id of two operations. "),
        (apollo({**operation("One", ONE), "body": TWO}), " does not match the hash of its document. "),
        ({"0" * 32: ONE}, " does not match the hash of its document. "),
        ({"1": "query {"}, "1 is not a GraphQL document: Syntax Error: "),
        ({"1": None}, "1 is not the text of a document. "),
        ('{"1": "{ a }", "1": "{ b }"}', "1 is listed twice. Remove one of the two entries."),
    ],
)  # fmt: skip
def test_a_bad_file_is_reported_with_key_and_remedy(tmp_path: Path, content: object, said: str) -> None:
    """If it is damaged, edited or from another tool, the server does not start."""
    path = written(tmp_path, content)
    with pytest.raises(ManifestError) as caught:
        read_manifest(path)
    message = str(caught.value)
    assert message.startswith(f"TRUSTED_DOCUMENTS_MANIFEST: {path}: ")
    assert said in message
