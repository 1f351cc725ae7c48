"""Owns the feed: what each recipient is told, in a gapless sequence, as stored.

It must not hold contact data: an event names subjects, its text is rendered when it is read.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id


class NotificationKind(StrEnum):
    """What a recipient is told."""

    APPLICATION_RECEIVED = "APPLICATION_RECEIVED"
    REVIEW_REMINDER = "REVIEW_REMINDER"
    APPLICATION_SUBMITTED = "APPLICATION_SUBMITTED"
    APPLICATION_ACCEPTED = "APPLICATION_ACCEPTED"
    APPLICATION_DECLINED = "APPLICATION_DECLINED"
    APPLICATION_ENDED = "APPLICATION_ENDED"
    CONTACT_REVEALED = "CONTACT_REVEALED"
    CONTACT_DISCLOSED = "CONTACT_DISCLOSED"
    FEE_REFUNDED = "FEE_REFUNDED"
    MEETING_PROPOSED = "MEETING_PROPOSED"
    MEETING_AGREED = "MEETING_AGREED"
    MEETING_CANCELLED = "MEETING_CANCELLED"
    MEETING_RECORDED = "MEETING_RECORDED"
    POINTS_PURCHASED = "POINTS_PURCHASED"
    LEAD_DELIVERED = "LEAD_DELIVERED"
    COMPLAINT_FILED = "COMPLAINT_FILED"
    COMPLAINT_PROGRESS = "COMPLAINT_PROGRESS"
    COMPLAINT_DECIDED = "COMPLAINT_DECIDED"
    COMPLAINT_DUE = "COMPLAINT_DUE"
    COMPLAINT_OVERDUE = "COMPLAINT_OVERDUE"
    COMPLAINT_MESSAGE = "COMPLAINT_MESSAGE"
    REPLACEMENT_DELIVERED = "REPLACEMENT_DELIVERED"
    REMEDY_POINTS = "REMEDY_POINTS"


# What the subscription `reveals` replays: each opens contact data to its recipient.
REVEALS = (
    NotificationKind.APPLICATION_ACCEPTED,
    NotificationKind.CONTACT_REVEALED,
    NotificationKind.LEAD_DELIVERED,
    NotificationKind.REPLACEMENT_DELIVERED,
)


class FeedCounter(Model):
    """How far a recipient's sequence has come, and how far retention has removed it."""

    recipient = fields.UUIDField(primary_key=True)
    last_seq = fields.BigIntField(default=0)
    removed_through = fields.BigIntField(default=0)

    class Meta:
        table = "feed_counter"


class FeedEvent(Model):
    """One thing that one recipient (an account, a prospect, or a user without either) is told."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    recipient = fields.UUIDField()
    seq = fields.BigIntField()
    kind = TextEnumField(NotificationKind, max_length=40)
    application_id = fields.UUIDField(null=True)
    lead_id = fields.UUIDField(null=True)
    delivery_id = fields.UUIDField(null=True)
    decision_id = fields.UUIDField(null=True)
    parameters = fields.JSONField[dict[str, object]](default=dict)
    at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "feed_event"
        constraints = (UniqueConstraint(fields=("recipient", "seq"), name="feed_event_gapless"),)
