"""The mutation `leadDeliver`."""

from typing import Annotated

import strawberry

from models.base.public_id import row_id_of
from models.deliveries.deliver import deliver_lead
from rules.visibility import DeliveryKind
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.deliveries.payload import DELIVERY, DeliveryAnswer, answer
from schema.deliveries.types import Delivery
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `leadDeliver`.")
class LeadDeliverInput:
    """Input of `leadDeliver`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    account_id: strawberry.ID = strawberry.field(description="The vendor's account.")
    kind: DeliveryKind = strawberry.field(description="LEAD_CLUB or RECORD.")
    points: int = strawberry.field(description="The price in points, 0 to 1,000,000.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `leadDeliver`.")
class LeadDeliverPayload:
    """Source: `DeliveryAnswer`."""

    delivery: Delivery | None = strawberry.field(description=DELIVERY)
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class LeadDeliver:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Deliver a lead to an account, which pays its price in points; for operators.",
        graphql_type=LeadDeliverPayload | None,
    )
    async def lead_deliver(
        self,
        info: Info,
        input: Annotated[LeadDeliverInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> DeliveryAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        return await answer(
            context,
            row_id_of(input.account_id, "Account"),
            lambda: deliver_lead(
                viewer,
                context.wake,
                lead_id=read_id(input.lead_id, "Lead", "leadId"),
                account_id=read_id(input.account_id, "Account", "accountId"),
                kind=input.kind,
                points=input.points,
                idempotency_key=input.idempotency_key,
            ),
        )
