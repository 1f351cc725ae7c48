"""View objects of chats: plain attributes, decided once for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.contact_data.masking import MaskedSpan
from models.leads.views import ApplicationView
from rules import Decision
from rules.chat.chat_view import ChatSide


@dataclass(frozen=True, slots=True)
class ChatView:
    """The chat of an application as its viewer finds it; at most 1,000 unread messages are counted."""

    application: ApplicationView
    access: Decision
    unread: int
    first_unread_id: UUID | None


@dataclass(frozen=True, slots=True, repr=False)
class ChatMessageView:
    """A message as the viewer sees it now; the id of an introduction is that of its application, the id of a
    system message that of its event. `seq` of a system message is that of the message before it.

    `shown_to_other` and `read_by_other_at` are of the viewer's own messages: what the other side reads, None
    if it is the same. `recipient` and `position` are the place of its event in the feed that the viewer
    follows; position 0 if retention has removed the event.
    """

    id: UUID
    application: ApplicationView
    seq: int
    side: ChatSide
    author: str
    at: datetime
    text: str
    masked: Sequence[MaskedSpan]
    shown_to_other: str | None
    decision: Decision
    read_by_other_at: datetime | None
    recipient: UUID
    position: int


@dataclass(frozen=True, slots=True, repr=False)
class ChatPreviewView:
    """What the other side would read if the viewer sent a text now."""

    shown_to_other: str
    masked: Sequence[MaskedSpan]
    decision: Decision
