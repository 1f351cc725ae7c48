"""Table of devices that get push messages."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.base.fields import TextEnumField
from models.base.ids import new_id


class DeviceKind(StrEnum):
    """How a device is reached."""

    WEB = "WEB"
    FCM = "FCM"
    APNS = "APNS"


class Device(Model):
    """A browser that gets a user's push messages, for as long as the session that registered it lasts.

    Its address and keys are sealed together; the address is found by its keyed hash. Both are deleted when
    the device is removed: then the row remains for its dispatches only.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="devices", on_delete=OnDelete.CASCADE
    )
    session_id = fields.UUIDField(null=True)  # none for a token of an external issuer
    kind = TextEnumField(DeviceKind, max_length=10)
    name = fields.CharField(max_length=100)
    address_key = fields.CharField(max_length=64, null=True, unique=True)
    sealed = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()
    last_accepted_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "device"
        indexes = (Index(fields=("user_id", "id")),)
        constraints = (
            CheckConstraint(
                check="num_nulls(address_key, sealed) = CASE WHEN removed_at IS NULL THEN 0 ELSE 2 END",
                name="device_forgotten_when_removed",
            ),
        )


# Signing out, a new password and the end of the session's lifetime stop a device's messages.
LIVE = """(device.removed_at IS NULL AND (device.session_id IS NULL OR EXISTS (
        SELECT FROM refresh_token AS head WHERE head.id = device.session_id AND head.family = head.id
          AND head.revoked_at IS NULL)))"""
REMOVE = "removed_at = leadgate_clock(), address_key = NULL, sealed = NULL, name = ''"
