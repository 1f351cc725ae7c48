"""The mutation `leadPurchase`."""

from typing import Annotated

import strawberry

from models.deliveries.deliver import purchase_lead
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.deliveries.payload import DELIVERY, DeliveryAnswer, answer
from schema.deliveries.types import Delivery
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `leadPurchase`.")
class LeadPurchaseInput:
    """Input of `leadPurchase`."""

    lead_id: strawberry.ID = strawberry.field(description="A lead with an `offer`.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `leadPurchase`.")
class LeadPurchasePayload:
    """Source: `DeliveryAnswer`."""

    delivery: Delivery | None = strawberry.field(description=DELIVERY)
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class LeadPurchase:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Buy an offered lead with the account's points; for vendors.",
        graphql_type=LeadPurchasePayload | None,
    )
    async def lead_purchase(
        self,
        info: Info,
        input: Annotated[LeadPurchaseInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> DeliveryAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        return await answer(
            context,
            viewer.vendor_id,
            lambda: purchase_lead(
                viewer,
                context.wake,
                lead_id=read_id(input.lead_id, "Lead", "leadId"),
                idempotency_key=input.idempotency_key,
            ),
        )
