"""Changes a webhook endpoint: its address, its events, and whether it is active."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.viewer import Viewer
from models.messages.refusals import MessageRefusal
from models.messages.webhooks.address import check_url
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.expand import start_at_the_end
from models.messages.webhooks.locked import account_of, lock_endpoint
from models.messages.webhooks.tables import WebhookState
from models.outside.transport import OutsideTransport

# Another address, or a person who enables it, is a fresh start: what failed before counts no longer.
_CHANGE = """UPDATE webhook_endpoint SET version = version + 1,
        url = coalesce($2, url), events = coalesce($3::jsonb, events), state = $4::text,
        disabled_decision_id = CASE WHEN $4 = 'DISABLED' THEN disabled_decision_id END,
        failing_since = CASE WHEN NOT $5 THEN failing_since END,
        recovered_at = CASE WHEN $5 AND watched_since IS NOT NULL THEN coalesce(recovered_at, $6)
                            ELSE recovered_at END
    WHERE id = $1"""


async def change_endpoint(
    viewer: Viewer,
    outside: OutsideTransport,
    endpoint_id: UUID,
    *,
    url: str | None = None,
    events: Sequence[WebhookEvent] | None = None,
    state: WebhookState | None = None,
    expected_version: int | None = None,
) -> None:
    """Change what is given. An endpoint that is enabled gets the events from then on.

    Raises `Refusal`: FORBIDDEN except for owners and operators, NOT_FOUND, INVALID for an address as in
    `create_endpoint`, REQUIRED for no events, STALE_VERSION.
    """
    account_id = account_of(viewer, "change webhook endpoints")
    if events is not None and not events:
        raise MessageRefusal.EVENTS_MISSING.at("events")
    if url is not None:
        await check_url(outside, url)
    async with transaction() as conn:
        found = await lock_endpoint(conn, account_id, endpoint_id)
        if expected_version is not None and expected_version != found["version"]:
            raise MessageRefusal.ENDPOINT_CHANGED.at(
                "expectedVersion", version=found["version"], expected=expected_version
            )
        after = found["state"] if state is None else state
        enabled = after == WebhookState.ACTIVE and found["state"] == WebhookState.DISABLED
        await fetch(
            conn,
            _CHANGE,
            endpoint_id,
            url,
            None if events is None else orjson.dumps(sorted(set(events))).decode(),
            after,
            enabled or (url is not None and url != found["url"]),
            await database_now(conn),
        )
        if enabled:
            await start_at_the_end(conn, endpoint_id, account_id)
