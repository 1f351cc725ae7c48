"""Writes in chats for the tests, without waking anybody."""

from uuid import UUID

from models.base.ids import new_id
from models.base.viewer import Viewer
from models.chat.send import send_message
from models.process.wake import Silence


async def send(viewer: Viewer, application_id: UUID, text: str = "Hello?", key: str | None = None) -> UUID:
    """Send a message and return its id; without a key, it repeats no other request."""
    return await send_message(viewer, Silence(), application_id, text, key or new_id().hex)
