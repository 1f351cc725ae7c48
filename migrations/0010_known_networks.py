"""Networks from which a user signed in before, and delays of tries in place of a lock-out."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0009_files')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SignInNetwork',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='sign_in_networks', on_delete=OnDelete.CASCADE)),
                ('network', fields.CharField(max_length=64)),
                ('used_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'sign_in_network', 'app': 'models', 'constraints': [UniqueConstraint(fields=('user_id', 'network'), name='sign_in_network_once')], 'indexes': [Index(fields=['used_at'])], 'pk_attr': 'id', 'table_description': 'A network (its keyed hash) from which a user has signed in: their own tries are counted apart there.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='SignInFailures',
            options={'table': 'sign_in_failures', 'app': 'models', 'pk_attr': 'key', 'table_description': 'Failed tries of one key in one window: the keyed hash of an e-mail address, a client, or of both.'},
        ),
        ops.AddField(
            model_name='SignInFailures',
            name='not_before',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(
            "ALTER TABLE sign_in_network ADD CONSTRAINT sign_in_network_once UNIQUE (user_id, network)",
            reverse_sql="ALTER TABLE sign_in_network DROP CONSTRAINT sign_in_network_once",
        ),
    ]
