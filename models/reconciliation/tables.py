"""The runs of the reconciliation, so that the next one knows what it has to look at, with what they found."""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.models import Model

from models.base.ids import new_id


class ReconciliationRun(Model):
    """One run. Rows written after its beginning have ids after its own.

    `night` is the share of the accounts that it looked at, NULL for all of them.
    """

    id = fields.UUIDField(primary_key=True)
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField()
    night = fields.SmallIntField(null=True)
    findings = fields.IntField()

    class Meta:
        table = "reconciliation_run"


class ReconciliationFindingRow(Model):
    """A finding in the report of a run: the first of each check, without contact data."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    run: fields.ForeignKeyRelation[ReconciliationRun] = fields.ForeignKeyField(
        "models.ReconciliationRun", related_name="reported", on_delete=OnDelete.CASCADE
    )
    ordinal = fields.IntField()
    check_name = fields.CharField(max_length=60)
    subject = fields.CharField(max_length=120)
    message = fields.CharField(max_length=1000)

    class Meta:
        table = "reconciliation_finding"
        unique_together = (("run", "ordinal"),)
