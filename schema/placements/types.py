"""GraphQL type of placed messages: what a viewer can do now about an application or a complaint."""

from datetime import datetime

import strawberry

from models.complaints.list import ComplaintView
from models.leads.views import ApplicationView
from models.placements.placed import PlacedView
from rules.placements.terms import Placement
from schema.graphql.decision import Decision
from schema.graphql.enums import PLACEMENT_ACTION
from schema.graphql.node import Node


@strawberry.type(
    description="A message about the current state of an application or a complaint: where it is shown, "
    "what it asks of you, and until when. It disappears when its state has passed; notifications say what "
    "happened."
)
class PlacedMessage:
    """Source: `PlacedView`."""

    place: Placement = strawberry.field(description="Where a client displays it.")
    title: str = strawberry.field(description="The title, in the viewer's language.")
    body: str = strawberry.field(description="What you can do, and until when, in the viewer's language.")
    action: str = strawberry.field(description="What it asks of you.", graphql_type=PLACEMENT_ACTION)
    action_until: datetime | None = strawberry.field(
        description="When it ends, or another message takes its place, if nothing else happens; null if time "
        "alone does not end it. Read it again then."
    )
    dismissible: bool = strawberry.field(
        description="Whether it is a banner that `bannerDismiss` hides. What waits for your answer cannot be "
        "hidden."
    )
    decision: Decision = strawberry.field(
        description="The decision to show it; its `ruleId` is the id of the message."
    )

    @strawberry.field(description="The application or complaint that it is about.", graphql_type=Node)
    def subject(root: strawberry.Parent[PlacedView]) -> ApplicationView | ComplaintView:
        """Return the subject."""
        return root.subject
