"""Owns the opaque global ids of nodes: a type's name and a row's id in one text.

It must not look anything up: an id that reads well may still be nobody's.
"""

import base64
import binascii
from uuid import UUID

import strawberry

from models.refusal import not_found

_LONGEST = 100


def write_id(type_name: str, row_id: UUID) -> strawberry.ID:
    """Return the global id of a row."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{type_name}:{row_id.hex}".encode()).decode().rstrip("="))


def split_id(global_id: str) -> tuple[str, UUID] | None:
    """Return a global id's type and row id; None for what cannot be one."""
    if len(global_id) > _LONGEST or not global_id.isascii():
        return None
    try:
        padded = global_id + "=" * (-len(global_id) % 4)
        type_name, _, text = (
            base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").partition(":")
        )
        row_id = UUID(hex=text)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return (type_name, row_id) if row_id.hex == text else None


def read_id(global_id: str, type_name: str, field: str) -> UUID:
    """Return the row id of an input's global id.

    Raises `Refusal` NOT_FOUND for what is no id of that type: it looks like an id that is nobody's.
    """
    found = split_id(global_id)
    if found is None or found[0] != type_name:
        raise not_found(field, type_name.lower())
    return found[1]
