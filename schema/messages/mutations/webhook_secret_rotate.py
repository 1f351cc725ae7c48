"""The mutation `webhookSecretRotate`. The old secret signs too until the overlap ends."""

from typing import Annotated

import strawberry

from models.messages.webhooks.rotate_secret import rotate_secret
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.endpoint_answers import ENDPOINT, ENDPOINT_ID, SHOWN_ONCE, EndpointAnswer, changed
from schema.messages.endpoint_types import WebhookEndpoint


@strawberry.input(description="Input of `webhookSecretRotate`.")
class WebhookSecretRotateInput:
    """Input of `webhookSecretRotate`."""

    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)
    overlap_hours: int = strawberry.field(
        default=24, description="How long the old secret signs too, 0 to 168 hours."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `webhookSecretRotate`.")
class WebhookSecretRotatePayload:
    """Source: `EndpointAnswer`."""

    endpoint: WebhookEndpoint | None = strawberry.field(description=ENDPOINT)
    secret: str | None = strawberry.field(description=SHOWN_ONCE)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookSecretRotate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Give a webhook endpoint a new secret; the old one signs too until the overlap ends. "
        "For owners of its account; for operators, of the marketplace's endpoints.",
        graphql_type=WebhookSecretRotatePayload | None,
    )
    async def webhook_secret_rotate(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookSecretRotateInput, strawberry.argument(description="The input.")
        ],
    ) -> EndpointAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            endpoint_id = read_id(input.endpoint_id, "WebhookEndpoint", "endpointId")
            secret = await rotate_secret(
                viewer,
                context.services.sending.sealer,
                endpoint_id,
                overlap_hours=input.overlap_hours,
                idempotency_key=input.idempotency_key,
            )
        except REFUSED as error:
            return EndpointAnswer(user_errors=refused(error))
        return await changed(context, endpoint_id, secret)
