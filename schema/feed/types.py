"""GraphQL types of notifications and reveal events.

Texts never contain contact data; a reveal reads contact data through the lead's view.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from models.calls.call_views import CallView
from models.complaints.list import ComplaintView
from models.feed.events import FeedEventView
from models.feed.kinds import NotificationKind
from models.feed.list import NotificationView
from models.feed.wording import NoticeText, notice
from models.leads.views import ApplicationView, ContactView, DeliveryView, LeadView
from models.placements.notifications import Standing, standing_of
from models.policies.decisions import RecordedDecision
from rules.placements.terms import Placement
from schema.accounts.balance import account_of_event
from schema.accounts.types import Account
from schema.applications.loaders import ApplicationLoaders
from schema.applications.types import Application
from schema.calls.loaders import CallLoaders
from schema.complaints.loaders import ComplaintLoaders
from schema.deliveries.types import Delivery
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Info
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.enums import PLACEMENT_ACTION
from schema.graphql.ids import write_id
from schema.graphql.node import ID_DESCRIPTION, Node
from schema.graphql.pagination import CountedPageOf
from schema.graphql.scalars import Cursor
from schema.leads.contact import Contact
from schema.leads.loaders import LeadLoaders
from schema.leads.types import Lead


def _words(view: NotificationView, info: Info) -> NoticeText:
    viewer = info.context.viewer
    return notice(view, viewer.locale, viewer.time_zone)


async def _standing(view: NotificationView, info: Info) -> Standing:
    """Load the application or complaint that a notification is about, with the page's others."""
    context = info.context
    subject: ApplicationView | ComplaintView | None = None
    if view.complaint_id is not None:
        subject = await context.load(ComplaintLoaders).complaint.load(view.complaint_id)
    elif view.event.application_id is not None:
        subject = await context.load(ApplicationLoaders).by_id.load(view.event.application_id)
    return standing_of(view, subject, context.viewer)


def _id(root: strawberry.Parent[NotificationView]) -> strawberry.ID:
    return write_id("Notification", root.event.id)


