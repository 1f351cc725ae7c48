"""Telephone systems: what verifies their events, their users, their events, and how they know calls."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

# What the tables declare, and the tool does not create.
CONSTRAINTS = {
    "phone_system": ("phone_system_secret", "CHECK ((deleted_at IS NULL) = (secret IS NOT NULL))"),
    "phone_call_key": ("phone_call_key_once", "UNIQUE (system_id, key_hash)"),
    "phone_event": ("phone_event_once", "UNIQUE (system_id, event_key)"),
    "phone_user": ("phone_user_once", "UNIQUE (system_id, key)"),
}


class Migration(migrations.Migration):
    dependencies = [('models', '0031_outside_asked')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PhoneSystem',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('name', fields.CharField(max_length=100)),
                ('driver', fields.CharField(max_length=10)),
                ('region', fields.CharField(max_length=2)),
                ('secret', fields.BinaryField(null=True)),
                ('previous_secret', fields.BinaryField(null=True)),
                ('rotates_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('public_url', fields.CharField(null=True, max_length=2000)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('deleted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'phone_system', 'app': 'models', 'constraints': [CheckConstraint(check='(deleted_at IS NULL) = (secret IS NOT NULL)', name='phone_system_secret')], 'pk_attr': 'id', 'table_description': 'A telephone system that reports to `/phone/{id}`.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PhoneCallKey',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('system', fields.ForeignKeyField('models.PhoneSystem', source_field='system_id', db_constraint=True, to_field='id', related_name='call_keys', on_delete=OnDelete.RESTRICT)),
                ('key_hash', fields.BinaryField()),
                ('call', fields.ForeignKeyField('models.Call', source_field='call_id', db_constraint=True, to_field='id', related_name='phone_keys', on_delete=OnDelete.CASCADE)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'phone_call_key', 'app': 'models', 'constraints': [UniqueConstraint(fields=('system_id', 'key_hash'), name='phone_call_key_once')], 'indexes': [Index(fields=['made_at']), Index(fields=['call_id'])], 'pk_attr': 'id', 'table_description': 'An id by which a telephone system knows a call, as SHA-256: it is known after the call is forgotten.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PhoneEvent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('system', fields.ForeignKeyField('models.PhoneSystem', source_field='system_id', db_constraint=True, to_field='id', related_name='events', on_delete=OnDelete.RESTRICT)),
                ('event_key', fields.CharField(max_length=200)),
                ('kind', fields.CharField(max_length=14)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('received_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sha256', fields.BinaryField(null=True)),
                ('call', fields.ForeignKeyField('models.Call', source_field='call_id', null=True, db_constraint=True, to_field='id', related_name='phone_events', on_delete=OnDelete.RESTRICT)),
                ('result', fields.CharField(max_length=10)),
                ('detail', fields.CharField(null=True, max_length=200)),
            ],
            options={'table': 'phone_event', 'app': 'models', 'constraints': [UniqueConstraint(fields=('system_id', 'event_key'), name='phone_event_once')], 'indexes': [Index(fields=['system_id', 'id']), Index(fields=['call_id']), Index(fields=['received_at'])], 'pk_attr': 'id', 'table_description': 'An event that a telephone system sent, without numbers of callers; kept for 30 days.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PhoneUser',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('system', fields.ForeignKeyField('models.PhoneSystem', source_field='system_id', db_constraint=True, to_field='id', related_name='users', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=200)),
                ('agent', fields.ForeignKeyField('models.User', source_field='agent_id', db_constraint=True, to_field='id', related_name='phone_users', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'phone_user', 'app': 'models', 'constraints': [UniqueConstraint(fields=('system_id', 'key'), name='phone_user_once')], 'pk_attr': 'id', 'table_description': 'Which agent a user of a telephone system is.'},
            bases=['Model'],
        ),
        *(
            ops.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}",
                reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, (name, what) in CONSTRAINTS.items()
        ),
    ]
