"""Trials of drafts of policies on the log of decisions, and what runs of the reconciliation found."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [('models', '0037_decision_lists')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PolicyTrial',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('market', fields.ForeignKeyField('models.Market', source_field='market_id', db_constraint=True, to_field='id', related_name='trials', on_delete=OnDelete.RESTRICT)),
                ('parameters', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sample', fields.IntField(null=True)),
                ('asked_by_id', fields.UUIDField()),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('total', fields.BigIntField(null=True)),
                ('seen', fields.BigIntField(default=0)),
                ('progress', fields.BigIntField(default=0)),
                ('position_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('position_id', fields.UUIDField(null=True)),
                ('lines', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('examples', fields.IntField(default=0)),
                ('failures', fields.SmallIntField(default=0)),
                ('done_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'policy_trial', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A trial of a draft: `position_at` and `position_id` are the last decision that it has decided anew.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PolicyTrialExample',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('trial', fields.ForeignKeyField('models.PolicyTrial', source_field='trial_id', db_constraint=True, to_field='id', related_name='kept_examples', on_delete=OnDelete.CASCADE)),
                ('ordinal', fields.IntField()),
                ('decision_id', fields.UUIDField()),
                ('decided', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'policy_trial_example', 'app': 'models', 'unique_together': (('trial', 'ordinal'),), 'pk_attr': 'id', 'table_description': 'A decision that would have another verdict, the `ordinal`-th of its trial, and what it would be.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ReconciliationFindingRow',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('run', fields.ForeignKeyField('models.ReconciliationRun', source_field='run_id', db_constraint=True, to_field='id', related_name='reported', on_delete=OnDelete.CASCADE)),
                ('ordinal', fields.IntField()),
                ('check_name', fields.CharField(max_length=60)),
                ('subject', fields.CharField(max_length=120)),
                ('message', fields.CharField(max_length=1000)),
            ],
            options={'table': 'reconciliation_finding', 'app': 'models', 'unique_together': (('run', 'ordinal'),), 'pk_attr': 'id', 'table_description': 'A finding in the report of a run: the first of each check, without contact data.'},
            bases=['Model'],
        ),
    ]
