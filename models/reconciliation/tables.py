"""The runs of the reconciliation, so that the next one knows what it has to look at."""

from tortoise import fields
from tortoise.models import Model


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
