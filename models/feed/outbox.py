"""Table of outbox messages, which are written in the transaction that causes them.

A message has a template and subjects, but no contact data or rendered text.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id


class OutboxKind(StrEnum):
    """How a message goes out."""

    EMAIL = "EMAIL"
    CALENDAR = "CALENDAR"


class OutboxState(StrEnum):
    """How far a message has come."""

    PENDING = "PENDING"
    SENT = "SENT"
    DEAD = "DEAD"


class OutboxMessage(Model):
    """One message; its idempotency key goes to the provider, so that a second try is not a second message."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = TextEnumField(OutboxKind, max_length=20)
    template = fields.CharField(max_length=60)
    recipient = fields.UUIDField()
    subject = fields.UUIDField(null=True)
    parameters = fields.JSONField[dict[str, object]](default=dict)
    idempotency_key = fields.CharField(max_length=120, unique=True)
    state = TextEnumField(OutboxState, max_length=20, default=OutboxState.PENDING)
    attempts = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    not_before = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "outbox_message"
