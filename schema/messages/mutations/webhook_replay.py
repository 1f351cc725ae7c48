"""The mutation `webhookReplay`. Events of a period are sent again, with the same ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.messages.webhooks.replay import replay
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.period import PeriodInput
from schema.graphql.user_error import UserError
from schema.messages.endpoint_answers import ENDPOINT_ID


@dataclass(frozen=True, slots=True)
class _Answer:
    count: int = 0
    user_errors: Sequence[RefusalView] = ()


@strawberry.input(description="Input of `webhookReplay`.")
class WebhookReplayInput:
    """Input of `webhookReplay`."""

    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)
    period: PeriodInput = strawberry.field(description="When the events happened.")
    only_failed: bool = strawberry.field(
        default=True,
        description="Only events since the endpoint was created that did not reach it; otherwise all events "
        "of the period.",
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `webhookReplay`.")
class WebhookReplayPayload:
    """Source: `_Answer`."""

    count: int = strawberry.field(
        description="The number of events that are sent again; 0 if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WebhookReplay:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send the events of a period to a webhook endpoint again, at most 10,000, with the same "
        "webhook ids. For owners of its account; for operators, of the marketplace's endpoints.",
        graphql_type=WebhookReplayPayload | None,
    )
    async def webhook_replay(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WebhookReplayInput, strawberry.argument(description="The input.")
        ],
    ) -> _Answer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        try:
            number = await replay(
                viewer,
                read_id(input.endpoint_id, "WebhookEndpoint", "endpointId"),
                start=input.period.from_,
                end=input.period.to,
                only_failed=input.only_failed,
                idempotency_key=input.idempotency_key,
            )
        except REFUSED as error:
            return _Answer(user_errors=refused(error))
        return _Answer(number)
