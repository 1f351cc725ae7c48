"""Writes the manifest of trusted documents from files, and validates each document as a request would be."""

import json
from pathlib import Path

from graphql import GraphQLError

from schema import build_schema
from schema.graphql.document_ids import id_of
from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.validation import Validation
from settings.errors import FixableError


class DocumentError(FixableError):
    """A document cannot be trusted; each line names a file and a reason."""


def manifest_of(folder: Path, bounds: Bounds) -> dict[str, str]:
    """Return all `*.graphql` below a folder by their ids, in the order of their paths.

    Raises `DocumentError` for documents that are wrong, too large, or of several operations.
    """
    validation, core = Validation(bounds), build_schema(bounds)._schema
    found: dict[str, str] = {}
    wrong: list[str] = []
    for path in sorted(folder.rglob("*.graphql")):
        text = path.read_bytes().decode("utf-8")
        try:
            measured, errors = validation.check(core, validation.parse(text))
        except GraphQLError as error:
            measured, errors = None, [error]
        if measured is not None and len(measured.operations) != 1:
            errors = [*errors, GraphQLError("must contain exactly one operation")]
        wrong += [f"{path}: {error.message}" for error in errors]
        found[id_of(text)] = text
    if wrong:
        raise DocumentError("\n".join(wrong))
    if not found:
        raise DocumentError(f"{folder}: contains no *.graphql files")
    return found


def to_json(manifest: dict[str, str]) -> str:
    """Return the content of the manifest file."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
