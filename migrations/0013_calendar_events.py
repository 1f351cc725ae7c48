"""Calendar events: the version of an application's event that was last sent."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint

WHOLE = "CHECK (num_nulls(sequence, fingerprint, method, changed_at) IN (0, 4))"


class Migration(migrations.Migration):
    dependencies = [('models', '0012_messages')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CalendarEvent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('application', fields.OneToOneField('models.Application', source_field='application_id', db_constraint=True, to_field='id', related_name='calendar_event', on_delete=OnDelete.CASCADE)),
                ('sequence', fields.IntField(null=True)),
                ('fingerprint', fields.CharField(null=True, max_length=64)),
                ('method', fields.CharField(null=True, max_length=10)),
                ('changed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'calendar_event', 'app': 'models', 'constraints': [CheckConstraint(check='num_nulls(sequence, fingerprint, method, changed_at) IN (0, 4)', name='calendar_event_whole')], 'pk_attr': 'id', 'table_description': "The version of an application's calendar event that was last composed for sending, if any."},
            bases=['Model'],
        ),
        ops.RunSQL(
            [f"ALTER TABLE calendar_event ADD CONSTRAINT calendar_event_whole {WHOLE}"],
            reverse_sql=["ALTER TABLE calendar_event DROP CONSTRAINT calendar_event_whole"],
        ),
    ]
