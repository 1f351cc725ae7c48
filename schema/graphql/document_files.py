"""Reads manifests of trusted documents, in the formats in which tools write them.

- `leadgate documents`: an object of documents by `sha256:` and the hash;
- Relay's compiler (`persistConfig.file`) and GraphQL Code Generator: an object of
  documents by their hash or another id;
- Apollo's `@apollo/generate-persisted-query-manifest`: a list of operations with `id` and `body`.

An id that has the form of a hash must be the hash of its document. Otherwise, an edited or damaged file could
run a different operation under the id that clients were built with.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from graphql import GraphQLSyntaxError, parse

from schema.graphql.document_ids import id_of
from settings.errors import FixableError

APOLLO, APOLLO_VERSION = "apollo-persisted-query-manifest", 1
_SETTING = "TRUSTED_DOCUMENTS_MANIFEST"
_AGAIN = "Generate the file again with the tool that wrote it"
# By the number of hexadecimal digits. Relay's default is MD5, and the code generator's is SHA-1.
_HASHES = {32: "md5", 40: "sha1", 64: "sha256"}
_DIGITS = frozenset("0123456789abcdef")


class ManifestError(FixableError):
    """A manifest cannot be used; the message says which file and entry, why, and what to do."""

    exit_code = 2


def read_manifests(paths: Sequence[Path]) -> dict[str, str]:
    """Return the documents of all files by their ids, and by `sha256:` and their hash.

    Raises `ManifestError`, also if two files have different documents under one id.
    """
    found: dict[str, str] = {}
    for path in paths:
        for name, text in read_manifest(path).items():
            if found.setdefault(name, text) != text:
                raise _wrong(
                    path, name, "is the id of another document in another file", "Remove one of the two"
                )
    return found


def read_manifest(path: Path) -> dict[str, str]:
    """Return the documents of a file by their ids, and by `sha256:` and their hash.

    Raises `ManifestError`.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_without_duplicates)
    except _DuplicateError as error:
        raise _wrong(path, str(error), "is listed twice", "Remove one of the two entries") from None
    except (OSError, ValueError) as error:
        raise ManifestError(
            f"{_SETTING}: {path} cannot be read: {error}. Check the path, or generate the file again."
        ) from error
    if not isinstance(read, dict):
        raise ManifestError(f"{_SETTING}: {path} is not a JSON object of documents by id. {_AGAIN}.")
    entries = _of_apollo(path, read) if "format" in read or "operations" in read else _of_map(path, read)
    found: dict[str, str] = {}
    for name, text in entries:
        _check(path, name, text)
        if found.setdefault(name, text) != text:
            raise _wrong(path, name, "is the id of two operations", "Use a unique id for each operation")
    return {**{id_of(text): text for text in found.values()}, **found}


def _of_map(path: Path, read: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, text in read.items():
        if not isinstance(text, str):
            raise _wrong(path, name, "is not the text of a document", _AGAIN)
        yield name, text


def _of_apollo(path: Path, read: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if read.get("format") != APOLLO:
        raise _wrong(
            path,
            "format",
            f"must be `{APOLLO}`",
            "Use a manifest of @apollo/generate-persisted-query-manifest, or an object of documents by id",
        )
    if (version := read.get("version")) != APOLLO_VERSION:
        raise _wrong(
            path,
            "version",
            f"must be {APOLLO_VERSION}, not {json.dumps(version)[:20]}",
            "Generate the file with a version of the tool that writes this format",
        )
    operations = read.get("operations")
    if not isinstance(operations, list):
        raise _wrong(path, "operations", "must be a list", _AGAIN)
    for place, operation in enumerate(operations):
        entry = operation if isinstance(operation, dict) else {}
        name, text = entry.get("id"), entry.get("body")
        for key, value in (("id", name), ("body", text)):
            if not isinstance(value, str) or not value:
                raise _wrong(path, f"operations[{place}].{key}", "must be a non-empty string", _AGAIN)
        yield str(name), str(text)


def _check(path: Path, name: str, text: str) -> None:
    digest = name.removeprefix("sha256:")
    algorithm = _HASHES.get(len(digest)) if _DIGITS.issuperset(digest) else None
    if name != digest and algorithm != "sha256":
        raise _wrong(path, name, "must be `sha256:` followed by 64 hexadecimal digits", _AGAIN)
    if algorithm and hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest() != digest:
        raise _wrong(path, name, "does not match the hash of its document", _AGAIN)
    if (problem := _problem_of(text)) is not None:
        what = f"is not a GraphQL document: {problem}"
        raise _wrong(path, name, what, "Fix the document, then generate the file again")


@lru_cache(maxsize=1_000)  # a file is read by each application of a process; parsing takes half of its start
def _problem_of(text: str) -> str | None:
    """Return the beginning of the syntax error of a document, or None."""
    try:
        parse(text)
    except GraphQLSyntaxError as error:
        return error.message[:200]
    return None


def _wrong(path: Path, key: str, what: str, remedy: str) -> ManifestError:
    return ManifestError(f"{_SETTING}: {path}: {key[:80]} {what}. {remedy}.")


class _DuplicateError(ValueError):
    """A key that appears twice in one object; JSON parsers silently use the last value."""


def _without_duplicates(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for name, value in pairs:
        if name in read:
            raise _DuplicateError(name)
        read[name] = value
    return read
