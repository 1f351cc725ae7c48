"""The mutation `webhookEndpointDelete`. What waits for the endpoint is cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.messages.webhooks.delete_endpoint import delete_endpoint
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id, write_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.endpoint_answers import ENDPOINT_ID


@dataclass(frozen=True, slots=True)
class _Answer:
    endpoint_id: str | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.input(description="Input of `webhookEndpointDelete`.")
class WebhookEndpointDeleteInput:
    """Input of `webhookEndpointDelete`."""

    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)


@strawberry.type(description="The payload of `webhookEndpointDelete`.")
class WebhookEndpointDeletePayload:
    """Source: `_Answer`."""

    endpoint_id: strawberry.ID | None = strawberry.field(
        description="The id of the deleted endpoint; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookEndpointDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Delete a webhook endpoint and its secrets. Events that wait for it are cancelled. For "
        "owners of its account; operators delete those of the marketplace.",
        graphql_type=WebhookEndpointDeletePayload | None,
    )
    async def webhook_endpoint_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookEndpointDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> _Answer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        try:
            endpoint_id = read_id(input.endpoint_id, "WebhookEndpoint", "endpointId")
            await delete_endpoint(viewer, endpoint_id)
        except REFUSED as error:
            return _Answer(user_errors=refused(error))
        return _Answer(write_id("WebhookEndpoint", endpoint_id))
