"""Tables of applications and of what is recorded about their meetings."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.leads.tables import Lead
from models.policies.tables import PolicyVersion
from rules.refund import MeetingStatement


class Hold(StrEnum):
    """What became of an application's fee: settled once, from HELD."""

    HELD = "HELD"
    CAPTURED = "CAPTURED"
    RELEASED = "RELEASED"


class Side(StrEnum):
    """Who recorded something about a meeting."""

    VENDOR = "VENDOR"
    PROSPECT = "PROSPECT"
    OPERATOR = "OPERATOR"


class MeetingEvidenceKind(StrEnum):
    """What can be recorded about a meeting (readings under S1)."""

    RESCHEDULED = "RESCHEDULED"
    CANCELLED = "CANCELLED"
    TOOK_PLACE = "TOOK_PLACE"
    NO_SHOW = "NO_SHOW"


class Application(Model):
    """A vendor's paid bid for a lead, and the case that follows from it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    lead: fields.ForeignKeyRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="applications", on_delete=OnDelete.RESTRICT
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="applications", on_delete=OnDelete.RESTRICT
    )
    policy: fields.ForeignKeyRelation[PolicyVersion] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="applications", on_delete=OnDelete.RESTRICT
    )
    introduction = fields.TextField()
    # The contact data found in it (`models.contact_data.stored_spans`); NULL if it was not searched.
    introduction_spans = fields.JSONField[dict[str, object]](null=True)
    fee = fields.IntField()
    hold = TextEnumField(Hold, max_length=20, default=Hold.HELD)
    submitted_at = fields.DatetimeField()
    received_at = fields.DatetimeField()
    reviewed_at = fields.DatetimeField(null=True)
    accepted_at = fields.DatetimeField(null=True)
    declined_at = fields.DatetimeField(null=True)
    decline_message = fields.TextField(null=True)
    # When it ended without an answer: the person must not be contacted any more, or was erased.
    ended_at = fields.DatetimeField(null=True)
    revealed_at = fields.DatetimeField(null=True)
    refunded_at = fields.DatetimeField(null=True)
    # The latest time known to both sides; NULL if cancelled in time.
    meeting_at = fields.DatetimeField(null=True)
    proposed_meeting_at = fields.DatetimeField(null=True)
    proposed_by = TextEnumField(Side, max_length=20, null=True)
    statement = TextEnumField(MeetingStatement, max_length=20, default=MeetingStatement.NONE)
    statement_by = TextEnumField(Side, max_length=20, null=True)
    both_joined = fields.BooleanField(default=False)
    call_seconds = fields.IntField(default=0)

    class Meta:
        table = "application"
        indexes = (
            Index(fields=("account_id", "submitted_at", "id")),
            Index(fields=("lead_id", "submitted_at", "id")),
        )
        constraints = (
            UniqueConstraint(fields=("lead_id", "account_id"), name="application_once_per_account"),
            CheckConstraint(check="fee >= 0", name="application_fee_not_negative"),
            CheckConstraint(
                check="ended_at IS NULL OR coalesce(accepted_at, declined_at, revealed_at) IS NULL",
                name="application_ended_unanswered",
            ),
        )


class MeetingRecord(Model):
    """One thing that somebody recorded about a meeting; never changed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    application: fields.ForeignKeyRelation[Application] = fields.ForeignKeyField(
        "models.Application", related_name="meeting_records", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(MeetingEvidenceKind, max_length=20)
    side = TextEnumField(Side, max_length=20)
    meeting_at = fields.DatetimeField(null=True)
    recorded_at = fields.DatetimeField()
    recorded_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="meeting_records", on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "meeting_record"
        indexes = (Index(fields=("application_id", "recorded_at")),)
