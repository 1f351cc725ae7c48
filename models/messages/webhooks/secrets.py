"""The secrets of an endpoint in the database: sealed under the key-encryption key, for this endpoint only."""

from datetime import datetime
from uuid import UUID

from models.base.sealing import Sealer
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
    """Return the stored secrets of an endpoint. Raises `SealBroken` if the key is another one."""
    return EndpointSecrets(
        _open(sealer, endpoint_id, current),
        None if previous is None else _open(sealer, endpoint_id, previous),
        rotates_until,
    )


def _open(sealer: Sealer, endpoint_id: UUID, sealed: bytes) -> WebhookSecret:
    return WebhookSecret.parse(sealer.open(_label(endpoint_id), sealed).decode())


def _label(endpoint_id: UUID) -> str:
    return f"webhook:{endpoint_id}"
