"""GraphQL types of chats. Their sources are read for one viewer, with contact data masked for that viewer."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.chat.attempts import MaskedAttempts as Attempts
from models.chat.heads import Head
from models.chat.views import ChatMessageView
from models.contact_data.masking import MaskedKind
from rules import Decision as LiveDecision
from rules.chat.chat_view import ChatSide
from schema.chat.loaders import ChatLoaders
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.enums import describe
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.graphql.scalars import Cursor

if TYPE_CHECKING:
    from schema.applications.types import Application

ItsApplication = Annotated["Application", strawberry.lazy("schema.applications.types")]

describe(
    ChatSide,
    "A side of a chat.",
    {
        "VENDOR": "The vendor who applied.",
        "PROSPECT": "The prospect.",
        "OPERATOR": "An operator.",
        "SYSTEM": "The marketplace: a notification about the application to the viewer's side, such as the "
        "reveal. The other side does not see it.",
    },
)
describe(
    MaskedKind,
    "What was replaced in a text.",
    {
        "EMAIL": "An email address.",
        "PHONE": "A phone number.",
        "LINK": "A link.",
        "HANDLE": "A name in a messenger or social network.",
        "NAME": "The prospect's name, or that of the organisation.",
    },
)


@strawberry.type(description="A place in a text where a word replaces contact data.")
class MaskedSpan:
    """Source: `models.contact_data.masking.MaskedSpan`."""

    start: int = strawberry.field(description="Where it begins, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where it ends, exclusive.")
    kind: MaskedKind = strawberry.field(description="What it replaces.")


@strawberry.type(
    description="A message in the chat of an application, as the viewer may see it now: what somebody "
    "wrote, or a notification as a system message (`side` is SYSTEM)."
)
class ChatMessage(Node):
    """Source: `ChatMessageView`."""

    id: strawberry.ID = node_id("ChatMessage")

    @strawberry.field(
        description="The position in the feed; pass it to `chatMessages(after:)` to get what follows."
    )
    def cursor(root: strawberry.Parent[ChatMessageView]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.recipient, root.position)

    application: ItsApplication = strawberry.field(description="The application.")
    side: ChatSide = strawberry.field(description="Who wrote it.")

    @strawberry.field(
        description="The author's name: the vendor's company, or the prospect; the vendor is told the "
        "prospect's name only after the reveal. Of a system message, the marketplace, in the viewer's "
        "language."
    )
    def author(root: strawberry.Parent[ChatMessageView], info: Info) -> str:
        """Return the name; access by an operator is logged before the response is sent."""
        info.context.shows_contact(root.application.lead.id)
        return root.author

    at: datetime = strawberry.field(
        description="When it was sent; of a system message, when that happened. A deadline happens at its "
        "due time, which can be earlier than that of the message before."
    )

    @strawberry.field(
        description="The text as the viewer may see it now. Until the reveal, words such as `[phone]` "
        "replace contact data; see `decision`. Of a system message, the notification's title and, on the "
        "next line, its body, in the viewer's language."
    )
    def text(root: strawberry.Parent[ChatMessageView], info: Info) -> str:
        """Return the text; access by an operator is logged before the response is sent."""
        info.context.shows_contact(root.application.lead.id)
        return root.text

    masked: list[MaskedSpan] = strawberry.field(
        description="Where words replace contact data in `text`, in order."
    )
    shown_to_other: str | None = strawberry.field(
        description="Of your own message: what the other side reads now; null if it is the same."
    )
    decision: Decision = strawberry.field(
        description="Whether contact data in it is masked (SHOW or MASK), why, and when that changes: the "
        "reveal unmasks earlier messages too."
    )
    read_by_other_at: datetime | None = strawberry.field(
        description="Of your own message: when the other side read it. Null also if the policy keeps this "
        "private."
    )

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a message."""
        return isinstance(obj, ChatMessageView)


ChatMessageConnection = PageOf[ChatMessage]


@strawberry.type(description="How many messages of each side had something masked when they were sent.")
class MaskedAttempts:
    """Source: `models.chat.attempts.MaskedAttempts`."""

    vendor: int = strawberry.field(description="Messages of the vendor, at most 1,000.")
    prospect: int = strawberry.field(description="Messages of the prospect, at most 1,000.")


@strawberry.type(description="The chat of an application, between its vendor and the prospect.")
class Chat:
    """Source: `Head`."""

    @strawberry.field(
        description="Whether the viewer can read and write (OPEN), only read (READ_ONLY) or neither "
        "(CLOSED), and why.",
        graphql_type=Decision,
    )
    def access(root: strawberry.Parent[Head]) -> LiveDecision:
        """Return the decision."""
        return root.chat.access

    @strawberry.field(
        description="The number of messages from others that the viewer's side has not read, at most 1,000; "
        "system messages do not count."
    )
    def unread(root: strawberry.Parent[Head]) -> int:
        """Return the number."""
        return root.chat.unread

    @strawberry.field(description="The oldest of these messages.", graphql_type=ChatMessage | None)
    async def first_unread(root: strawberry.Parent[Head], info: Info) -> ChatMessageView | None:
        """Load it; one statement for all chats."""
        if root.chat.first_unread_id is None:
            return None
        return await info.context.load(ChatLoaders).first_unread.load(root)

    @strawberry.field(
        description="The number of messages of each side in which contact data was masked for the other side "
        "when they were sent; the introduction counts, too. For operators; null for others. Nothing follows "
        "from it.",
        graphql_type=MaskedAttempts | None,
    )
    async def masked_attempts(root: strawberry.Parent[Head], info: Info) -> Attempts | None:
        """Load it for operators; one statement for all chats."""
        if not info.context.viewer.operator:
            return None
        return await info.context.load(ChatLoaders).attempts.load(root)


@strawberry.type(description="What the other side of a chat would read.")
class ChatPreview:
    """Source: `ChatPreviewView`."""

    shown_to_other: str = strawberry.field(
        description="The text as the other side would read it now; for operators, as the vendor would."
    )
    masked: list[MaskedSpan] = strawberry.field(
        description="Where words replace contact data in it, in order."
    )
    decision: Decision = strawberry.field(
        description="Whether contact data in it would be masked, why, and until when."
    )
