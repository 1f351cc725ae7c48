"""Owns what is stored about signing in: refresh tokens, as hashes only, counted failures, known networks.

It must not hold a token or a password in the clear.
"""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.base.ids import new_id


class RefreshToken(Model):
    """One link of a family of rotating refresh tokens; a replayed link ends the family."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    family = fields.UUIDField()
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="refresh_tokens", on_delete=OnDelete.CASCADE
    )
    token_hash = fields.BinaryField()
    issued_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refresh_token"
        indexes = (Index(fields=("family",)), Index(fields=("token_hash",)))


class SignInFailures(Model):
    """Failed tries of one key in one window: the keyed hash of an e-mail address, a client, or of both."""

    key = fields.CharField(max_length=80, primary_key=True)
    failures = fields.IntField()
    window_ends_at = fields.DatetimeField()
    not_before = fields.DatetimeField(null=True)  # of keys whose tries are delayed

    class Meta:
        table = "sign_in_failures"


class SignInNetwork(Model):
    """A network (its keyed hash) from which a user has signed in: their own tries are counted apart there."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="sign_in_networks", on_delete=OnDelete.CASCADE
    )
    network = fields.CharField(max_length=64)
    used_at = fields.DatetimeField()

    class Meta:
        table = "sign_in_network"
        constraints = (UniqueConstraint(fields=("user_id", "network"), name="sign_in_network_once"),)
        indexes = (Index(fields=("used_at",)),)