@strawberry.type(description="A notification to a user: what happened, what they can do, and until when.")
class Notification(Node):
    """Source: `NotificationView`."""

    id: strawberry.ID = strawberry.field(resolver=_id, description=ID_DESCRIPTION)

    @strawberry.field(description="The position in the feed; pass it to `notifications(after:)`.")
    def cursor(root: strawberry.Parent[NotificationView]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.event.recipient, root.event.seq)

    @strawberry.field(description="The kind.")
    def kind(root: strawberry.Parent[NotificationView]) -> NotificationKind:
        """Return the kind."""
        return root.event.kind

    @strawberry.field(description="Where a client displays it.")
    def placements(root: strawberry.Parent[NotificationView]) -> list[Placement]:
        """Return the placements."""
        return list(root.event.kind.placements)

    @strawberry.field(description="The title, in the viewer's language.")
    def title(root: strawberry.Parent[NotificationView], info: Info) -> str:
        """Render the text in the viewer's language."""
        return _words(root, info).title

    @strawberry.field(description="What happened, and what you can do until when, in the viewer's language.")
    def body(root: strawberry.Parent[NotificationView], info: Info) -> str:
        """Render the text in the viewer's language."""
        return _words(root, info).body

    @strawberry.field(
        description="The object that it is about: a complaint, a call, an application or a lead.",
        graphql_type=Node | None,
    )
    async def subject(
        root: strawberry.Parent[NotificationView], info: Info
    ) -> ComplaintView | CallView | ApplicationView | LeadView | None:
        """Load the subject."""
        if root.call_id is not None:
            return await info.context.load(CallLoaders).call.load(root.call_id)
        if root.complaint_id is not None:
            return await info.context.load(ComplaintLoaders).complaint.load(root.complaint_id)
        if root.event.application_id is not None:
            return await info.context.load(ApplicationLoaders).by_id.load(root.event.application_id)
        if root.event.lead_id is None:
            return None
        return await info.context.load(LeadLoaders).by_id.load(root.event.lead_id)

    @strawberry.field(
        description="What it asks of you now; INFORM once its state has passed.",
        graphql_type=PLACEMENT_ACTION,
    )
    async def action(root: strawberry.Parent[NotificationView], info: Info) -> str:
        """Decide as of now."""
        return (await _standing(root, info)).action

    @strawberry.field(
        description="When this changes if nothing else happens; null if it does not depend on time."
    )
    async def action_until(root: strawberry.Parent[NotificationView], info: Info) -> datetime | None:
        """Decide as of now."""
        return (await _standing(root, info)).until

    @strawberry.field(
        description="False when the state that it announces has passed, for example when you have answered."
    )
    async def current(root: strawberry.Parent[NotificationView], info: Info) -> bool:
        """Decide as of now."""
        return (await _standing(root, info)).current

    account: Account | None = account_of_event()

    @strawberry.field(description="When it happened.")
    def at(root: strawberry.Parent[NotificationView]) -> datetime:
        """Return the time."""
        return root.event.at

    @strawberry.field(description="When it was marked as read.")
    def read_at(root: strawberry.Parent[NotificationView]) -> datetime | None:
        """Return the time."""
        return root.event.read_at

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a notification."""
        return isinstance(obj, NotificationView)


NotificationConnection = CountedPageOf[Notification]


@dataclass(frozen=True, slots=True)
class Reveal:
    """A reveal event, with the lead as the viewer sees it now."""

    event: FeedEventView
    lead: LeadView
    application: ApplicationView | None
    delivery: DeliveryView | None
    decision: RecordedDecision


@strawberry.type(description="Contact data was revealed to the viewer's account.")
class RevealEvent:
    """Source: `Reveal`."""

    lead: Lead = strawberry.field(description="The lead.")
    application: Application | None = strawberry.field(
        description="The application through which the contact data was revealed."
    )
    delivery: Delivery | None = strawberry.field(description="The resulting delivery.")
    account: Account | None = account_of_event()

    @strawberry.field(description="The position in the feed; pass it to `reveals(after:)`.")
    def cursor(root: strawberry.Parent[Reveal]) -> Cursor:
        """Return the cursor."""
        return write_feed_cursor(root.event.recipient, root.event.seq)

    @strawberry.field(
        description="The contact data; null if it has been closed since.", graphql_type=Contact | None
    )
    def contact(root: strawberry.Parent[Reveal], info: Info) -> ContactView | None:
        """Return the contact data visible now; access by an operator is logged, as on the lead."""
        if root.lead.contact is not None:
            info.context.shows_contact(root.lead.id)
        return root.lead.contact

    @strawberry.field(
        description="The logged decision that revealed the contact data.", graphql_type=Decision
    )
    def decision(root: strawberry.Parent[Reveal]) -> AnyDecision:
        """Return the decision."""
        return root.decision

    @strawberry.field(description="When the contact data was revealed; not affected by processing delays.")
    def at(root: strawberry.Parent[Reveal]) -> datetime:
        """Return the time."""
        return root.event.at

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an event is a reveal, not a gap."""
        return isinstance(obj, Reveal)


@dataclass(frozen=True, slots=True)
class Missed:
    """A gap: the number of events that can no longer be replayed."""

    cursor: Cursor
    missed: int


@strawberry.type(description="Requested events can no longer be replayed. Read the lists again.")
class FeedGap:
    """Source: `Missed`."""

    cursor: Cursor = strawberry.field(
        description="The earliest position from which the feed can still be read."
    )
    missed: int = strawberry.field(description="Number of missed events, of all kinds.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether an object is a gap, not an event."""
        return isinstance(obj, Missed)


RevealUpdate: TypeAlias = Annotated[
    RevealEvent | FeedGap,
    strawberry.union("RevealUpdate", description="A reveal, or a gap if events can no longer be replayed."),
]
NotificationUpdate: TypeAlias = Annotated[
    Notification | FeedGap,
    strawberry.union(
        "NotificationUpdate", description="A notification, or a gap if events can no longer be replayed."
    ),
]
