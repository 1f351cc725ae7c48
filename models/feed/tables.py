"""Tables of the feed: each recipient's events, in a gapless sequence.

No contact data is stored: an event refers to subjects, and its text is rendered when it is read.
"""

from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.ids import new_id


class FeedCounter(Model):
    """How far a recipient's sequence has come, and how far retention has removed it.

    Each change of the recipient's calendar is an event or counted here; so the sum of both is its version.
    """

    recipient = fields.UUIDField(primary_key=True)
    last_seq = fields.BigIntField(default=0)
    removed_through = fields.BigIntField(default=0)
    calendar_changes = fields.BigIntField(db_default=0)

    class Meta:
        table = "feed_counter"


class FeedEvent(Model):
    """One thing that one recipient (an account, a prospect, or a user without either) is told."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    recipient = fields.UUIDField()
    seq = fields.BigIntField()
    kind = fields.CharField(max_length=40)  # a NotificationKind
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
