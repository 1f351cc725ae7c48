"""The mutation `webhookEndpointUpdate`. It changes an endpoint, disables it or enables it."""

from typing import Annotated

import strawberry

from models.messages.webhooks.change_endpoint import change_endpoint
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.tables import WebhookState
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.scalars import Url
from schema.graphql.user_error import UserError
from schema.messages.endpoint_answers import ENDPOINT, ENDPOINT_ID, EndpointAnswer, changed
from schema.messages.endpoint_types import WebhookEndpoint

at_most("WebhookEndpointUpdateInput.events", len(WebhookEvent))


@strawberry.input(description="Input of `webhookEndpointUpdate`.")
class WebhookEndpointUpdateInput:
    """Input of `webhookEndpointUpdate`."""

    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)
    url: Url | None = strawberry.field(
        default=None, description="The address, as in `webhookEndpointCreate`; unchanged if omitted."
    )
    events: list[WebhookEvent] | None = strawberry.field(
        default=None, description="The events that are sent; unchanged if omitted."
    )
    state: WebhookState | None = strawberry.field(
        default=None, description="Whether events are sent; unchanged if omitted."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `webhookEndpointUpdate`.")
class WebhookEndpointUpdatePayload:
    """Source: `EndpointAnswer`."""

    endpoint: WebhookEndpoint | None = strawberry.field(description=ENDPOINT)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookEndpointUpdate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Change the address or the events of a webhook endpoint, disable it or enable it. One "
        "that is enabled gets the events from then on; `webhookReplay` sends those before. For owners of its "
        "account; operators change those of the marketplace.",
        graphql_type=WebhookEndpointUpdatePayload | None,
    )
    async def webhook_endpoint_update(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookEndpointUpdateInput, strawberry.argument(description="The input.")
        ],
    ) -> EndpointAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            endpoint_id = read_id(input.endpoint_id, "WebhookEndpoint", "endpointId")
            await change_endpoint(
                viewer,
                context.services.outside,
                endpoint_id,
                url=input.url,
                events=input.events,
                state=input.state,
                expected_version=input.expected_version,
            )
        except REFUSED as error:
            return EndpointAnswer(user_errors=refused(error))
        return await changed(context, endpoint_id)
