"""The GraphQL type of an employee's calendar. Its address is a secret: only the host is shown."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.calls.calendars.list import CalendarView
from models.calls.calendars.words import note_sentences, problem_sentence
from models.calls.views import AnyEmployee
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.user_error import text_for

if TYPE_CHECKING:
    from schema.calls.employee_types import Employee


@strawberry.type(
    description="A calendar of an employee, whose events become appointments: a feed that is read again and "
    "again, or a file that was read once. Not for agents."
)
class EmployeeCalendar(Node):
    """Source: `CalendarView`."""

    id: strawberry.ID = node_id("EmployeeCalendar")
    version: int = strawberry.field(
        description="Increases with every change of its settings; send it as `expectedVersion`."
    )
    host: str | None = strawberry.field(
        description="The host of the address, which is a secret and never shown; null for a file."
    )
    use_titles: bool = strawberry.field(
        description="Whether callers are told the titles of events that are not private."
    )
    tentative_counts: bool = strawberry.field(description="Whether tentative events count as absences.")
    fetched_at: datetime | None = strawberry.field(
        description="When it was last read successfully; null before the first time."
    )
    next_at: datetime | None = strawberry.field(description="When it is read next; null for a file.")
    stale_since: datetime | None = strawberry.field(
        description="Since when it cannot be read, if that is too long: agents are warned. The appointments "
        "that were read last still count."
    )
    appointments: int = strawberry.field(description="Number of appointments that it has now.")

    @strawberry.field(
        description="The employee; null if the viewer may no longer see them.",
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.employee_types")] | None,
    )
    async def employee(root: strawberry.Parent[CalendarView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        return await info.context.load(CallLoaders).employee.load(root.employee_id)

    @strawberry.field(
        description="Why the last attempt to read it failed, and what to do, in the viewer's language; null "
        "if it did not fail."
    )
    def problem(root: strawberry.Parent[CalendarView], info: Info) -> str | None:
        """Return the text."""
        return None if root.problem is None else text_for(info.context, problem_sentence(root.problem))

    @strawberry.field(
        description="What should be known about what was read, such as events without a time zone, in the "
        "viewer's language."
    )
    def warnings(root: strawberry.Parent[CalendarView], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, one) for one in note_sentences(root.warnings)]

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a calendar."""
        return isinstance(obj, CalendarView)
