"""GraphQL type of an application's calendar event, with a link to its file that expires."""

from datetime import datetime

import strawberry

from models.applications.calendar_view import CalendarEventView
from models.messages.calendar.document import CalendarState
from schema.applications.event_links import event_url
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import unauthenticated
from schema.graphql.scalars import Url

describe(
    CalendarState,
    "The state of a calendar event.",
    {
        "TENTATIVE": "The prospect has not answered.",
        "CONFIRMED": "The contact data is revealed.",
        "CANCELLED": "The application was declined or ended, the meeting was cancelled, or the contact data "
        "is closed.",
    },
)


@strawberry.type(
    description="The calendar event of an application, which both sides also receive by email. Without an "
    "agreed meeting, it is a note on the day on which the answer is due."
)
class CalendarEvent:
    """Source: `CalendarEventView`."""

    state: CalendarState = strawberry.field(description="The state.")
    starts_at: datetime = strawberry.field(
        description="When it starts; the beginning of a day in the viewer's time zone if `allDay`."
    )
    ends_at: datetime = strawberry.field(description="When it ends; exclusive.")
    all_day: bool = strawberry.field(description="Whether it is a note on a whole day.")
    sequence: int = strawberry.field(
        description="The number of the version: calendar programs ignore a version with a lower one."
    )

    @strawberry.field(
        description="The event as an iCalendar file, in the viewer's language; the link is valid for ten "
        "minutes, without a token, while the viewer's user is enabled. Read this field again for a new "
        "link. After the reveal, the vendor's file has the prospect's contact data; other viewers' files "
        "never have any."
    )
    async def file(root: strawberry.Parent[CalendarEventView], info: Info) -> Url:
        """Sign a link."""
        context = info.context
        if context.viewer.user_id is None:
            raise unauthenticated()
        return event_url(
            context.services.authentication.issuer,
            context.services.sending.origin,
            root.application_id,
            context.viewer.user_id,
            context.now(),
        )
