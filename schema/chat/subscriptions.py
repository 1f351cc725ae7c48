"""The subscription `chatMessages`: replays the messages and read marks of one chat, then follows it.

They are events of the feeds of both sides, as are the notifications that are its system messages; an operator
follows the vendor's. Each message is read again when it is delivered, so that a subscriber sees no more than
the list shows.
"""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from models.applications.refusals import ApplicationRefusal
from models.base.public_id import row_id_of
from models.chat.heads import Head, heads_by_id
from models.chat.list import message_of
from models.chat.refusals import ChatRefusal
from models.chat.views import ChatMessageView
from models.feed.events import FeedEventView
from models.feed.kinds import SYSTEM_MESSAGES, NotificationKind
from rules.chat.chat_view import ChatSide
from schema.chat.types import ChatMessage
from schema.feed.cursor import read_feed_cursor, write_feed_cursor
from schema.feed.subscriptions.reveals import missed
from schema.feed.types import FeedGap, Missed
from schema.graphql.context import Context, Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.following.feed_reader import FeedItem, Gap
from schema.graphql.following.rights import following, next_item
from schema.graphql.ids import write_id
from schema.graphql.scalars import Cursor

_KINDS = SYSTEM_MESSAGES | {NotificationKind.CHAT_MESSAGE, NotificationKind.CHAT_READ}


@dataclass(frozen=True, slots=True)
class ReadMark:
    """The event of a read mark."""

    event: FeedEventView


@strawberry.type(description="The other side has read a chat, up to a message.")
class ChatReadMark:
    """Source: `ReadMark`."""

    @strawberry.field(description="The position in the feed; pass it to `chatMessages(after:)`.")
    def cursor(root: strawberry.Parent[ReadMark]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.event.recipient, root.event.seq)

    @strawberry.field(description="The side that has read it.")
    def side(root: strawberry.Parent[ReadMark]) -> ChatSide:
        """Return the side."""
        return ChatSide(str(root.event.parameters["side"]))

    @strawberry.field(description="The last message that was read.")
    def through(root: strawberry.Parent[ReadMark]) -> strawberry.ID:
        """Return the id of the message."""
        return strawberry.ID(write_id("ChatMessage", UUID(str(root.event.parameters["messageId"]))))

    @strawberry.field(description="When it was read.")
    def at(root: strawberry.Parent[ReadMark]) -> datetime:
        """Return the time."""
        return root.event.at

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an event is a read mark."""
        return isinstance(obj, ReadMark)


ChatMessageUpdate: TypeAlias = Annotated[
    ChatMessage | ChatReadMark | FeedGap,
    strawberry.union(
        "ChatMessageUpdate",
        description="A message, a read mark, or a gap if events can no longer be replayed.",
    ),
]


async def _chat(context: Context, application_id: UUID) -> Head | None:
    heads = await heads_by_id(context.conn, context.viewer, [application_id])
    return heads.get(application_id)


async def _chat_to_follow(context: Context, global_id: str) -> Head:
    """Return the chat. Raises UNAUTHENTICATED if nobody is signed in, NOT_FOUND for an application of others,
    REFUSED_BY_RULE if the chat is closed to the viewer.
    """
    context.signed_in()
    application_id = row_id_of(global_id, "Application")
    head = None if application_id is None else await _chat(context, application_id)
    if head is None:
        raise ClientError.of(ApplicationRefusal.APPLICATION_NOT_FOUND.at("applicationId"))
    if head.closed:
        raise ClientError.of(ChatRefusal.CHAT_CLOSED.at("applicationId", decision=head.chat.access))
    return head


def _feed_of(head: Head) -> Callable[[Context], UUID]:
    """Return the function that says which feed a viewer follows: the own one, or an operator the vendor's."""

    def feed(context: Context) -> UUID:
        viewer = context.signed_in()
        if viewer.operator or head.followed in {viewer.vendor_id, viewer.prospect_id}:
            return head.followed
        raise forbidden("Your role has changed. You can no longer read this chat.")

    return feed


@strawberry.type
class ChatSubscription:
    """Fields of the root subscription type."""

    @strawberry.subscription(
        description="The messages of a chat, including the viewer's own and system messages, and how far the "
        "other side has read; for operators, how far the prospect has. Delivers all events after the cursor, "
        "then new events as they occur, without gaps or duplicates. Without a cursor, it starts now. A "
        "message is not sent again when it is unmasked: query the messages again at "
        "`decision.changesAt`, and when the contact data is revealed before then.",
        graphql_type=ChatMessageUpdate,
    )
    async def chat_messages(
        self,
        info: Info,
        application_id: Annotated[strawberry.ID, strawberry.argument(description="The application.")],
        after: Annotated[
            Cursor | None,
            strawberry.argument(
                description="The cursor of a message or mark of this chat, or, except for operators, "
                "`viewer.feedCursor`."
            ),
        ] = None,
    ) -> AsyncGenerator[ChatMessageView | ReadMark | Missed, None]:
        """Follow the chat."""
        context = info.context
        head = await _chat_to_follow(context, application_id)
        chat_id = head.chat.application.id
        position = read_feed_cursor(after, head.followed)
        async with following(context, head.followed, position, _KINDS, chat_id) as feed:
            while True:
                shown = await _show(context, chat_id, await next_item(context, feed, _feed_of(head)))
                if shown is not None:
                    yield shown


async def _show(
    context: Context, chat_id: UUID, item: FeedItem
) -> ChatMessageView | ReadMark | Missed | None:
    """Return what an event tells the viewer; nothing of a chat that has been closed to them."""
    if isinstance(item, Gap):
        return missed(item.recipient, item)
    if item.kind is NotificationKind.CHAT_READ:
        head = await _chat(context, chat_id)
        return None if head is None or head.closed else ReadMark(item)
    system = item.kind in SYSTEM_MESSAGES
    message_id = item.id if system else UUID(str(item.parameters["messageId"]))
    return await message_of(context.conn, context.viewer, chat_id, message_id, system=system)
