"""Devices that get push messages, and dispatches to them."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

FORGOTTEN = "num_nulls(address_key, sealed) = CASE WHEN removed_at IS NULL THEN 0 ELSE 2 END"


class Migration(migrations.Migration):
    dependencies = [('models', '0015_order_of_messages')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Device',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='devices', on_delete=OnDelete.CASCADE)),
                ('session_id', fields.UUIDField(null=True)),
                ('kind', fields.CharField(max_length=10)),
                ('name', fields.CharField(max_length=100)),
                ('address_key', fields.CharField(null=True, unique=True, max_length=64)),
                ('sealed', fields.BinaryField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('last_accepted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'device', 'app': 'models', 'indexes': [Index(fields=['user_id', 'id'])], 'constraints': [CheckConstraint(check=FORGOTTEN, name='device_forgotten_when_removed')], 'pk_attr': 'id', 'table_description': "A browser that gets a user's push messages, for as long as the session that registered it lasts."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Dispatch',
            name='device',
            field=fields.ForeignKeyField('models.Device', source_field='device_id', null=True, db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT),
        ),
        ops.RemoveConstraint(model_name='Dispatch', name='dispatch_one_addressee'),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=CheckConstraint(check='num_nonnulls(user_id, lead_id, device_id) = 1', name='dispatch_one_addressee'),
        ),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=UniqueConstraint(fields=('message_id', 'channel', 'device_id'), name='dispatch_once_per_device'),
        ),
        ops.RunSQL(
            [
                f"ALTER TABLE device ADD CONSTRAINT device_forgotten_when_removed CHECK ({FORGOTTEN})",
                "CREATE INDEX dispatch_of_device ON dispatch (device_id, id) WHERE device_id IS NOT NULL",
                "CREATE INDEX dispatch_sending_of_device ON dispatch (device_id) WHERE state = 'SENDING' AND device_id IS NOT NULL",
            ],
            reverse_sql=[
                "DROP INDEX dispatch_sending_of_device",
                "DROP INDEX dispatch_of_device",
                "ALTER TABLE device DROP CONSTRAINT device_forgotten_when_removed",
            ],
        ),
    ]
