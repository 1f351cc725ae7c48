"""Tables of markets, the versions of their policies, and the log of every decision that changed something.

The facts of a decision are enums, booleans, integers and instants: never contact data.
"""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.models import Model

from models.base.ids import new_id


class Market(Model):
    """A part of the marketplace with its own series of policies."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=100)

    class Meta:
        table = "market"


class PolicyVersion(Model):
    """One immutable version of all numbers and switches; a trigger refuses changes."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    market: fields.ForeignKeyRelation[Market] = fields.ForeignKeyField(
        "models.Market", related_name="policies", on_delete=OnDelete.RESTRICT
    )
    version = fields.CharField(max_length=80, unique=True)
    effective_from = fields.DatetimeField()
    parameters = fields.JSONField[dict[str, object]]()
    published_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "policy"
        unique_together = (("market", "effective_from"),)


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
