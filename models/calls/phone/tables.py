"""Tables of telephone systems: the systems, their users, their events, and by which ids they know calls."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.calls.call_tables import Call
from models.calls.merge import FactKind
from models.calls.phone.drivers import PhoneDriver


class PhoneEventResult(StrEnum):
    """What became of an event."""

    APPLIED = "APPLIED"
    DUPLICATE = "DUPLICATE"  # it said nothing that was not known
    UNASSIGNED = "UNASSIGNED"  # it is about a number that no company has
    IGNORED = "IGNORED"  # it is about a call that was forgotten, or by an id that another call has


class PhoneSystem(Model):
    """A telephone system that reports to `/phone/{id}`.

    What verifies its requests is sealed for the system's id; a deleted one has none. `public_url` is the
    address that the provider signs, where it is another one than ours.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    name = fields.CharField(max_length=100)
    driver = TextEnumField(PhoneDriver, max_length=10)
    region = fields.CharField(max_length=2)  # whose national numbers it writes
    secret = fields.BinaryField(null=True)
    previous_secret = fields.BinaryField(null=True)
    rotates_until = fields.DatetimeField(null=True)
    public_url = fields.CharField(max_length=2000, null=True)
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "phone_system"
        constraints = (
            CheckConstraint(check="(deleted_at IS NULL) = (secret IS NOT NULL)", name="phone_system_secret"),
        )


class PhoneUser(Model):
    """Which agent a user of a telephone system is."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    system: fields.ForeignKeyRelation[PhoneSystem] = fields.ForeignKeyField(
        "models.PhoneSystem", related_name="users", on_delete=OnDelete.CASCADE
    )
    key = fields.CharField(max_length=200)  # the system's id or name of the user
    agent: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="phone_users", on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "phone_user"
        constraints = (UniqueConstraint(fields=("system_id", "key"), name="phone_user_once"),)


class PhoneEvent(Model):
    """An event that a telephone system sent, without numbers of callers; kept for 30 days.

    `sha256` is of the request's body, and `detail` says why an event was not applied; both are emptied when
    the call is forgotten.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    system: fields.ForeignKeyRelation[PhoneSystem] = fields.ForeignKeyField(
        "models.PhoneSystem", related_name="events", on_delete=OnDelete.RESTRICT
    )
    event_key = fields.CharField(max_length=200)  # the provider's id, or the call, leg and kind
    kind = TextEnumField(FactKind, max_length=14)
    at = fields.DatetimeField()
    received_at = fields.DatetimeField()
    sha256 = fields.BinaryField(null=True)
    call: fields.ForeignKeyNullableRelation[Call] = fields.ForeignKeyField(
        "models.Call", related_name="phone_events", null=True, on_delete=OnDelete.RESTRICT
    )
    result = TextEnumField(PhoneEventResult, max_length=10)
    detail = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "phone_event"
        indexes = (
            Index(fields=("system_id", "id")),
            Index(fields=("call_id",)),
            Index(fields=("received_at",)),
        )
        constraints = (UniqueConstraint(fields=("system_id", "event_key"), name="phone_event_once"),)


class PhoneCallKey(Model):
    """An id by which a telephone system knows a call, as SHA-256: it is known after the call is forgotten."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    system: fields.ForeignKeyRelation[PhoneSystem] = fields.ForeignKeyField(
        "models.PhoneSystem", related_name="call_keys", on_delete=OnDelete.RESTRICT
    )
    key_hash = fields.BinaryField()
    call: fields.ForeignKeyRelation[Call] = fields.ForeignKeyField(
        "models.Call", related_name="phone_keys", on_delete=OnDelete.CASCADE
    )
    made_at = fields.DatetimeField()

    class Meta:
        table = "phone_call_key"
        indexes = (Index(fields=("made_at",)), Index(fields=("call_id",)))
        constraints = (UniqueConstraint(fields=("system_id", "key_hash"), name="phone_call_key_once"),)
