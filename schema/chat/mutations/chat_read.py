"""The mutation `chatRead`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.chat.heads import Head, heads_by_id
from models.chat.mark_read import mark_read
from schema.chat.types import Chat
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `chatRead`.")
class ChatReadInput:
    """Input of `chatRead`."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    through: strawberry.ID = strawberry.field(
        description="The last message that was read; one before the current mark changes nothing. With a "
        "system message, the chat is read up to the message before it that somebody wrote."
    )


@dataclass(frozen=True, slots=True)
class ChatReadAnswer:
    """The chat, or the refusals."""

    chat: Head | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `chatRead`.")
class ChatReadPayload:
    """Source: `ChatReadAnswer`."""

    chat: Chat | None = strawberry.field(description="The chat; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ChatRead:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record that the viewer's side has read a chat up to a message. A prospect who reads the "
        "chat has opened the application.",
        graphql_type=ChatReadPayload | None,
    )
    async def chat_read(
        self,
        info: Info,
        input: Annotated[ChatReadInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> ChatReadAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            application_id = read_id(input.application_id, "Application", "applicationId")
            await mark_read(
                viewer, context.wake, application_id, read_id(input.through, "ChatMessage", "through")
            )
        except REFUSED as error:
            return ChatReadAnswer(user_errors=refused(error))
        heads = await heads_by_id(context.conn, viewer, [application_id])
        return ChatReadAnswer(heads.get(application_id))
