"""Writes a test event for one webhook endpoint; it is sent and repeated like any other."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.feed.kinds import MessageTemplate
from models.messages.refusals import MessageRefusal
from models.messages.webhooks.locked import account_of, lock_endpoint, scope_of
from models.messages.webhooks.tables import WebhookState


async def send_test(viewer: Viewer, endpoint_id: UUID, *, idempotency_key: str) -> UUID:
    """Write a test event, and return its dispatch; for a repeat, the first one's.

    Raises `Refusal`: FORBIDDEN except for owners and operators, NOT_FOUND, CONFLICT for a disabled endpoint,
    IDEMPOTENCY_CONFLICT.
    """
    account_id = account_of(viewer, "test webhook endpoints")
    message_id, dispatch_id = new_id(), new_id()
    async with transaction() as conn:
        endpoint = await lock_endpoint(conn, account_id, endpoint_id)
        now = await database_now(conn)
        earlier = await first_answer(
            conn,
            scope=scope_of(viewer),
            operation="webhookTest",
            key=idempotency_key,
            given={"endpointId": str(endpoint_id)},
            result=dispatch_id,
            now=now,
        )
        if earlier is not None:
            return earlier
        if endpoint["state"] == WebhookState.DISABLED:
            raise MessageRefusal.ENDPOINT_DISABLED.at("endpointId")
        template = MessageTemplate.WEBHOOK_TEST
        policy = await fetch_one(
            conn,
            """SELECT id FROM policy WHERE effective_from <= $1
               ORDER BY market_id = $2::uuid DESC NULLS LAST, effective_from DESC LIMIT 1""",
            now,
            viewer.home_market_id,
        )
        if policy is None:
            raise LookupError("no policy is in force")
        await fetch(
            conn,
            """INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
                                           idempotency_key, created_at, not_before, expanded_at, parameters)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, '{}'::jsonb)""",
            message_id,
            template,
            template.necessity,
            template.group,
            scope_of(viewer),
            endpoint_id,
            policy["id"],
            f"webhook_test:{message_id}",
            now,
        )
        await fetch(
            conn,
            """INSERT INTO dispatch (id, message_id, channel, endpoint_id, due_at, state, version, attempts)
               VALUES ($1, $2, 'WEBHOOK', $3, $4, 'WAITING', 1, 0)""",
            dispatch_id,
            message_id,
            endpoint_id,
            now,
        )
    return dispatch_id
