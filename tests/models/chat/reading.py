"""Reads chats for the tests as the API does: through the viewer's view of the application."""

from uuid import UUID

from models.base.database import connection
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.chat.heads import Head, heads_by_id
from models.chat.list import list_messages
from models.chat.views import ChatMessageView
from rules.chat.chat_view import ChatSide


async def head_of(viewer: Viewer, application_id: UUID) -> Head:
    """Return the chat of an application as the viewer finds it now."""
    return (await heads_by_id(connection(), viewer, [application_id]))[application_id]


async def thread(viewer: Viewer, application_id: UUID) -> list[ChatMessageView]:
    """Return the chat's first 100 messages as the viewer sees them now."""
    page = await list_messages(connection(), await head_of(viewer, application_id), Slice(100))
    return page.items


async def messages(viewer: Viewer, application_id: UUID) -> list[ChatMessageView]:
    """Return those of them that people wrote."""
    return [one for one in await thread(viewer, application_id) if one.side is not ChatSide.SYSTEM]


async def texts(viewer: Viewer, application_id: UUID) -> list[str]:
    """Return the texts after the introduction as the viewer sees them now."""
    return [one.text for one in (await messages(viewer, application_id))[1:]]
