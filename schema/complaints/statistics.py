"""The query `complaintStatistics`: complaint statistics for vendors and operators.

A vendor never learns which other account bought something.
"""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.refusal import Refusal
from models.complaints.statistics import ComplaintStatistic as Line
from models.complaints.statistics import StatisticsBy, complaint_statistics
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import ClientError
from schema.graphql.ids import write_id
from schema.graphql.period import PeriodInput

describe(
    StatisticsBy,
    "How to group complaint statistics.",
    {
        "SOURCE": "By the source of the lead.",
        "REASON": "By the reason for the complaint.",
        "BUYER": "By account; vendors see only their own.",
        "DECIDER": "By the person who decided; for operators.",
    },
    name="ComplaintStatisticsBy",
)


def _key(root: strawberry.Parent[Line]) -> str:
    try:
        return write_id("User" if root.by is StatisticsBy.DECIDER else "Account", UUID(root.key))
    except ValueError:
        return root.key


@strawberry.type(description="Outcomes of complaint items, grouped by source, reason or buyer.")
class ComplaintStatistic:
    """Source: `models.complaints.statistics.ComplaintStatistic`."""

    key: str = strawberry.field(
        resolver=_key,
        description="The source, the reason, or the global id of the account or the person, empty for items "
        "that no person decided; `SMALL_GROUPS` combines groups that are too small to show individually.",
    )
    name: str | None = strawberry.field(description="The name of the account or the person.")
    filed: int = strawberry.field(description="Number of items filed.")
    accepted: int = strawberry.field(description="Accepted items.")
    rejected: int = strawberry.field(description="Rejected items.")
    open: int = strawberry.field(description="Items under review by an operator.")
    no_consent: int = strawberry.field(description="Items accepted because there was no consent.")
    overridden: int | None = strawberry.field(
        description="Items that a person decided against the rules; null for others than operators."
    )
    median_days: float | None = strawberry.field(
        description="Median number of days from filing to decision; for other accounts' data, only with "
        "at least five decided items."
    )


@strawberry.type
class ComplaintStatisticsQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="Complaint statistics by source, reason or buyer, largest number of items filed "
        "first. For the marketplace, vendors see whole days (UTC) before today, as of the "
        "start of today, in groups of at least 5 items from 3 accounts other than their own; "
        "their own numbers are exact.",
        graphql_type=list[ComplaintStatistic] | None,
    )
    async def complaint_statistics(
        self,
        info: Info,
        by: Annotated[
            StatisticsBy, strawberry.argument(description="How to group the items.")
        ] = StatisticsBy.REASON,
        own: Annotated[
            bool, strawberry.argument(description="Only items of the viewer's own account.")
        ] = False,
        period: Annotated[
            PeriodInput | None,
            strawberry.argument(
                description="Only items filed in this period; all items if omitted. For vendors querying the "
                "marketplace, both ends must be the start of a day in UTC."
            ),
        ] = None,
    ) -> list[Line]:
        """Return the statistics."""
        context = info.context
        viewer = context.signed_in()
        if period is not None and period.to < period.from_:
            raise ClientError(
                "INVALID", "period.to: must not be before `from`. Send a later time.", ("period", "to")
            )
        try:
            return await complaint_statistics(
                context.conn,
                viewer,
                by,
                own=own,
                since=period.from_ if period else None,
                until=period.to if period else None,
            )
        except Refusal as error:
            raise ClientError.of(error) from error
