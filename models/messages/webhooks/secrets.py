"""The secrets of an endpoint in the database: sealed under the key-encryption key, for this endpoint only."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from models.base.sealing import SealBroken, Sealer
from models.messages.channels.webhook_signature import EndpointSecrets, WebhookSecret


def seal_secret(sealer: Sealer, endpoint_id: UUID, secret: WebhookSecret) -> bytes:
    """Return a secret as it is stored."""
    return sealer.seal(_label(endpoint_id), secret.reveal().encode())


def open_secrets(
    sealer: Sealer,
    endpoint_id: UUID,
    current: bytes,
    previous: bytes | None,
    rotates_until: datetime | None,
) -> EndpointSecrets:
    """Return the stored secrets of an endpoint. Raises `SealBroken` if the current one was sealed under
    another key; a previous one that was is left out, so that a new secret ends the loss of a key.
    """
    opened = None
    if previous is not None:
        with suppress(SealBroken):
            opened = _open(sealer, endpoint_id, previous)
    return EndpointSecrets(_open(sealer, endpoint_id, current), opened, rotates_until)


def _open(sealer: Sealer, endpoint_id: UUID, sealed: bytes) -> WebhookSecret:
    return WebhookSecret.parse(sealer.open(_label(endpoint_id), sealed).decode())


def _label(endpoint_id: UUID) -> str:
    return f"webhook:{endpoint_id}"
