"""Creates a webhook endpoint, whose address is checked before anything is stored."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from models.base.clock import database_now
from models.base.database import fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.refusals import MessageRefusal
from models.messages.webhooks.address import check_url
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.expand import start_at_the_end
from models.messages.webhooks.locked import account_of, scope_of
from models.messages.webhooks.secrets import seal_secret
from models.outside.transport import OutsideTransport

MOST_ENDPOINTS = 10  # of an account, and of the marketplace
# Two requests wait for each other, so that together they keep within the limit.
_ONE_AFTER_ANOTHER = "SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoint:' || $1::text, 0))"


async def create_endpoint(
    viewer: Viewer,
    sealer: Sealer,
    outside: OutsideTransport,
    *,
    url: str,
    events: Sequence[WebhookEvent],
    idempotency_key: str,
) -> tuple[UUID, WebhookSecret | None]:
    """Create an endpoint for the events from now on, an operator one of the marketplace; return its id and
    its secret, None for a repeat.

    Raises `Refusal`: FORBIDDEN except for owners and operators, REQUIRED without events, INVALID for an
    address that may not be requested or cannot be resolved, LIMIT_EXCEEDED, IDEMPOTENCY_CONFLICT.
    """
    account_id = account_of(viewer, "create webhook endpoints")
    wanted = sorted(set(events))
    if not wanted:
        raise MessageRefusal.EVENTS_MISSING.at("events")
    await check_url(outside, url)
    endpoint_id, secret = new_id(), WebhookSecret.new()
    async with transaction() as conn:
        now = await database_now(conn)
        await fetch(conn, _ONE_AFTER_ANOTHER, str(account_id))
        earlier = await first_answer(
            conn,
            scope=scope_of(viewer),
            operation="webhookEndpointCreate",
            key=idempotency_key,
            given={"url": url, "events": [str(event) for event in wanted]},
            result=endpoint_id,
            now=now,
        )
        if earlier is not None:
            return earlier, None
        row = await fetch_one(
            conn,
            """SELECT count(*) AS number FROM webhook_endpoint
               WHERE account_id IS NOT DISTINCT FROM $1 AND deleted_at IS NULL""",
            account_id,
        )
        if row is not None and row["number"] >= MOST_ENDPOINTS:
            raise MessageRefusal.TOO_MANY_ENDPOINTS.at(most=MOST_ENDPOINTS)
        await fetch(
            conn,
            """INSERT INTO webhook_endpoint (id, version, account_id, url, events, state, secret, watches,
                                             created_at)
               VALUES ($1, 1, $2, $3, $4::jsonb, 'ACTIVE', $5, 0, $6)""",
            endpoint_id,
            account_id,
            url,
            orjson.dumps(wanted).decode(),
            seal_secret(sealer, endpoint_id, secret),
            now,
        )
        await start_at_the_end(conn, endpoint_id, account_id)
    return endpoint_id, secret
