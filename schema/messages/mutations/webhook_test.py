"""The mutation `webhookTest`. A test event is sent like any other."""

from typing import Annotated

import strawberry

from models.messages.list import dispatches_by_id
from models.messages.webhooks.send_test import send_test
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.answers import DISPATCH, DispatchAnswer
from schema.messages.endpoint_answers import ENDPOINT_ID
from schema.messages.types import Dispatch


@strawberry.input(description="Input of `webhookTest`.")
class WebhookTestInput:
    """Input of `webhookTest`."""

    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `webhookTest`.")
class WebhookTestPayload:
    """Source: `DispatchAnswer`."""

    dispatch: Dispatch | None = strawberry.field(description=DISPATCH)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookTest:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send the event `webhook.test` to a webhook endpoint. For owners of its account; for "
        "operators, to the marketplace's endpoints.",
        graphql_type=WebhookTestPayload | None,
    )
    async def webhook_test(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookTestInput, strawberry.argument(description="The input.")
        ],
    ) -> DispatchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            endpoint_id = read_id(input.endpoint_id, "WebhookEndpoint", "endpointId")
            dispatch_id = await send_test(viewer, endpoint_id, idempotency_key=input.idempotency_key)
        except REFUSED as error:
            return DispatchAnswer(user_errors=refused(error))
        found = await dispatches_by_id(context.conn, viewer, [dispatch_id])
        return DispatchAnswer(list(found.values()))
