"""A count of the changes of a recipient's calendar that are no events of its feed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0018_webhooks")]

    initial = False

    operations = [
        ops.AddField(
            model_name="FeedCounter", name="calendar_changes", field=fields.BigIntField(db_default=0)
        ),
    ]
