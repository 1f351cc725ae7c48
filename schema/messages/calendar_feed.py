"""GraphQL type of the calendar that a user subscribes to."""

from datetime import datetime

import strawberry

from schema.graphql.scalars import Url


@strawberry.type(
    description="A calendar to which the viewer's calendar program subscribes: meetings and deadlines, "
    "without contact data."
)
class CalendarFeed:
    """Source: `CalendarFeedView`."""

    url: Url | None = strawberry.field(
        description="The address to subscribe to, for anybody who has it; only in the payload of "
        "`calendarFeedCreate`."
    )
    created_at: datetime = strawberry.field(description="When the address was created.")
    last_read_at: datetime | None = strawberry.field(
        description="When a calendar program last read it, recorded at most every five minutes."
    )
