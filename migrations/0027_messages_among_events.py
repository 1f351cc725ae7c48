"""The events of messages in chats, in the order of their feed: where system messages stand among them."""

from tortoise import migrations
from tortoise.migrations import operations as ops

NAME = "feed_event_of_chat_message"


class Migration(migrations.Migration):
    dependencies = [('models', '0026_closings_and_searches')]

    initial = False

    operations = [
        ops.RunSQL(
            f"CREATE INDEX {NAME} ON feed_event (recipient, application_id, seq) WHERE kind = 'CHAT_MESSAGE'",
            reverse_sql=f"DROP INDEX {NAME}",
        ),
    ]
