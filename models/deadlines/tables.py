"""Table of deadlines: what becomes due when, one table for all kinds."""

from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.ids import new_id


class Deadline(Model):
    """One thing that becomes due once; `outcome` is the verdict, or what made it moot."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharField(max_length=30)  # registered in models.deadlines.registry
    subject = fields.UUIDField()
    ordinal = fields.IntField(default=0)
    due_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "deadline"
        constraints = (
            UniqueConstraint(fields=("subject", "kind", "ordinal"), name="deadline_once_per_subject"),
        )
