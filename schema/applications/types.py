"""GraphQL types of applications and their deadlines.

A vendor never sees another vendor's application: the source object is read for one viewer.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.applications.calendar_view import CalendarEventView
from models.applications.list import DeadlineView
from models.chat.heads import Head
from models.chat.lines import OLDEST_LINE
from models.chat.list import list_messages
from models.chat.views import ChatMessageView
from models.leads.facts import ApplicationStatus
from models.leads.views import ApplicationView, VendorView
from schema.applications.calendar_event import CalendarEvent
from schema.applications.loaders import ApplicationLoaders
from schema.chat.loaders import ChatLoaders
from schema.chat.types import Chat, ChatMessageConnection
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.enums import DEADLINE_KIND
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Before,
    Connection,
    CountedPageOf,
    First,
    Last,
    digest,
    nested_part,
    not_counted,
    slice_of,
    within_list,
)
from schema.placements.fields import placed_field
from schema.placements.types import PlacedMessage
from schema.policies.types import Policy

if TYPE_CHECKING:
    from schema.leads.types import Lead

ItsLead = Annotated["Lead", strawberry.lazy("schema.leads.types")]


@strawberry.type(description="The part of a vendor's account that a prospect can see.")
class Vendor(Node):
    """Source: `VendorView`."""

    id: strawberry.ID = node_id("Vendor")
    name: str = strawberry.field(description="The company's name.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a vendor."""
        return isinstance(obj, VendorView)


@strawberry.type(description="A deadline of an application.")
class Deadline:
    """Source: `DeadlineView`."""

    kind: str = strawberry.field(description="The kind of deadline.", graphql_type=DEADLINE_KIND)
    due_at: datetime = strawberry.field(description="When it is due; its effect is dated to this time.")
    done_at: datetime | None = strawberry.field(description="When it was carried out or became moot.")
    outcome: str | None = strawberry.field(
        description="The rule that decided the outcome, or `answered` or `ended`."
    )


@strawberry.type(description="A vendor's paid application for a lead.")
class Application(Node):
    """Source: `ApplicationView`."""

    id: strawberry.ID = node_id("Application")
    version: int = strawberry.field(
        description="Increases with every change except a meeting time that only one side proposed; send "
        "it as `expectedVersion`."
    )
    lead: ItsLead = strawberry.field(description="The lead.")
    vendor: Vendor = strawberry.field(description="The vendor.")
    policy: Policy = strawberry.field(
        description="The policy version that applies, fixed when the application was submitted."
    )
    introduction: str = strawberry.field(
        description="What the vendor wrote to the prospect; it is the first message of the chat, and masked "
        "like one."
    )
    status: ApplicationStatus = strawberry.field(
        description="The current status; it changes with time even if nobody acts."
    )
    fee: int = strawberry.field(description="The fee, in points.")
    submitted_at: datetime = strawberry.field(description="When it was submitted.")
    received_at: datetime = strawberry.field(
        description="When the prospect received it; all periods start here."
    )
    reviewed_at: datetime | None = strawberry.field(description="When the prospect first opened it.")
    answered_at: datetime | None = strawberry.field(description="When the prospect last answered.")
    revealed_at: datetime | None = strawberry.field(
        description="When the contact data was revealed to the vendor."
    )
    refunded_at: datetime | None = strawberry.field(description="When the fee was refunded.")
    meeting_at: datetime | None = strawberry.field(description="The agreed meeting time.")
    proposed_meeting_at: datetime | None = strawberry.field(
        description="A new meeting time that one side has proposed and the other has not agreed to yet."
    )
    decline_message: str | None = strawberry.field(
        description="What the prospect wrote when declining; null once the contact data is closed to the "
        "viewer."
    )
    visibility: Decision = strawberry.field(
        description="Whether the contact data is visible to the vendor, and why."
    )
    refund: Decision = strawberry.field(
        description="Whether the fee is currently refundable: REFUNDABLE or NOT_REFUNDABLE."
    )
    placed: list[PlacedMessage] = placed_field()

    @strawberry.field(
        description="The deadlines, earliest first; those carried out long ago are left out.",
        graphql_type=list[Deadline],
    )
    async def deadlines(root: strawberry.Parent[ApplicationView], info: Info) -> list[DeadlineView]:
        """Load the deadlines."""
        return await info.context.load(ApplicationLoaders).deadlines.load(root.id)

    @strawberry.field(
        description="The calendar event; null if the contact data is not revealed at a fixed time, or if the "
        "event was cancelled before it was sent. Operators see the prospect's.",
        graphql_type=CalendarEvent | None,
    )
    async def calendar_event(
        root: strawberry.Parent[ApplicationView], info: Info
    ) -> CalendarEventView | None:
        """Load the event."""
        return await ApplicationLoaders.of(info.context).calendar_event.load(root.id)

    @strawberry.field(description="The chat with the other side.", graphql_type=Chat)
    async def chat(root: strawberry.Parent[ApplicationView], info: Info) -> Head:
        """Load the chat; one statement for all applications."""
        return await info.context.load(ChatLoaders).head.load(root)

    @strawberry.field(
        description="The messages of the chat in the order in which they arrived, beginning with the "
        "introduction, and among them the system messages for the viewer's side; empty if the chat is "
        "closed to the viewer. " + WITHIN_A_LIST + " The same applies to `last` and `before`.",
        graphql_type=ChatMessageConnection,
    )
    async def messages(
        root: strawberry.Parent[ApplicationView],
        info: Info,
        first: First = 25,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ChatMessageView]:
        """Load a page; inside a list, one statement loads the pages of all applications."""
        context = info.context
        list_digest = digest("chatMessages", root.id)
        part = slice_of(OLDEST_LINE, list_digest, first, after, last, before)
        loaders = context.load(ChatLoaders)
        head = await loaders.head.load(root)
        if within_list(info):
            page = await loaders.messages.load((head, nested_part(info, part, first)))
        else:
            page = await list_messages(context.conn, head, part)
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an application."""
        return isinstance(obj, ApplicationView)


ApplicationConnection = CountedPageOf[Application]
