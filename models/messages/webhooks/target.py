"""What a webhook's request is made of: its address, its secrets, and the event. Read anew at each attempt."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.public_id import public_id
from models.base.sealing import SealBroken, Sealer
from models.contact_data.redaction import Redacted
from models.feed.kinds import MessageSubject, MessageTemplate
from models.messages.channels.webhook_signature import EndpointSecrets
from models.messages.webhooks.events import BY_KIND, TEST_TYPE
from models.messages.webhooks.secrets import open_secrets

_TYPES = {
    MessageSubject.APPLICATION: "Application",
    MessageSubject.DELIVERY: "Delivery",
    MessageSubject.COMPLAINT: "Complaint",
    MessageSubject.CHAT_MESSAGE: "ChatMessage",
    MessageSubject.WEBHOOK_ENDPOINT: "WebhookEndpoint",
}
_TARGETS = """SELECT dispatch.id, endpoint.id AS endpoint_id, endpoint.url, endpoint.secret,
        endpoint.previous_secret, endpoint.rotates_until, message.template, message.subject,
        message.policy_id,
        event.kind, coalesce(event.at, message.created_at) AS at,
        coalesce(application.version, complaint.version,
                 CASE WHEN endpoint.id = message.subject THEN endpoint.version END, 1) AS version
    FROM dispatch JOIN webhook_endpoint AS endpoint ON endpoint.id = dispatch.endpoint_id
    JOIN outbox_message AS message ON message.id = dispatch.message_id
    LEFT JOIN feed_event AS event ON event.id = message.event_id
    LEFT JOIN application ON application.id = message.subject
    LEFT JOIN complaint ON complaint.id = message.subject
    WHERE dispatch.id = ANY($1::uuid[])"""


@dataclass(frozen=True, slots=True, repr=False)
class WebhookTarget(Redacted):
    """The request of one dispatch; without secrets if they cannot be opened."""

    endpoint_id: UUID
    policy_id: UUID
    url: str
    secrets: EndpointSecrets | None
    event_type: str
    at: datetime
    node_id: str
    version: int


async def read_webhooks(
    conn: Connection, sealer: Sealer, ids: Collection[UUID]
) -> Mapping[UUID, WebhookTarget]:
    """Return the targets of those of these dispatches that are webhooks, in one statement."""
    rows = await fetch(conn, _TARGETS, list(ids))
    return {row["id"]: _target(row, sealer) for row in rows}


def _target(row: Record, sealer: Sealer) -> WebhookTarget:
    about = MessageTemplate(row["template"]).about
    event = BY_KIND.get(row["kind"])
    secrets = None
    if row["secret"] is not None:  # the endpoint is not deleted
        with suppress(SealBroken):
            secrets = open_secrets(
                sealer, row["endpoint_id"], row["secret"], row["previous_secret"], row["rotates_until"]
            )
    return WebhookTarget(
        row["endpoint_id"],
        row["policy_id"],
        row["url"],
        secrets,
        TEST_TYPE if event is None else event.type,
        row["at"],
        public_id(_TYPES[about], row["subject"]),
        row["version"],
    )
