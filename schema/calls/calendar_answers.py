"""Answers of the mutations of calendars: the calendar as the viewer sees it, or the refusals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.calls.calendars.list import CalendarView, calendars_by_id
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

CALENDAR = "The calendar; null if the mutation failed."


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """The calendar, or the refusals."""

    calendar: CalendarView | None = None
    user_errors: Sequence[RefusalView] = ()


async def calendar_answer(context: Context, action: Callable[[], Awaitable[UUID]]) -> CalendarAnswer:
    """Call an action that returns a calendar's id, and read the calendar."""
    try:
        row_id = await action()
    except REFUSED as error:
        return CalendarAnswer(user_errors=refused(error))
    return CalendarAnswer((await calendars_by_id(context.conn, context.viewer, [row_id])).get(row_id))
