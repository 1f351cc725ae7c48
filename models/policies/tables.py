"""Tables of markets, the versions of their policies, the log of every decision that changed something, and
trials of drafts on this log.

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


class PolicyTrial(Model):
    """A trial of a draft: `position_at` and `position_id` are the last decision that it has decided anew.

    `lines` has the numbers of each ruleset, `total` is NULL until it is counted, `seen` includes decisions
    that a sample leaves out.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    market: fields.ForeignKeyRelation[Market] = fields.ForeignKeyField(
        "models.Market", related_name="trials", on_delete=OnDelete.RESTRICT
    )
    parameters = fields.JSONField[dict[str, object]]()
    since = fields.DatetimeField()
    until = fields.DatetimeField()
    sample = fields.IntField(null=True)
    asked_by_id = fields.UUIDField()
    asked_at = fields.DatetimeField()
    total = fields.BigIntField(null=True)
    seen = fields.BigIntField(default=0)
    progress = fields.BigIntField(default=0)
    position_at = fields.DatetimeField(null=True)
    position_id = fields.UUIDField(null=True)
    lines = fields.JSONField[dict[str, object]](default=dict)
    examples = fields.IntField(default=0)
    failures = fields.SmallIntField(default=0)
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "policy_trial"


class PolicyTrialExample(Model):
    """A decision that would have another verdict, the `ordinal`-th of its trial, and what it would be."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    trial: fields.ForeignKeyRelation[PolicyTrial] = fields.ForeignKeyField(
        "models.PolicyTrial", related_name="kept_examples", on_delete=OnDelete.CASCADE
    )
    ordinal = fields.IntField()
    decision_id = fields.UUIDField()
    decided = fields.JSONField[dict[str, object]]()

    class Meta:
        table = "policy_trial_example"
        unique_together = (("trial", "ordinal"),)
