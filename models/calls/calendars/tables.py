"""Tables of employees' calendars: where they are read from, how the reading goes, and hours that they tell.

Absences that a calendar tells are appointments (`models.calls.tables`) with the calendar as their source.
"""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.calls.calendar_hours import SpanKind
from models.calls.calendars.reading import CalendarProblem
from models.calls.tables import Employee


class EmployeeCalendar(Model):
    """A calendar of an employee: a feed that is read again and again, or a file that was read once.

    `url` is sealed for the calendar's id. `failing_since` is the first failure since the last success;
    `stale_since` is the same once the calendar counts as out of date, and its company has been told.
    `digest` is that of the last content, which need not be read twice.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="calendars", on_delete=OnDelete.CASCADE
    )
    version = fields.IntField(default=1)
    url = fields.BinaryField(null=True)  # null: a file
    host = fields.CharField(max_length=255, null=True)
    use_titles = fields.BooleanField(default=False)
    tentative_counts = fields.BooleanField(default=False)
    etag = fields.CharField(max_length=500, null=True)
    last_modified = fields.CharField(max_length=100, null=True)
    digest = fields.BinaryField(null=True)
    fetched_at = fields.DatetimeField(null=True)
    read_at = fields.DatetimeField(null=True)
    next_at = fields.DatetimeField(null=True)
    asked_at = fields.DatetimeField(null=True)  # when somebody last asked to read it at once
    failures = fields.IntField(default=0)
    problem = TextEnumField(CalendarProblem, max_length=20, null=True)
    failing_since = fields.DatetimeField(null=True)
    stale_since = fields.DatetimeField(null=True)
    warnings = fields.JSONField[dict[str, int]](default=dict)
    made_at = fields.DatetimeField()

    class Meta:
        table = "employee_calendar"
        indexes = (Index(fields=("employee_id",)),)
        constraints = (
            CheckConstraint(check="num_nulls(url, host) IN (0, 2)", name="employee_calendar_host_of_url"),
            CheckConstraint(
                check="(url IS NULL) = (next_at IS NULL)", name="employee_calendar_only_feeds_are_due"
            ),
        )


class CalendarSpan(Model):
    """Hours that a calendar tells (RFC 7953): where they are known, and when the employee is there."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    calendar: fields.ForeignKeyRelation[EmployeeCalendar] = fields.ForeignKeyField(
        "models.EmployeeCalendar", related_name="spans", on_delete=OnDelete.CASCADE
    )
    kind = TextEnumField(SpanKind, max_length=10)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()  # exclusive
    priority = fields.SmallIntField()  # 1 is the highest, 0 the lowest

    class Meta:
        table = "calendar_span"
        indexes = (Index(fields=("calendar_id", "kind", "starts_at")),)
        constraints = (
            CheckConstraint(
                check="starts_at < ends_at AND priority BETWEEN 0 AND 9", name="calendar_span_is_a_span"
            ),
        )
