"""Tables of chats: what was written, and how far it was read.

The first message of a chat is the application's introduction, which is stored there only.
"""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.applications.tables import Application
from models.base.fields import TextEnumField
from models.base.ids import new_id
from rules.chat.chat_view import ChatSide

INTRODUCTION = 1  # the `seq` of the introduction


class ChatMessage(Model):
    """A message as it was written; its text never changes, and it is masked when it is read."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    application: fields.ForeignKeyRelation[Application] = fields.ForeignKeyField(
        "models.Application", related_name="chat_messages", on_delete=OnDelete.RESTRICT
    )
    seq = fields.IntField()  # without gaps, from 2: the introduction is 1
    side = TextEnumField(ChatSide, max_length=20)
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="chat_messages", on_delete=OnDelete.RESTRICT
    )
    text = fields.TextField()
    # The contact data found in it (`models.contact_data.stored_spans`); NULL if it was not searched.
    spans = fields.JSONField[dict[str, object]](null=True)
    at = fields.DatetimeField()
    # Its events in the feeds of both sides: retention may have removed them.
    vendor_event = fields.UUIDField()
    prospect_event = fields.UUIDField()

    class Meta:
        table = "chat_message"
        constraints = (
            UniqueConstraint(fields=("application_id", "seq"), name="chat_message_gapless"),
            CheckConstraint(check="seq > 1", name="chat_message_after_introduction"),
            CheckConstraint(check="side <> 'SYSTEM'", name="chat_message_of_a_person"),
        )


class ChatRead(Model):
    """Until which message a recipient has read a chat, and since when; each mark is later than the last."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    application: fields.ForeignKeyRelation[Application] = fields.ForeignKeyField(
        "models.Application", related_name="chat_reads", on_delete=OnDelete.RESTRICT
    )
    recipient = fields.UUIDField()  # an account, a prospect or an operator
    through_seq = fields.IntField()
    at = fields.DatetimeField()

    class Meta:
        table = "chat_read"
        constraints = (
            UniqueConstraint(fields=("application_id", "recipient", "through_seq"), name="chat_read_grows"),
        )
