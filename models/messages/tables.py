"""Tables of sending: dispatches, attempts, suppressed addresses, preferences, links, calendars.

A dispatch stores whom it is for, never the address, which is read when it is sent. An attempt stores words of
ours and numeric codes, never a provider's text, because that may quote an address.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Prospect, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.feed.kinds import NotificationGroup
from models.feed.outbox import OutboxMessage
from models.messages.calendar.document import Method
from models.messages.devices.tables import Device
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome


class DispatchState(StrEnum):
    """How far a dispatch has come; a trigger allows no other steps than those of `models.messages`."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    SENT = "SENT"
    UNCERTAIN = "UNCERTAIN"
    DEAD = "DEAD"
    SUPPRESSED = "SUPPRESSED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class DispatchReceipt(StrEnum):
    """What was reported about a message after it was accepted."""

    DELIVERED = "DELIVERED"
    DELAYED = "DELAYED"
    BOUNCED = "BOUNCED"
    REPORTED_AS_ABUSE = "REPORTED_AS_ABUSE"


class SuppressionReason(StrEnum):
    """Why an address is not written to."""

    HARD_BOUNCE = "HARD_BOUNCE"
    SOFT_BOUNCE = "SOFT_BOUNCE"  # until an instant
    ABUSE_REPORT = "ABUSE_REPORT"


class LinkPurpose(StrEnum):
    """What a link in a letter does; its subject depends on it."""

    ANSWER = "ANSWER"  # of the prospect; the subject is the application
    INVITATION = "INVITATION"  # of a user without a password; the subject is the employee


class Dispatch(Model):
    """One message to one addressee on one channel; exactly one of the columns of addressees is set."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    message: fields.ForeignKeyRelation[OutboxMessage] = fields.ForeignKeyField(
        "models.OutboxMessage", related_name="dispatches", on_delete=OnDelete.RESTRICT
    )
    channel = TextEnumField(DispatchChannel, max_length=10)
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="dispatches", null=True, on_delete=OnDelete.RESTRICT
    )
    # The contact of this lead, whose prospect has no user.
    lead: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.Lead", related_name="dispatches", null=True, on_delete=OnDelete.RESTRICT
    )
    # The device that a push message goes to; whose it is follows from it.
    device: fields.ForeignKeyNullableRelation[Device] = fields.ForeignKeyField(
        "models.Device", related_name="dispatches", null=True, on_delete=OnDelete.RESTRICT
    )
    endpoint: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.WebhookEndpoint", related_name="dispatches", null=True, on_delete=OnDelete.RESTRICT
    )
    # The employee of a company that a call was for; `copy` is 0 for the employee, 1 for the first further
    # recipient, and so on.
    employee: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.Employee", related_name="dispatches", null=True, on_delete=OnDelete.RESTRICT
    )
    copy = fields.SmallIntField(null=True)
    state = TextEnumField(DispatchState, max_length=20, default=DispatchState.WAITING)
    version = fields.IntField(default=1)
    due_at = fields.DatetimeField()
    claim = fields.UUIDField(null=True)
    # Keyed hash of the address of the last attempt: a late report is about it, not about a newer one.
    address_key = fields.CharField(max_length=64, null=True)
    lease_until = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    first_attempt_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)
    provider_reference = fields.CharField(max_length=200, null=True)
    receipt = TextEnumField(DispatchReceipt, max_length=20, null=True)
    receipt_at = fields.DatetimeField(null=True)
    decision_id = fields.UUIDField(null=True)
    retry_decision_id = fields.UUIDField(null=True)
    cost_cents = fields.IntField(null=True)
    comment = fields.CharField(max_length=500, null=True)  # of the operator who settled or cancelled it

    class Meta:
        table = "dispatch"
        indexes = (Index(fields=("user_id", "id")),)
        constraints = (
            UniqueConstraint(fields=("message_id", "channel", "user_id"), name="dispatch_once_per_user"),
            UniqueConstraint(fields=("message_id", "channel", "lead_id"), name="dispatch_once_per_lead"),
            UniqueConstraint(fields=("message_id", "channel", "device_id"), name="dispatch_once_per_device"),
            UniqueConstraint(
                fields=("message_id", "channel", "endpoint_id"), name="dispatch_once_per_endpoint"
            ),
            UniqueConstraint(
                fields=("message_id", "channel", "employee_id", "copy"), name="dispatch_once_per_employee"
            ),
            CheckConstraint(
                check="num_nonnulls(user_id, lead_id, device_id, endpoint_id, employee_id) = 1",
                name="dispatch_one_addressee",
            ),
            CheckConstraint(
                check="(employee_id IS NULL) = (copy IS NULL)", name="dispatch_employee_with_copy"
            ),
            CheckConstraint(
                check="(state = 'SENDING') = (claim IS NOT NULL)", name="dispatch_claimed_while_sending"
            ),
        )


class DispatchAttempt(Model):
    """One conversation with a provider; without an end while it lasts, or after its worker was killed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    dispatch: fields.ForeignKeyRelation[Dispatch] = fields.ForeignKeyField(
        "models.Dispatch", related_name="tries", on_delete=OnDelete.CASCADE
    )
    number = fields.IntField()
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    outcome = TextEnumField(DispatchOutcome, max_length=20, null=True)
    code = fields.CharField(max_length=40, null=True)
    detail = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "dispatch_attempt"
        constraints = (UniqueConstraint(fields=("dispatch_id", "number"), name="dispatch_attempt_once"),)


