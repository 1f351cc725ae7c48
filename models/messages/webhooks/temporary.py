"""An endpoint on this machine that exists only while somebody listens: of `leadgate webhook listen`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.role import Role
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.webhooks.create_endpoint import create_endpoint
from models.messages.webhooks.delete_endpoint import delete_endpoint
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.send_test import send_test
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport


@dataclass(frozen=True, slots=True)
class TemporaryEndpoint:
    """The endpoint, with its secret."""

    owner: Viewer
    id: UUID
    secret: WebhookSecret

    async def send_test(self) -> None:
        """Write a test event for it."""
        await send_test(self.owner, self.id, idempotency_key=str(new_id()))


@asynccontextmanager
async def temporary_endpoint(owner: Viewer, sealer: Sealer, port: int) -> AsyncIterator[TemporaryEndpoint]:
    """Create an endpoint for all events of an owner's account, and delete it at the end.

    One that was left by an earlier run is deleted first. Raises `Refusal` as `create_endpoint` does.
    """
    url = f"http://127.0.0.1:{port}/"
    for row in await fetch(
        connection(),
        "SELECT id FROM webhook_endpoint WHERE account_id = $1 AND url = $2 AND deleted_at IS NULL",
        owner.account_id,
        url,
    ):
        await delete_endpoint(owner, row["id"])
    endpoint_id, secret = await create_endpoint(
        owner,
        sealer,
        OutsideTransport(Guard(None, private=[("127.0.0.1", port)])),
        url=url,
        events=tuple(WebhookEvent),
        idempotency_key=str(new_id()),
    )
    if secret is None:
        raise RuntimeError("a new key has no earlier answer")
    try:
        yield TemporaryEndpoint(owner, endpoint_id, secret)
    finally:
        await delete_endpoint(owner, endpoint_id)


async def owner_with_email(email: str) -> Viewer | None:
    """Return the owner of an account who signs in with this address."""
    row = await fetch_one(
        connection(),
        """SELECT id, account_id, home_market_id FROM users
           WHERE email = $1 AND account_role = 'OWNER' AND disabled_at IS NULL""",
        email,
    )
    if row is None:
        return None
    return Viewer(
        user_id=row["id"],
        account_id=row["account_id"],
        roles=frozenset({Role.OWNER}),
        home_market_id=row["home_market_id"],
    )
