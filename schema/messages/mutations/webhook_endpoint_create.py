"""The mutation `webhookEndpointCreate`. It creates an endpoint and returns its secret once."""

from typing import Annotated

import strawberry

from models.messages.webhooks.create_endpoint import create_endpoint
from models.messages.webhooks.events import WebhookEvent
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.scalars import Url
from schema.graphql.user_error import UserError
from schema.messages.endpoint_answers import ENDPOINT, SHOWN_ONCE, EndpointAnswer, changed
from schema.messages.endpoint_types import WebhookEndpoint

at_most("WebhookEndpointCreateInput.events", len(WebhookEvent))


@strawberry.input(description="Input of `webhookEndpointCreate`.")
class WebhookEndpointCreateInput:
    """Input of `webhookEndpointCreate`."""

    url: Url = strawberry.field(description="The address: https, port 443, a public host.")
    events: list[WebhookEvent] = strawberry.field(description="The events that are sent, at least one.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `webhookEndpointCreate`.")
class WebhookEndpointCreatePayload:
    """Source: `EndpointAnswer`."""

    endpoint: WebhookEndpoint | None = strawberry.field(description=ENDPOINT)
    secret: str | None = strawberry.field(description=SHOWN_ONCE)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookEndpointCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Create a webhook endpoint, which gets the events from then on: of owners those of their "
        "account, of operators those of all accounts. At most 10 per account, and 10 of the marketplace.",
        graphql_type=WebhookEndpointCreatePayload | None,
    )
    async def webhook_endpoint_create(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookEndpointCreateInput, strawberry.argument(description="The input.")
        ],
    ) -> EndpointAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            endpoint_id, secret = await create_endpoint(
                viewer,
                context.services.sending.sealer,
                context.services.outside,
                url=input.url,
                events=input.events,
                idempotency_key=input.idempotency_key,
            )
        except REFUSED as error:
            return EndpointAnswer(user_errors=refused(error))
        return await changed(context, endpoint_id, secret)
