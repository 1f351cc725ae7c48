"""Table of outbox messages, which are written in the transaction that causes them.

A message has a template and a subject, but no contact data, address or rendered text. What is sent of it, and
to whom, is in the dispatches of `models.messages`.
"""

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.feed.kinds import NotificationGroup
from rules.messages.dispatch import Necessity


class OutboxMessage(Model):
    """One message. Those with the same `ordering` are sent one after the other; a newer one with the same
    `replaces` cancels what was not sent of the older ones. `event_id` is the feed event that it tells of.

    `position` says which is newer: the database draws it while the subject is locked, so that it follows the
    order of commits. Ids follow the clocks of processes.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    template = fields.CharField(max_length=60)
    necessity = TextEnumField(Necessity, max_length=30)
    grouping = TextEnumField(NotificationGroup, max_length=20)
    recipient = fields.UUIDField()
    subject = fields.UUIDField(null=True)
    policy_id = fields.UUIDField()  # of what it is about, which references it
    event_id = fields.UUIDField(null=True)
    parameters = fields.JSONField[dict[str, object]](default=dict)
    idempotency_key = fields.CharField(max_length=120, unique=True)
    ordering = fields.CharField(max_length=120, null=True)
    replaces = fields.CharField(max_length=120, null=True)
    created_at = fields.DatetimeField()
    not_before = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    expanded_at = fields.DatetimeField(null=True)  # when its dispatches were made
    position = fields.BigIntField(db_default=SqlDefault("nextval('outbox_position')"))

    class Meta:
        table = "outbox_message"
