"""Sends the events of a period to a webhook endpoint again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.messages.refusals import MessageRefusal
from models.messages.webhooks.events import stored_events
from models.messages.webhooks.expand import insert_webhooks
from models.messages.webhooks.locked import account_of, lock_endpoint, scope_of
from models.messages.webhooks.tables import WebhookState

MOST_EVENTS = 10_000

# What was given up, or never made because the endpoint was disabled then; on request all others, too, even
# those from before the endpoint was created. What still waits, or was cancelled, is left as it is.
_EVENTS = """SELECT $1::uuid AS endpoint_id, event.id, event.kind, event.application_id, event.delivery_id,
        event.parameters ->> 'complaintId' AS complaint_id,
        event.parameters ->> 'messageId' AS chat_message_id, dispatch.id AS dispatch_id
    FROM feed_event AS event JOIN account ON account.id = event.recipient
    LEFT JOIN outbox_message AS message ON message.idempotency_key = 'webhook:' || event.id
    LEFT JOIN dispatch ON dispatch.message_id = message.id AND dispatch.endpoint_id = $1
    WHERE ($2::uuid IS NULL OR event.recipient = $2) AND event.at >= $3 AND event.at < $4
      AND event.kind = ANY($5::text[])
      AND (dispatch.state IN ('DEAD', 'SUPPRESSED')
           OR (dispatch.id IS NULL AND (NOT $6::boolean OR event.at >= $7))
           OR (dispatch.state = 'SENT' AND NOT $6))
    ORDER BY event.at, event.id LIMIT $8"""
# One that was given up for its age has its time again.
_AGAIN = """WITH again AS (
        SELECT id FROM dispatch WHERE id = ANY($1::uuid[]) AND state IN ('DEAD', 'SUPPRESSED', 'SENT')
        ORDER BY id FOR NO KEY UPDATE)
    UPDATE dispatch SET state = 'WAITING', due_at = $2, first_attempt_at = NULL, sent_at = NULL,
        version = version + 1
    FROM again WHERE dispatch.id = again.id RETURNING dispatch.id"""


async def replay(
    viewer: Viewer,
    endpoint_id: UUID,
    *,
    start: datetime,
    end: datetime,
    only_failed: bool,
    idempotency_key: str,
) -> int:
    """Send the events from `start` to `end` (exclusive) again, with the same webhook ids as before; return
    their number, for a repeated request the first one's.

    With `only_failed`, those are sent that did not reach the endpoint since it was created.

    Raises `Refusal`: FORBIDDEN except for owners and operators, INVALID for a period that ends before it
    begins, NOT_FOUND, CONFLICT for a disabled endpoint,
    LIMIT_EXCEEDED for more than 10,000 events, IDEMPOTENCY_CONFLICT.
    """
    account_id, replay_id = account_of(viewer, "replay events of webhooks"), new_id()
    if end < start:
        raise MessageRefusal.PERIOD_BACKWARDS.at("period")
    async with transaction() as conn:
        endpoint = await lock_endpoint(conn, account_id, endpoint_id)
        now = await database_now(conn)
        earlier = await first_answer(
            conn,
            scope=scope_of(viewer),
            operation="webhookReplay",
            key=idempotency_key,
            given={
                "endpointId": str(endpoint_id),
                "from": start.isoformat(),
                "until": end.isoformat(),
                "onlyFailed": only_failed,
            },
            result=replay_id,
            now=now,
        )
        if earlier is not None:
            return await _number(conn, earlier)
        if endpoint["state"] == WebhookState.DISABLED:
            raise MessageRefusal.ENDPOINT_DISABLED.at("endpointId")
        events = await fetch(
            conn,
            _EVENTS,
            endpoint_id,
            account_id,
            start,
            end,
            [event.kind for event in stored_events(endpoint["events"])],
            only_failed,
            endpoint["created_at"],
            MOST_EVENTS + 1,
        )
        if len(events) > MOST_EVENTS:
            raise MessageRefusal.TOO_MANY_EVENTS.at("period", most=MOST_EVENTS)
        number = await _send_again(conn, endpoint, events, now)
        await fetch(
            conn,
            """INSERT INTO webhook_replay (id, endpoint_id, user_id, events, created_at)
               VALUES ($1, $2, $3, $4, $5)""",
            replay_id,
            endpoint_id,
            viewer.user_id,
            number,
            now,
        )
    return number


async def _send_again(conn: Connection, endpoint: Record, events: Sequence[Record], now: datetime) -> int:
    made = [row["dispatch_id"] for row in events if row["dispatch_id"] is not None]
    again = await fetch(conn, _AGAIN, made, now) if made else []
    missing = [row for row in events if row["dispatch_id"] is None]
    wanted = {endpoint["id"]: stored_events(endpoint["events"])}
    return len(again) + await insert_webhooks(conn, wanted, missing)


async def _number(conn: Connection, replay_id: UUID) -> int:
    row = await fetch_one(conn, "SELECT events FROM webhook_replay WHERE id = $1", replay_id)
    return 0 if row is None else int(row["events"])
