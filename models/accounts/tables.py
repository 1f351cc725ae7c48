"""Tables of accounts (vendors), prospects, users and what they sign in with.

Tokens and passwords are stored as hashes only. Contact data of a lead is in `models.leads.tables.Contact`.
"""

from uuid import UUID

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.base.role import Role
from models.policies.tables import Market
from rules.plan import Plan


class Account(Model):
    """A company that wants leads."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=200)
    plan = TextEnumField(Plan, max_length=20, default=Plan.FREE)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "account"


class Prospect(Model):
    """Who published leads; without a user when the lead was imported."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    created_at = fields.DatetimeField(auto_now_add=True)
    erased_at = fields.DatetimeField(null=True)

    class Meta:
        table = "prospect"


class User(Model):
    """Somebody who signs in; the links and switches below give the roles."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    email = fields.CharField(max_length=254, unique=True)
    password_hash = fields.CharField(max_length=200, null=True)
    name = fields.CharField(max_length=200)
    locale = fields.CharField(max_length=10, default="en")
    time_zone = fields.CharField(max_length=64, default="UTC")
    mobile = fields.CharField(max_length=16, null=True)  # E.164; for text messages
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="users", null=True, on_delete=OnDelete.RESTRICT
    )
    account_role = TextEnumField(Role, max_length=20, null=True)
    prospect: fields.ForeignKeyNullableRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="users", null=True, on_delete=OnDelete.RESTRICT
    )
    agent = fields.BooleanField(default=False)
    operator = fields.BooleanField(default=False)
    home_market: fields.ForeignKeyNullableRelation[Market] = fields.ForeignKeyField(
        "models.Market", related_name="users", null=True, on_delete=OnDelete.RESTRICT
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    disabled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "users"
        constraints = (
            CheckConstraint(
                check="(account_id IS NULL) = (account_role IS NULL)", name="users_account_needs_a_role"
            ),
            CheckConstraint(
                check="account_role IN ('OWNER', 'MEMBER', 'EMPLOYEE')", name="users_account_role_known"
            ),
            CheckConstraint(check="email = lower(email)", name="users_email_lower"),
            # A vendor's user, a prospect, an agent or an operator: whoever is two of them has two users.
            CheckConstraint(
                check="num_nonnulls(account_id, prospect_id) + agent::int + operator::int <= 1",
                name="users_one_hat",
            ),
        )


class ExternalIdentity(Model):
    """A user as an external issuer knows it (OpenID Connect: `iss` and `sub`)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    issuer = fields.CharField(max_length=255)
    subject = fields.CharField(max_length=255)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="identities", on_delete=OnDelete.CASCADE
    )

    user_id: UUID

    class Meta:
        table = "external_identity"
        constraints = (UniqueConstraint(fields=("issuer", "subject"), name="external_identity_once"),)


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
