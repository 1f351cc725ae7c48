"""The query `activityStatistics`: reveals, refunds and complaints over time."""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Annotated

import strawberry

from models.desk.activity import MOST_DAYS, ActivityStep, ActivityView, activity
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.period import PeriodInput

describe(
    ActivityStep,
    "How long each part of a period is.",
    {
        "DAY": f"A day; the period has at most {MOST_DAYS[ActivityStep.DAY]} days.",
        "WEEK": f"A week from Monday; the period has at most {MOST_DAYS[ActivityStep.WEEK]} days.",
    },
    name="ActivityStep",
)


@strawberry.type(description="What happened in one day or week, in the viewer's time zone.")
class ActivityStatistic:
    """Source: `models.desk.activity.ActivityView`."""

    begins: date = strawberry.field(description="Its first day.")
    reveals: int = strawberry.field(
        description="How often a vendor received the contact data of a lead: after an application, by a "
        "purchase or from an operator."
    )
    refunds: int = strawberry.field(description="How often a vendor got points back.")
    points_refunded: int = strawberry.field(description="The points of these refunds.")
    complaints: int = strawberry.field(description="Number of complaint items filed.")


@strawberry.type
class ActivityQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="Reveals, refunds and complaints over time: of the vendor's own account; for operators, "
        "of all accounts. One item for each day or week, also for those in which nothing happened, the "
        "earliest first; the first and the last one count what is in the period.",
        graphql_type=list[ActivityStatistic] | None,
    )
    async def activity_statistics(
        self,
        info: Info,
        period: Annotated[PeriodInput, strawberry.argument(description="When it happened.")],
        step: Annotated[
            ActivityStep, strawberry.argument(description="How long each part of the period is.")
        ] = ActivityStep.DAY,
    ) -> list[ActivityView]:
        """Return the statistics."""
        context = info.context
        viewer = context.signed_in()
        if viewer.vendor_id is None and not viewer.operator:
            raise forbidden("Only owners and members of a vendor's account and operators can read this.")
        days = MOST_DAYS[step]
        if not timedelta() < period.to - period.from_ <= timedelta(days=days):
            raise ClientError(
                "INVALID",
                f"period: must end after it starts, and have at most {days} days by {step.lower()}.",
                ("period",),
            )
        if period.from_.year == MINYEAR or period.to.year == MAXYEAR:  # its days in some zones do not exist
            raise ClientError("INVALID", "period: must not touch the ends of the calendar.", ("period",))
        return await activity(context.conn, viewer, period.from_, period.to, step)
