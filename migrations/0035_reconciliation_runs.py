"""The runs of the reconciliation: the nightly one looks at what has changed since, and at a share of all accounts."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [('models', '0034_what_grows')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ReconciliationRun',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('night', fields.SmallIntField(null=True)),
                ('findings', fields.IntField()),
            ],
            options={'table': 'reconciliation_run', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One run. Rows written after its beginning have ids after its own.'},
            bases=['Model'],
        ),
    ]
