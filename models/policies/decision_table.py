"""Owns the log of every decision that changed something, as stored.

It must not hold contact data: facts are enums, booleans, integers and instants by type.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from models.base.ids import new_id


class DecisionRecord(Model):
    """One decision: what was known, which rule of which policy version, as of when, and on whose behalf."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    ruleset = fields.CharField(max_length=40)
    subject = fields.UUIDField()
    verdict = fields.CharField(max_length=40)
    rule_id = fields.CharField(max_length=80)
    policy_version = fields.CharField(max_length=80)
    facts = fields.JSONField[dict[str, object]]()
    decided_at = fields.DatetimeField()
    recorded_at = fields.DatetimeField()
    actor_id = fields.UUIDField(null=True)

    class Meta:
        table = "decision"
        indexes = (Index(fields=("subject", "decided_at")),)
