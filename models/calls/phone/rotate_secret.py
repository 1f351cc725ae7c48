"""Rotates the secret of a telephone system that speaks our own format; the old one is good for a day."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.edit import check_operator
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.locked import lock_system
from models.calls.phone.refusals import PhoneRefusal
from models.calls.phone.set_system import replace_secret
from models.messages.channels.webhook_signature import WebhookSecret


async def rotate_secret(
    viewer: Viewer, sealer: Sealer, *, system_id: UUID, expected_version: int | None
) -> str:
    """Give a telephone system a new secret and return it.

    Raises `Refusal`: FORBIDDEN, NOT_FOUND, STALE_VERSION, CONFLICT for a secret that the provider chooses.
    """
    check_operator(viewer, "rotate secrets of telephone systems")
    secret = WebhookSecret.new().reveal()
    async with transaction() as conn:
        row = await lock_system(conn, system_id, expected_version)
        if row["driver"] != PhoneDriver.GENERIC:
            raise PhoneRefusal.SECRET_OF_PROVIDER.at("phoneSystemId")
        await fetch(conn, "UPDATE phone_system SET version = version + 1 WHERE id = $1", system_id)
        await replace_secret(conn, sealer, system_id, secret, await database_now(conn))
    return secret
