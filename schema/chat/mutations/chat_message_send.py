"""The mutation `chatMessageSend`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.chat.list import messages_by_id
from models.chat.send import send_message
from models.chat.views import ChatMessageView
from schema.chat.types import ChatMessage
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `chatMessageSend`.")
class ChatMessageSendInput:
    """Input of `chatMessageSend`."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    text: str = strawberry.field(description="The text of the message, at most 5,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@dataclass(frozen=True, slots=True)
class ChatMessageAnswer:
    """The message, or the refusals."""

    message: ChatMessageView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `chatMessageSend`.")
class ChatMessageSendPayload:
    """Source: `ChatMessageAnswer`."""

    message: ChatMessage | None = strawberry.field(description="The message; null if it was not sent.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ChatMessageSend:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send a message in the chat of an application; the other side gets it immediately. "
        "Contact data in it is masked until the reveal; `shownToOther` is what the other side reads.",
        graphql_type=ChatMessageSendPayload | None,
    )
    async def chat_message_send(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ChatMessageSendInput, strawberry.argument(description="The input.")
        ],
    ) -> ChatMessageAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            application_id = read_id(input.application_id, "Application", "applicationId")
            message_id = await send_message(
                viewer, context.wake, application_id, input.text, input.idempotency_key
            )
        except REFUSED as error:
            return ChatMessageAnswer(user_errors=refused(error))
        return ChatMessageAnswer((await messages_by_id(context.conn, viewer, [message_id])).get(message_id))
