"""Calendars that users subscribe to, and the indexes by which their entries are found."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields

INDEXES = {
    "application_meeting": "application (account_id, meeting_at) WHERE meeting_at IS NOT NULL",
    "application_unsettled": """application (account_id) WHERE accepted_at IS NULL AND declined_at IS NULL
        AND ended_at IS NULL AND revealed_at IS NULL""",
    "delivery_complaint_until": "delivery (account_id, complaint_until)",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0016_devices')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('user', fields.OneToOneField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='calendar_feed', on_delete=OnDelete.CASCADE)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('last_read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'calendar_feed', 'app': 'models', 'pk_attr': 'id', 'table_description': 'The calendar that a user subscribes to; the token in its address is stored as a hash only.'},
            bases=['Model'],
        ),
        ops.RunSQL(
            [f"CREATE INDEX {name} ON {on}" for name, on in INDEXES.items()],
            reverse_sql=[f"DROP INDEX {name}" for name in INDEXES],
        ),
    ]