class Suppression(Model):
    """An address (its keyed hash) that is not written to on a channel, until an instant or until lifted."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    channel = TextEnumField(DispatchChannel, max_length=10)
    address_key = fields.CharField(max_length=64)
    reason = TextEnumField(SuppressionReason, max_length=20)
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    dispatch: fields.ForeignKeyNullableRelation[Dispatch] = fields.ForeignKeyField(
        "models.Dispatch", related_name="suppressions", null=True, on_delete=OnDelete.SET_NULL
    )
    lifted_at = fields.DatetimeField(null=True)
    lifted_by = fields.UUIDField(null=True)
    lift_reason = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "suppression"
        indexes = (Index(fields=("channel", "address_key")),)


class NotificationPreference(Model):
    """Whether a user wants the optional messages of a group on a channel; without a row, they do."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="preferences", on_delete=OnDelete.CASCADE
    )
    grouping = TextEnumField(NotificationGroup, max_length=20)
    channel = TextEnumField(DispatchChannel, max_length=10)
    is_on = fields.BooleanField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "notification_preference"
        constraints = (
            UniqueConstraint(fields=("user_id", "grouping", "channel"), name="notification_preference_once"),
        )


class CalendarEvent(Model):
    """The version of an application's calendar event that was last composed for sending, if any.

    `fingerprint` is a keyed hash of what recipients see. The row is locked while a version is composed.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    application: fields.OneToOneRelation[Model] = fields.OneToOneField(
        "models.Application", related_name="calendar_event", on_delete=OnDelete.CASCADE
    )
    sequence = fields.IntField(null=True)
    fingerprint = fields.CharField(max_length=64, null=True)
    method = TextEnumField(Method, max_length=10, null=True)
    changed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "calendar_event"
        constraints = (
            CheckConstraint(
                check="num_nulls(sequence, fingerprint, method, changed_at) IN (0, 4)",
                name="calendar_event_whole",
            ),
        )


class CalendarFeed(Model):
    """The calendar that a user subscribes to; the token in its address is stored as a hash only.

    A user has one at most: a new address replaces the old one.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.OneToOneRelation[User] = fields.OneToOneField(
        "models.User", related_name="calendar_feed", on_delete=OnDelete.CASCADE
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    last_read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "calendar_feed"


class MailLink(Model):
    """A link in a letter that does something; its token is stored as a hash only.

    It is the prospect's, or a user's; a link of a prospect's user has both.
    """

    token_hash = fields.CharField(max_length=64, primary_key=True)
    purpose = TextEnumField(LinkPurpose, max_length=30)
    subject = fields.UUIDField()
    prospect: fields.ForeignKeyNullableRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="mail_links", null=True, on_delete=OnDelete.CASCADE
    )
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="mail_links", null=True, on_delete=OnDelete.CASCADE
    )
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    used_for = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "mail_link"
        indexes = (Index(fields=("expires_at",)),)
        constraints = (
            CheckConstraint(check="num_nonnulls(prospect_id, user_id) > 0", name="mail_link_is_somebodys"),
        )
