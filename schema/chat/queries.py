"""The query `chatPreview`: what the other side would read, before a message is sent."""

from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.chat.preview import preview
from models.chat.views import ChatPreviewView
from schema.chat.types import ChatPreview
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.ids import read_id


@strawberry.type
class ChatQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="What the other side would read if you sent this text in the chat of an application now. "
        "Nothing is stored.",
        graphql_type=ChatPreview | None,
    )
    async def chat_preview(
        self,
        info: Info,
        application_id: Annotated[strawberry.ID, strawberry.argument(description="The application.")],
        text: Annotated[
            str, strawberry.argument(description="The text of the message, at most 5,000 characters.")
        ],
    ) -> ChatPreviewView:
        """Preview a message."""
        context = info.context
        viewer = context.signed_in()
        try:
            return await preview(
                context.conn, viewer, read_id(application_id, "Application", "applicationId"), text
            )
        except Refusal as error:
            raise ClientError.of(error) from error
