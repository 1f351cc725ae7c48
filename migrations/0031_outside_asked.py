"""How often each public source was asked today, in all processes."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [('models', '0030_smart_data')]

    initial = False

    operations = [
        ops.CreateModel(
            name='OutsideAsked',
            fields=[
                ('source', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=20)),
                ('day', fields.DateField()),
                ('asked', fields.IntField()),
                ('failed', fields.IntField()),
                ('away_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'outside_asked', 'app': 'models', 'pk_attr': 'source', 'table_description': 'How often all processes asked a source on a day (UTC), without a trace of about whom.'},
            bases=['Model'],
        ),
    ]
