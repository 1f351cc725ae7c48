"""Owns `complaintStatistics`: the numbers about complaints, the same for both sides.

It must not name a buyer to another.
"""

from datetime import datetime
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

describe(
    StatisticsBy,
    "What complaints are counted by.",
    {
        "SOURCE": "By where the lead came from.",
        "REASON": "By what was said to be wrong.",
        "BUYER": "By the account; a vendor sees its own only.",
    },
    name="ComplaintStatisticsBy",
)


@strawberry.input(description="A span of time, its end excluded.")
class PeriodInput:
    """Read by `complaintStatistics`."""

    from_: datetime = strawberry.field(
        name="from",
        description="From this instant on; for a vendor that asks for the marketplace, a day's begin.",
    )
    to: datetime = strawberry.field(
        description="Before this instant; for vendors, but of their own, midnight in UTC."
    )


def _key(root: strawberry.Parent[Line]) -> str:
    try:
        return write_id("Account", UUID(root.key))
    except ValueError:
        return root.key


@strawberry.type(description="What became of the items that have a source, a reason or a buyer in common.")
class ComplaintStatistic:
    """Source: `models.complaints.statistics.ComplaintStatistic`."""

    key: str = strawberry.field(
        resolver=_key,
        description="The source, the reason, or the global id of the account; `SMALL_GROUPS` for those that "
        "are too small to be told one by one.",
    )
    name: str | None = strawberry.field(description="The account's name, where buyers are counted.")
    filed: int = strawberry.field(description="Items filed.")
    accepted: int = strawberry.field(description="Those accepted.")
    rejected: int = strawberry.field(description="Those rejected.")
    open: int = strawberry.field(description="Those that wait for the operator.")
    no_consent: int = strawberry.field(description="Those accepted since there was no consent.")
    median_days: float | None = strawberry.field(
        description="From filing to the decision, the median; of others not below five decided items."
    )


@strawberry.type
class ComplaintStatisticsQueries:
    """A part of the root of queries."""

    @strawberry.field(
        description="The numbers about complaints by source, reason or buyer, the most filed first. Vendors "
        "see the marketplace by whole days (UTC) before this one, as they stood when it began, and in groups "
        "of at least 5 items of 3 accounts beside their own; their own numbers are exact.",
        graphql_type=list[ComplaintStatistic],
    )
    async def complaint_statistics(
        self,
        info: Info,
        by: Annotated[
            StatisticsBy, strawberry.argument(description="What is counted together.")
        ] = StatisticsBy.REASON,
        own: Annotated[bool, strawberry.argument(description="Of the viewer's own account alone.")] = False,
        period: Annotated[
            PeriodInput | None, strawberry.argument(description="Those filed in it; all without it.")
        ] = None,
    ) -> list[Line]:
        """Count."""
        context = info.context
        viewer = context.signed_in()
        if period is not None and period.to < period.from_:
            raise ClientError(
                "INVALID", "period.to: this is before `from`; give a later instant.", ("period", "to")
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
            raise ClientError(error.code, error.message, error.field) from error
