"""Shared parts of the payloads of webhook endpoints: the endpoint after an action, or why it failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.webhooks.list import EndpointView, endpoints_by_id
from schema.graphql.context import Context
from schema.graphql.errors import RefusalView

ENDPOINT = "The endpoint; null if the mutation failed."
ENDPOINT_ID = "The endpoint."
SHOWN_ONCE = (
    "The secret that signs requests, `whsec_` and Base64. It is shown only this once: null for a repeated "
    "request, and if the mutation failed."
)


@dataclass(frozen=True, slots=True)
class EndpointAnswer:
    """The endpoint after a mutation, with a new secret, or the refusals."""

    endpoint: EndpointView | None = None
    secret: str | None = field(default=None, repr=False)
    user_errors: Sequence[RefusalView] = ()


async def changed(context: Context, endpoint_id: UUID, secret: WebhookSecret | None = None) -> EndpointAnswer:
    """Read an endpoint as the viewer sees it now."""
    if secret is not None:
        context.carries_secret()
    found = await endpoints_by_id(context.conn, context.viewer, [endpoint_id])
    return EndpointAnswer(found.get(endpoint_id), None if secret is None else secret.reveal())
