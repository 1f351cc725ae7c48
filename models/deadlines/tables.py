"""Owns deadlines: what becomes due when, as stored, one table for all kinds.

It must not carry out what is due: the actions do.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id


class DeadlineKind(StrEnum):
    """What becomes due."""

    REVIEW_REMINDER = "REVIEW_REMINDER"
    REVEAL = "REVEAL"
    COMPLAINT_REMINDER = "COMPLAINT_REMINDER"
    COMPLAINT_DECISION = "COMPLAINT_DECISION"
    REPLACEMENT_FALLBACK = "REPLACEMENT_FALLBACK"
    CALL_CLOSE = "CALL_CLOSE"


class Deadline(Model):
    """One thing that becomes due once; `outcome` is the verdict, or what made it moot."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = TextEnumField(DeadlineKind, max_length=30)
    subject = fields.UUIDField()
    ordinal = fields.IntField(default=0)
    due_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "deadline"
        indexes = (Index(fields=("subject",)),)
        constraints = (
            UniqueConstraint(fields=("kind", "subject", "ordinal"), name="deadline_once_per_subject"),
        )
