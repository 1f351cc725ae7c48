"""Rotates the secret of a webhook endpoint: for a while, each request is signed with both."""

from datetime import timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.idempotency import first_answer
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.refusals import MessageRefusal
from models.messages.webhooks.locked import account_of, lock_endpoint, scope_of
from models.messages.webhooks.secrets import seal_secret

LONGEST_OVERLAP = 168  # hours


async def rotate_secret(
    viewer: Viewer, sealer: Sealer, endpoint_id: UUID, *, overlap_hours: int, idempotency_key: str
) -> WebhookSecret | None:
    """Give an endpoint a new secret and return it, None for a repeat; the old one signs until the
    overlap ends.

    Raises `Refusal`: FORBIDDEN except for owners and operators, INVALID, NOT_FOUND, IDEMPOTENCY_CONFLICT.
    """
    account_id = account_of(viewer, "rotate secrets of webhooks")
    if not 0 <= overlap_hours <= LONGEST_OVERLAP:
        raise MessageRefusal.OVERLAP_OUT_OF_RANGE.at("overlapHours", most=LONGEST_OVERLAP)
    secret = WebhookSecret.new()
    async with transaction() as conn:
        await lock_endpoint(conn, account_id, endpoint_id)
        now = await database_now(conn)
        earlier = await first_answer(
            conn,
            scope=scope_of(viewer),
            operation="webhookSecretRotate",
            key=idempotency_key,
            given={"endpointId": str(endpoint_id), "overlapHours": overlap_hours},
            result=endpoint_id,
            now=now,
        )
        if earlier is not None:
            return None
        await fetch(
            conn,
            """UPDATE webhook_endpoint SET previous_secret = secret, secret = $2, rotates_until = $3,
                   version = version + 1
               WHERE id = $1""",
            endpoint_id,
            seal_secret(sealer, endpoint_id, secret),
            now + timedelta(hours=overlap_hours),
        )
    return secret
