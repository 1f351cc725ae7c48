"""Calendars of employees: feeds and files that become appointments, and the hours that they tell."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

CONSTRAINTS = {
    ("employee_calendar", "employee_calendar_host_of_url"): "num_nulls(url, host) IN (0, 2)",
    ("employee_calendar", "employee_calendar_only_feeds_are_due"): "(url IS NULL) = (next_at IS NULL)",
    ("calendar_span", "calendar_span_is_a_span"): "starts_at < ends_at AND priority BETWEEN 0 AND 9",
}
# Few are due at a time, and few are stale.
INDEXES = {
    "employee_calendar_due": "employee_calendar (next_at) WHERE next_at IS NOT NULL",
    "employee_calendar_stale": "employee_calendar (employee_id) WHERE stale_since IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0032_phone_systems')]

    initial = False

    operations = [
        ops.CreateModel(
            name='EmployeeCalendar',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', db_constraint=True, to_field='id', related_name='calendars', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField(default=1)),
                ('url', fields.BinaryField(null=True)),
                ('host', fields.CharField(null=True, max_length=255)),
                ('use_titles', fields.BooleanField(default=False)),
                ('tentative_counts', fields.BooleanField(default=False)),
                ('etag', fields.CharField(null=True, max_length=500)),
                ('last_modified', fields.CharField(null=True, max_length=100)),
                ('digest', fields.BinaryField(null=True)),
                ('fetched_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('next_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('asked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('failures', fields.IntField(default=0)),
                ('problem', fields.CharField(null=True, max_length=20)),
                ('failing_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('stale_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('warnings', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'employee_calendar', 'app': 'models', 'constraints': [CheckConstraint(check='num_nulls(url, host) IN (0, 2)', name='employee_calendar_host_of_url'), CheckConstraint(check='(url IS NULL) = (next_at IS NULL)', name='employee_calendar_only_feeds_are_due')], 'indexes': [Index(fields=['employee_id'])], 'pk_attr': 'id', 'table_description': 'A calendar of an employee: a feed that is read again and again, or a file that was read once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CalendarSpan',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('calendar', fields.ForeignKeyField('models.EmployeeCalendar', source_field='calendar_id', db_constraint=True, to_field='id', related_name='spans', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharField(max_length=10)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('priority', fields.SmallIntField()),
            ],
            options={'table': 'calendar_span', 'app': 'models', 'constraints': [CheckConstraint(check='starts_at < ends_at AND priority BETWEEN 0 AND 9', name='calendar_span_is_a_span')], 'indexes': [Index(fields=['calendar_id', 'kind', 'starts_at'])], 'pk_attr': 'id', 'table_description': 'Hours that a calendar tells (RFC 7953): where they are known, and when the employee is there.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Appointment',
            name='calendar',
            field=fields.ForeignKeyField('models.EmployeeCalendar', source_field='calendar_id', null=True, db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='Appointment',
            name='uid',
            field=fields.CharField(null=True, max_length=40),
        ),
        ops.AddConstraint(
            model_name='Appointment',
            constraint=UniqueConstraint(fields=('calendar_id', 'uid'), name='appointment_once_in_its_calendar'),
        ),
        ops.AddConstraint(
            model_name='Appointment',
            constraint=CheckConstraint(check="num_nulls(calendar_id, uid) = CASE source WHEN 'CALENDAR' THEN 0 ELSE 2 END", name='appointment_of_its_calendar'),
        ),
        *(
            ops.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check})",
                reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for (table, name), check in CONSTRAINTS.items()
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
