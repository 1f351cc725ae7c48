"""The mutation `complaintMessageSend`. `models.complaints.send_message` notifies the other side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.complaints.message_list import ComplaintMessageView, messages_by_id
from models.complaints.send_message import send_message
from schema.complaints.types import ComplaintMessage
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `complaintMessageSend`.")
class ComplaintMessageSendInput:
    """Input of `complaintMessageSend`."""

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    text: str = strawberry.field(description="The message, at most 5,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """The message, or the refusals."""

    message: ComplaintMessageView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `complaintMessageSend`.")
class ComplaintMessageSendPayload:
    """Source: `MessageAnswer`."""

    message: ComplaintMessage | None = strawberry.field(description="The message; null if it was not sent.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ComplaintMessageSend:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send a message to the other side about a complaint; for its vendor and for operators.",
        graphql_type=ComplaintMessageSendPayload | None,
    )
    async def complaint_message_send(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ComplaintMessageSendInput, strawberry.argument(description="The input.")
        ],
    ) -> MessageAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            complaint_id = read_id(input.complaint_id, "Complaint", "complaintId")
            message_id = await send_message(
                viewer, context.wake, complaint_id, input.text, input.idempotency_key
            )
        except REFUSED as error:
            return MessageAnswer(user_errors=refused(error))
        return MessageAnswer((await messages_by_id(context.conn, viewer, [message_id])).get(message_id))
