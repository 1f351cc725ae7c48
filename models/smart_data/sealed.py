"""Found values are stored sealed, each for its own row: value and addresses together, pictures apart."""

from dataclasses import dataclass
from uuid import UUID

import orjson

from models.base.sealing import SealBroken, Sealer
from models.contact_data.redaction import Redacted
from models.outside.sources.source import Found

LARGEST_IMAGE = 128 * 1024  # bytes of PNG; a larger picture is not stored


@dataclass(frozen=True, slots=True, repr=False)
class Opened(Redacted):
    """A found value: `url` is where it leads, `source_url` the address that was read."""

    value: str
    url: str | None
    source_url: str | None


def seal_found(sealer: Sealer, field_id: UUID, found: Found) -> bytes:
    """Return the sealed value and addresses of a row."""
    return sealer.seal(f"found_field:{field_id}", orjson.dumps([found.value, found.url, found.source_url]))


def open_found(sealer: Sealer, field_id: UUID, sealed: bytes) -> Opened | None:
    """Return what was sealed; None if it was sealed under another key, so that nobody can read it."""
    try:
        value, url, source_url = orjson.loads(sealer.open(f"found_field:{field_id}", sealed))
    except SealBroken:
        return None
    return Opened(value, url, source_url)


def seal_image(sealer: Sealer, field_id: UUID, image: bytes | None) -> bytes | None:
    """Return a sealed picture; None without one, and for one that is too large."""
    if image is None or len(image) > LARGEST_IMAGE:
        return None
    return sealer.seal(f"found_field:{field_id}:image", image)


def open_image(sealer: Sealer, field_id: UUID, sealed: bytes) -> bytes | None:
    """Return a picture; None if it was sealed under another key."""
    try:
        return sealer.open(f"found_field:{field_id}:image", sealed)
    except SealBroken:
        return None


def seal_name(sealer: Sealer, organisation_id: UUID, name: str) -> bytes:
    """Return the sealed name that a user gave an organisation."""
    return sealer.seal(f"organisation:{organisation_id}", name.encode())


def open_name(sealer: Sealer, organisation_id: UUID, sealed: bytes | None) -> str | None:
    """Return the name that a user gave; None without one, and if it was sealed under another key."""
    try:
        return None if sealed is None else sealer.open(f"organisation:{organisation_id}", sealed).decode()
    except SealBroken:
        return None
