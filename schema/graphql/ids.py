"""Opaque global ids of nodes, as GraphQL reads and writes them. A well-formed id may belong to no object."""

from uuid import UUID

import strawberry

from models.base.public_id import public_id, row_id_of, split_id
from models.base.refusal import not_found

__all__ = ["read_id", "split_id", "write_id"]


def write_id(type_name: str, row_id: UUID) -> strawberry.ID:
    """Return the global id of a row."""
    return strawberry.ID(public_id(type_name, row_id))


def read_id(global_id: str, type_name: str, field: str, noun: str | None = None) -> UUID:
    """Return the row id of an input's global id. Raises `Refusal` NOT_FOUND for an invalid id or another
    type's, the same as for an id that does not exist.
    """
    found = row_id_of(global_id, type_name)
    if found is None:
        raise not_found(field, noun or type_name.lower())
    return found
