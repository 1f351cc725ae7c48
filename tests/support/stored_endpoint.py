"""Webhook endpoints for tests that send nothing."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.secrets import seal_secret
from tests.support.messages import SEALER


async def make_stored_endpoint(
    account_id: UUID | None, events: Sequence[WebhookEvent] = (WebhookEvent.LEAD_DELIVERED,)
) -> UUID:
    """Store an endpoint of an account, or of the marketplace, that gets all events from the first one on,
    and return its id.
    """
    endpoint_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO webhook_endpoint (id, version, account_id, url, events, state, secret, watches,
                                         created_at)
           VALUES ($1, 1, $2, 'https://crm.vendor-crm.com/hook', $4::jsonb, 'ACTIVE', $3, 0,
                   leadgate_clock())""",
        endpoint_id,
        account_id,
        seal_secret(SEALER, endpoint_id, WebhookSecret.new()),
        orjson.dumps(events).decode(),
    )
    return endpoint_id
