"""The mutation `employeeCalendarImport`. The action reads the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import strawberry
from strawberry.file_uploads import Upload

from models.calls.calendars.import_calendar import import_calendar
from models.calls.calendars.list import CalendarView, calendars_by_id
from models.calls.calendars.words import note_sentences
from models.calls.presence import Span
from models.calls.views import AppointmentView
from models.files.refusals import FileRefusal
from schema.calls.calendar_types import EmployeeCalendar
from schema.calls.employee_types import Appointment, WeeklySpan
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.long_list import LongList, with_pauses
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError, text_for


@strawberry.input(description="Input of `employeeCalendarImport`: an iCalendar file.")
class EmployeeCalendarImportInput:
    """Input of `employeeCalendarImport`."""

    employee_id: strawberry.ID = strawberry.field(description="Whose calendar it is.")
    file: Upload = strawberry.field(
        description="An iCalendar file (.ics) of at most 5 MB, as calendar programs export it. It is read "
        "once, up to 180 days ahead, and not kept."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    use_titles: bool = strawberry.field(
        default=False, description="Whether callers are told the titles of events that are not private."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Report what the import would do, without writing anything."
    )


@dataclass(frozen=True, slots=True)
class CalendarImportAnswer:
    """What the file says, or the refusals."""

    calendar: CalendarView | None = None
    appointments: Sequence[AppointmentView] | LongList[AppointmentView] = ()
    hours: Sequence[Span] = ()
    notes: Mapping[str, int] = field(default_factory=dict)
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `employeeCalendarImport`.")
class EmployeeCalendarImportPayload:
    """Source: `CalendarImportAnswer`."""

    calendar: EmployeeCalendar | None = strawberry.field(
        description="The new calendar; null in a dry run, and if the mutation failed."
    )
    appointments: list[Appointment] = strawberry.field(
        description="The appointments by their start, at most 5,000. In a dry run their ids lead to nothing."
    )
    hours: list[WeeklySpan] = strawberry.field(
        description="The hours that the file tells of the first seven days that have any; empty if it tells "
        "none. They count instead of weekly hours while the file tells them."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="Whether the calendar was written; false in a dry run.")
    def written(root: strawberry.Parent[CalendarImportAnswer]) -> bool:
        """Return whether there is a calendar."""
        return root.calendar is not None

    @strawberry.field(description="What should be known about what was read, in the viewer's language.")
    def warnings(root: strawberry.Parent[CalendarImportAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, one) for one in note_sentences(root.notes)]


@strawberry.type
class EmployeeCalendarImport:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Import a calendar of an employee from a file; employees their own. It becomes a "
        "calendar of its own: delete it to remove its appointments.",
        graphql_type=EmployeeCalendarImportPayload | None,
    )
    async def employee_calendar_import(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeCalendarImportInput, strawberry.argument(description="The input.")
        ],
    ) -> CalendarImportAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        stream = getattr(input.file, "file", None)
        if stream is None:
            return CalendarImportAnswer(user_errors=refused(FileRefusal.FILE_MISSING.at("file")))
        try:
            done = await import_calendar(
                viewer,
                stream,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                use_titles=input.use_titles,
                dry_run=input.dry_run,
                idempotency_key=input.idempotency_key,
                given={"employeeId": input.employee_id, "useTitles": input.use_titles},
            )
        except REFUSED as error:
            return CalendarImportAnswer(user_errors=refused(error))
        calendar = None
        if done.calendar_id is not None:
            found = await calendars_by_id(context.conn, context.viewer, [done.calendar_id])
            calendar = found.get(done.calendar_id)
        return CalendarImportAnswer(calendar, with_pauses(done.appointments), done.hours, done.warnings)
