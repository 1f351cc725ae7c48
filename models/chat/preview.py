"""What the other side of a chat would read if the viewer sent a text now; nothing is stored."""

from uuid import UUID

from models.applications.refusals import ApplicationRefusal
from models.base.database import Connection
from models.base.viewer import Viewer
from models.chat.heads import heads_by_id
from models.chat.message_text import message_text
from models.chat.search import search_new
from models.chat.views import ChatPreviewView


async def preview(conn: Connection, viewer: Viewer, application_id: UUID, text: str) -> ChatPreviewView:
    """Return how a text would reach the other side: of an operator's, what the vendor reads.

    Raises `Refusal`: NOT_FOUND for an application of others, REQUIRED and INVALID as sending does.
    """
    message = message_text(text)
    found = await search_new(conn, viewer, application_id, message)
    head = (await heads_by_id(conn, viewer, [application_id])).get(application_id)
    if head is None or found is None:
        raise ApplicationRefusal.APPLICATION_NOT_FOUND.at("applicationId")
    shown = head.other.see(message, found.spans, head.side)
    return ChatPreviewView(shown.text, shown.masked, shown.decision)
