"""The mutation `pointsPurchase`. It credits points; it does not process payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.accounts.list import AccountView, accounts_by_id
from models.accounts.purchase_points import purchase_points
from schema.accounts.types import Account
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `pointsPurchase`.")
class PointsPurchaseInput:
    """Input of `pointsPurchase`."""

    account_id: strawberry.ID = strawberry.field(description="The vendor's account.")
    points: int = strawberry.field(description="Number of points, 1 to 1,000,000.")
    idempotency_key: str = strawberry.field(description=KEY)


@dataclass(frozen=True, slots=True)
class PurchaseAnswer:
    """The account after the purchase, or the refusals."""

    account: AccountView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `pointsPurchase`.")
class PointsPurchasePayload:
    """Source: `PurchaseAnswer`."""

    account: Account | None = strawberry.field(
        description="The updated account; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class PointsPurchase:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Credit points that an account has paid for; for operators.",
        graphql_type=PointsPurchasePayload | None,
    )
    async def points_purchase(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            PointsPurchaseInput, strawberry.argument(description="The input.")
        ],
    ) -> PurchaseAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            account_id = read_id(input.account_id, "Account", "accountId")
            await purchase_points(
                viewer,
                context.wake,
                account_id=account_id,
                points=input.points,
                idempotency_key=input.idempotency_key,
            )
        except REFUSED as error:
            return PurchaseAnswer(user_errors=refused(error))
        found = await accounts_by_id(context.conn, viewer, [account_id])
        return PurchaseAnswer(found.get(account_id))
