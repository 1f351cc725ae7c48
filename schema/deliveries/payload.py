"""Shared parts of delivery payloads: the delivery, or user errors if the mutation failed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.deliveries.list import deliveries_by_id
from models.leads.views import DeliveryView
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

DELIVERY = "The delivery; null if the mutation failed."


@dataclass(frozen=True, slots=True)
class DeliveryAnswer:
    """The delivery after a mutation, or the refusals."""

    delivery: DeliveryView | None = None
    account_id: UUID | None = None
    user_errors: Sequence[RefusalView] = ()


async def answer(
    context: Context, account_id: UUID | None, action: Callable[[], Awaitable[UUID]]
) -> DeliveryAnswer:
    """Await an action that returns the id of a delivery to an account, and read it as the viewer sees it
    now.
    """
    try:
        delivery_id = await action()
    except REFUSED as error:
        return DeliveryAnswer(user_errors=refused(error))
    found = await deliveries_by_id(context.conn, context.viewer, [delivery_id])
    return DeliveryAnswer(found.get(delivery_id), account_id)
