"""Chats: their messages, and how far they were read."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

CONSTRAINTS = {
    ("chat_message", "chat_message_gapless"): "UNIQUE (application_id, seq)",
    ("chat_message", "chat_message_after_introduction"): "CHECK (seq > 1)",
    ("chat_message", "chat_message_of_a_person"): "CHECK (side <> 'SYSTEM')",
    ("chat_read", "chat_read_grows"): "UNIQUE (application_id, recipient, through_seq)",
}
UNREAD = "INDEX feed_event_unread ON feed_event (recipient, seq) WHERE read_at IS NULL AND kind <> 'CALL_CHANGED'"


class Migration(migrations.Migration):
    dependencies = [('models', '0021_call_records')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ChatMessage',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('application', fields.ForeignKeyField('models.Application', source_field='application_id', db_constraint=True, to_field='id', related_name='chat_messages', on_delete=OnDelete.RESTRICT)),
                ('seq', fields.IntField()),
                ('side', fields.CharField(max_length=20)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', db_constraint=True, to_field='id', related_name='chat_messages', on_delete=OnDelete.RESTRICT)),
                ('text', fields.TextField(unique=False)),
                ('spans', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('vendor_event', fields.UUIDField()),
                ('prospect_event', fields.UUIDField()),
            ],
            options={'table': 'chat_message', 'app': 'models', 'constraints': [UniqueConstraint(fields=('application_id', 'seq'), name='chat_message_gapless'), CheckConstraint(check='seq > 1', name='chat_message_after_introduction'), CheckConstraint(check="side <> 'SYSTEM'", name='chat_message_of_a_person')], 'pk_attr': 'id', 'table_description': 'A message as it was written; its text never changes, and it is masked when it is read.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ChatRead',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('application', fields.ForeignKeyField('models.Application', source_field='application_id', db_constraint=True, to_field='id', related_name='chat_reads', on_delete=OnDelete.RESTRICT)),
                ('recipient', fields.UUIDField()),
                ('through_seq', fields.IntField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'chat_read', 'app': 'models', 'constraints': [UniqueConstraint(fields=('application_id', 'recipient', 'through_seq'), name='chat_read_grows')], 'pk_attr': 'id', 'table_description': 'Until which message a recipient has read a chat, and since when; each mark is later than the last.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Application',
            name='introduction_spans',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.RunSQL(
            [
                *(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
                    for (table, name), rule in CONSTRAINTS.items()
                ),
                # Messages and marks of chats are not notifications either.
                "DROP INDEX feed_event_unread",
                f"CREATE {UNREAD} AND kind <> 'CHAT_MESSAGE' AND kind <> 'CHAT_READ'",
            ],
            reverse_sql=[
                "DROP INDEX feed_event_unread",
                f"CREATE {UNREAD}",
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
            ],
        ),
    ]
