"""Owns markets and the versions of their policies, as stored.

It must not read a policy's numbers: `rules.policy` does.
"""

from tortoise import fields
from tortoise.fields import OnDelete
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
