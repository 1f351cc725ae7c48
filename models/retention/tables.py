"""How far rows were removed by age, so that others know what they can no longer expect."""

from tortoise import fields
from tortoise.models import Model


class RemovedRows(Model):
    """How far rows of one kind were removed by age.

    What ended before `before` may be missing; `position` is where an unfinished removal goes on, if one is.
    """

    what = fields.CharField(primary_key=True, max_length=40)
    before = fields.DatetimeField()
    position = fields.UUIDField(null=True)

    class Meta:
        table = "removed_rows"
