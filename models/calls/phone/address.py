"""Where telephone systems report to."""

from uuid import UUID

from models.base.public_id import public_id

PATH = "/phone/{id}"


def webhook_url(origin: str, system_id: UUID) -> str:
    """Return the address that a telephone system reports to."""
    return origin + PATH.replace("{id}", public_id("PhoneSystem", system_id))
