"""The events of a feed that are about one application, in their order: what a chat follows and shows."""

from tortoise import migrations
from tortoise.migrations import operations as ops

NAME = "feed_event_of_application"


class Migration(migrations.Migration):
    dependencies = [('models', '0024_placements')]

    initial = False

    operations = [
        ops.RunSQL(
            f"CREATE INDEX {NAME} ON feed_event (recipient, application_id, seq) WHERE application_id IS NOT NULL",
            reverse_sql=f"DROP INDEX {NAME}",
        ),
    ]
