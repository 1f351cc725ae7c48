"""Owns the answers already given to idempotency keys, as stored.

It must not outlive its purpose: the key is a client's, scoped to its account or user and to one operation.
"""

from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.base.ids import new_id


class IdempotencyRecord(Model):
    """The first answer to a key: the id that the operation gave back, and a hash of its input."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    scope = fields.UUIDField()
    operation = fields.CharField(max_length=60)
    key = fields.CharField(max_length=200)
    input_hash = fields.BinaryField()
    result = fields.UUIDField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency"
        constraints = (UniqueConstraint(fields=("scope", "operation", "key"), name="idempotency_key_once"),)
