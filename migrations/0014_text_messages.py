"""Text messages: what accounts owe for them, in cents, and the numbers of users."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0013_calendar_events')]

    initial = False

    operations = [
        ops.AlterModelOptions(
            name='Balance',
            options={'table': 'balance', 'app': 'models', 'constraints': [UniqueConstraint(fields=('account_id', 'unit'), name='balance_once_per_unit'), CheckConstraint(check='available >= 0', name='balance_available_not_negative'), CheckConstraint(check='on_hold >= 0', name='balance_on_hold_not_negative'), CheckConstraint(check='owed <= 0', name='balance_owed_not_positive')], 'pk_attr': 'id', 'table_description': 'What an account has, or owes (below zero), in one unit; narrow, because every movement locks it.'},
        ),
        ops.AddField(
            model_name='Balance',
            name='owed',
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.AddConstraint(
            model_name='Balance',
            constraint=CheckConstraint(check='owed <= 0', name='balance_owed_not_positive'),
        ),
        ops.AddField(
            model_name='PostingGroup',
            name='owed_after',
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='User',
            name='mobile',
            field=fields.CharField(null=True, max_length=16),
        ),
    ]
