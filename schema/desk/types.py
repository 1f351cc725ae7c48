"""GraphQL types of the desk and of health."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from models.base.viewer import Viewer
from models.desk.desk import MOST_DUE, DeskCountView, DeskKind, DueView, desk_counts, due_next
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.enums import DEADLINE_KIND, describe
from schema.graphql.errors import ClientError
from schema.graphql.node import Node

describe(
    DeskKind,
    "What can wait for a viewer, each with the query whose rows it counts.",
    {
        "UNREAD": "Unread notifications: `notifications(unread: true)`.",
        "APPLICATIONS_WAITING": "Applications that wait for the prospect's answer: "
        "`applications(filter: {status: PENDING})`.",
        "ANSWERS_WAITING": "Applications of the vendor that wait for an answer: "
        "`applications(filter: {status: PENDING})`.",
        "CHATS_UNREAD": "Chats with unread messages, of the 100 newest applications: "
        "`applications(filter: {unread: true})`.",
        "COMPLAINTS_OPEN": "Open complaints in time: `complaints(filter: {status: OPEN})`.",
        "COMPLAINTS_OVERDUE": "Overdue complaints: `complaints(filter: {status: OVERDUE})`.",
        "WINDOWS_ENDING": "Deliveries without a complaint whose window ends within 7 days: "
        "`deliveries(filter: {windowEndsWithinDays: 7})`.",
        "DISPATCHES_DEAD": "Messages that were given up: `dispatches(filter: {state: [DEAD]})`.",
        "DISPATCHES_UNCERTAIN": "Messages that may have arrived: `dispatches(filter: {state: [UNCERTAIN]})`.",
        "NOTICES_UNDELIVERED": "Notices that could not be delivered, of the latest 2,000: "
        "`disclosures(noticeState: UNDELIVERED)`.",
        "DEADLINES_OVERDUE": "Deadlines that are due and not carried out: "
        "`health { overdueByKind { kind count } }`.",
        "BOOKS_DISAGREE": "Findings of the last reconciliation: `health { findings { check } }`.",
    },
    name="DeskCountKind",
)


@strawberry.type(description="How much of one kind waits, up to 10,000.")
class DeskCount:
    """Source: `DeskCountView`."""

    kind: DeskKind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="How many; the rows of the query that the kind names.")


@strawberry.type(description="Something that changes by itself, and when.")
class DueItem:
    """Source: `DueView`."""

    kind: str = strawberry.field(description="What happens then.", graphql_type=DEADLINE_KIND)
    due_at: datetime = strawberry.field(description="When it is due.")
    decision: Decision | None = strawberry.field(
        description="The decision about the contact data of an application; null for a complaint."
    )

    @strawberry.field(description="The application or the complaint.", graphql_type=Node)
    def subject(root: strawberry.Parent[DueView]) -> object:
        """Return the object, which is read with the deadline."""
        return root.subject


@strawberry.type(description="What waits for the viewer, and what is due next.")
class Desk:
    """Source: `models.base.viewer.Viewer`."""

    @strawberry.field(
        description="How much waits, for the viewer's role; each number is that of a list.",
        graphql_type=list[DeskCount],
    )
    async def counts(root: strawberry.Parent[Viewer], info: Info) -> Sequence[DeskCountView]:
        """Count."""
        return await desk_counts(info.context.conn, root)

    @strawberry.field(
        description="What is due next, soonest first: deadlines of the viewer's open applications and "
        "complaints; for operators, of all open complaints.",
        graphql_type=list[DueItem],
    )
    async def due(
        root: strawberry.Parent[Viewer],
        info: Info,
        first: Annotated[int, strawberry.argument(description=f"The number of items, 1 to {MOST_DUE}.")] = 10,
    ) -> Sequence[DueView]:
        """Read the deadlines."""
        if not 1 <= first <= MOST_DUE:
            raise ClientError("INVALID", f"first: must be from 1 to {MOST_DUE}.", ("first",))
        return await due_next(info.context.conn, root, first)


@strawberry.type(description="A finding of the reconciliation; it has no contact data.")
class BookFinding:
    """Source: `models.desk.health.BookFindingView`."""

    check: str = strawberry.field(description="The check that found it.")
    subject: str = strawberry.field(description="The row, by its id.")
    message: str = strawberry.field(description="What is wrong.")


@strawberry.type(description="Deadlines of one kind that are due and not carried out.")
class OverdueDeadlines:
    """Source: `models.desk.health.OverdueView`."""

    kind: str = strawberry.field(description="What was to happen.", graphql_type=DEADLINE_KIND)
    count: int = strawberry.field(description="How many.")
    oldest_seconds: float = strawberry.field(description="How long ago the oldest of them became due.")


@strawberry.type(description="The health of the marketplace, as of now. Ages are 0 if nothing waits.")
class Health:
    """Source: `models.desk.health.HealthView`."""

    overdue_deadlines: int = strawberry.field(
        description="Deadlines that are due and not carried out, up to 100,000."
    )
    overdue_by_kind: list[OverdueDeadlines] = strawberry.field(
        description="The same deadlines by kind, the one that has been overdue for longest first."
    )
    oldest_overdue_seconds: float = strawberry.field(
        description="How long ago the oldest of them became due."
    )
    outbox_oldest_seconds: float = strawberry.field(
        description="How long ago the oldest message that has never been tried became ready to send."
    )
    feed_lag_seconds: float = strawberry.field(
        description="How late events reach feeds: the greatest lateness of the latest 1,000 deadlines of the "
        "last five minutes, and of those that are overdue."
    )
    reconciled_at: datetime | None = strawberry.field(
        description="When the last reconciliation ended; null before the first."
    )
    findings: list[BookFinding] = strawberry.field(
        description="What it found, at most 20 of each check; empty if the books agree."
    )
