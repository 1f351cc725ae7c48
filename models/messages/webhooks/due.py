"""Which webhooks are claimed: of each endpoint those that are due first, and only a few at the same time.

So an endpoint that hangs, with whatever number of events, occupies at most four lanes, and one lane once it
is known to fail.
"""

from collections.abc import Sequence
from datetime import datetime

from asyncpg import Record

from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate

MOST_OPEN = 4  # requests to one endpoint at the same time
MOST_SETTLED = 100  # of an endpoint that nothing is sent to: these are suppressed, and need no lane


def _limit(most_open: str) -> str:
    return f"""CASE WHEN endpoint.state = 'DISABLED' OR endpoint.deleted_at IS NOT NULL THEN {MOST_SETTLED}
            WHEN endpoint.failing_since IS NULL THEN {most_open}::int ELSE 1 END"""


# The endpoints are locked first, so that two workers do not count the same requests. The second statement
# then sees what the other worker has committed.
# Only endpoints that something waits for are looked at, one step in the index for each. Those that fail come
# last: whatever number of them hangs, they take the lanes that the others leave.
_ENDPOINTS = f"""WITH RECURSIVE waiting AS (
        (SELECT endpoint_id FROM dispatch WHERE state = 'WAITING' AND endpoint_id IS NOT NULL
         ORDER BY endpoint_id LIMIT 1)
        UNION ALL
        SELECT (SELECT dispatch.endpoint_id FROM dispatch
                WHERE dispatch.state = 'WAITING' AND dispatch.endpoint_id > waiting.endpoint_id
                ORDER BY dispatch.endpoint_id LIMIT 1)
        FROM waiting WHERE waiting.endpoint_id IS NOT NULL)
    SELECT endpoint.id FROM waiting JOIN webhook_endpoint AS endpoint ON endpoint.id = waiting.endpoint_id
    CROSS JOIN LATERAL (
        SELECT dispatch.due_at FROM dispatch
        WHERE dispatch.endpoint_id = endpoint.id AND dispatch.state = 'WAITING'
        ORDER BY dispatch.due_at LIMIT 1) AS first
    WHERE first.due_at <= $1
      AND (SELECT count(*) FROM dispatch AS open
           WHERE open.endpoint_id = endpoint.id AND open.state = 'SENDING')
          < {_limit("$3")}
    ORDER BY endpoint.failing_since IS NOT NULL, first.due_at, endpoint.id LIMIT $2
    FOR NO KEY UPDATE OF endpoint SKIP LOCKED"""
_DUE = f"""SELECT due.id, due.template, due.subject FROM webhook_endpoint AS endpoint CROSS JOIN LATERAL (
        SELECT dispatch.id, dispatch.due_at, message.template, message.subject
        FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
        WHERE dispatch.endpoint_id = endpoint.id AND dispatch.state = 'WAITING' AND dispatch.due_at <= $2
          AND message.template = ANY($5::text[])
        ORDER BY dispatch.due_at, dispatch.id
        LIMIT greatest(0, {_limit("$4")} - (
            SELECT count(*) FROM dispatch AS open
            WHERE open.endpoint_id = endpoint.id AND open.state = 'SENDING'))
        FOR NO KEY UPDATE OF dispatch SKIP LOCKED) AS due
    WHERE endpoint.id = ANY($1::uuid[])
    ORDER BY endpoint.failing_since IS NOT NULL, due.due_at, due.id LIMIT $3"""


async def due_webhooks(conn: Connection, now: datetime, wanted: int) -> Sequence[Record]:
    """Lock and return up to `wanted` webhooks that are due, within the limit of each endpoint.

    Each has the template and the subject of its message.
    """
    endpoints = await fetch(conn, _ENDPOINTS, now, wanted, MOST_OPEN)
    if not endpoints:
        return ()
    ids = [row["id"] for row in endpoints]
    return await fetch(conn, _DUE, ids, now, wanted, MOST_OPEN, list(MessageTemplate))
