"""Tables of webhooks: endpoints, how far each has read the feeds, and replays."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.policies.tables import PolicyVersion


class WebhookState(StrEnum):
    """Whether events are sent to an endpoint."""

    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class WebhookEndpoint(Model):
    """An address that events are sent to: of an account its own, of the marketplace (no account) all.

    The secrets are sealed for the endpoint's id; a deleted endpoint has none. `failing_since` is the first
    failure since the last success. While failures are watched, a deadline WEBHOOK_DISABLE is pending, by the
    policy `watch_policy`; `recovered_at` is when the failures that it watches ended. A disabled endpoint
    without a decision was disabled by a person.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="webhook_endpoints", null=True, on_delete=OnDelete.RESTRICT
    )
    url = fields.CharField(max_length=2000)
    events = fields.JSONField[list[str]]()
    state = TextEnumField(WebhookState, max_length=10, default=WebhookState.ACTIVE)
    disabled_decision_id = fields.UUIDField(null=True)
    secret = fields.BinaryField(null=True)
    previous_secret = fields.BinaryField(null=True)
    rotates_until = fields.DatetimeField(null=True)
    failing_since = fields.DatetimeField(null=True)
    watched_since = fields.DatetimeField(null=True)
    watch_policy: fields.ForeignKeyNullableRelation[PolicyVersion] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="watched_endpoints", null=True, on_delete=OnDelete.RESTRICT
    )
    watches = fields.IntField(default=0)  # the ordinal of the next deadline
    recovered_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_endpoint"
        indexes = (Index(fields=("account_id", "id")),)
        constraints = (
            CheckConstraint(
                check="(deleted_at IS NULL) = (secret IS NOT NULL)", name="webhook_endpoint_secret"
            ),
            CheckConstraint(
                check="num_nulls(watched_since, watch_policy_id) IN (0, 2)", name="webhook_endpoint_watch"
            ),
        )


class WebhookPosition(Model):
    """The last event of a feed that an endpoint's dispatches were made of; without a row, none."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    endpoint: fields.ForeignKeyRelation[WebhookEndpoint] = fields.ForeignKeyField(
        "models.WebhookEndpoint", related_name="positions", on_delete=OnDelete.CASCADE
    )
    recipient = fields.UUIDField()
    seq = fields.BigIntField()

    class Meta:
        table = "webhook_position"
        constraints = (UniqueConstraint(fields=("endpoint_id", "recipient"), name="webhook_position_once"),)


class WebhookReplay(Model):
    """A replay that was asked for, and the number of its events."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    endpoint: fields.ForeignKeyRelation[WebhookEndpoint] = fields.ForeignKeyField(
        "models.WebhookEndpoint", related_name="replays", on_delete=OnDelete.RESTRICT
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="replays", on_delete=OnDelete.RESTRICT
    )
    events = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "webhook_replay"
