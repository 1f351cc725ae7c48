"""Tables of complaints, their items, evidence, remedies and messages."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.deliveries.tables import Delivery
from models.files.tables import StoredFile
from models.policies.tables import PolicyVersion
from rules.complaint import ComplaintReason, ComplaintVerdict


class Remedy(StrEnum):
    """What an accepted item gets (S5.11)."""

    REPLACEMENT = "REPLACEMENT"
    POINTS = "POINTS"


class EvidenceCheck(StrEnum):
    """What looked at an item without a person."""

    NUMBERING_PLAN = "NUMBERING_PLAN"
    MAIL_DOMAIN = "MAIL_DOMAIN"
    BUSINESS_REGISTER = "BUSINESS_REGISTER"
    OWN_CALLS = "OWN_CALLS"
    CONSENT_PROOF = "CONSENT_PROOF"


class Speaks(StrEnum):
    """Which way a piece of evidence points."""

    FOR = "FOR"
    AGAINST = "AGAINST"
    NEITHER = "NEITHER"


class Complaint(Model):
    """A vendor's claim that delivered contacts are faulty."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    number = fields.CharField(max_length=20, unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="complaints", on_delete=OnDelete.RESTRICT
    )
    policy: fields.ForeignKeyRelation[PolicyVersion] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="complaints", on_delete=OnDelete.RESTRICT
    )
    submitted_at = fields.DatetimeField()
    submitted_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="complaints", on_delete=OnDelete.RESTRICT
    )
    # Exclusive deadline (S5.9); from then on the complaint is OVERDUE until it is decided.
    decide_by = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)
    escalated_at = fields.DatetimeField(null=True)
    file: fields.ForeignKeyNullableRelation[StoredFile] = fields.ForeignKeyField(
        "models.StoredFile", related_name="complaints", null=True, on_delete=OnDelete.RESTRICT
    )
    answer_file: fields.ForeignKeyNullableRelation[StoredFile] = fields.ForeignKeyField(
        "models.StoredFile", related_name="answered_complaints", null=True, on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "complaint"
        indexes = (Index(fields=("account_id", "submitted_at", "id")), Index(fields=("decide_by", "id")))


class ComplaintItem(Model):
    """One delivery of a complaint, decided alone."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    complaint: fields.ForeignKeyRelation[Complaint] = fields.ForeignKeyField(
        "models.Complaint", related_name="items", on_delete=OnDelete.RESTRICT
    )
    row = fields.IntField(null=True)
    delivery: fields.ForeignKeyRelation[Delivery] = fields.ForeignKeyField(
        "models.Delivery", related_name="complaint_items", on_delete=OnDelete.RESTRICT
    )
    reason = TextEnumField(ComplaintReason, max_length=40)
    explanation = fields.TextField()
    verdict = TextEnumField(ComplaintVerdict, max_length=20)
    decision_id = fields.UUIDField()
    comment = fields.TextField(null=True)
    decided_at = fields.DatetimeField(null=True)
    decided_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="decided_items", null=True, on_delete=OnDelete.RESTRICT
    )
    override_reason = fields.TextField(null=True)

    class Meta:
        table = "complaint_item"
        indexes = (Index(fields=("delivery_id",)),)
        constraints = (
            UniqueConstraint(fields=("complaint_id", "delivery_id"), name="complaint_item_once"),
            CheckConstraint(
                check="(verdict = 'UNDER_REVIEW') = (decided_at IS NULL)", name="complaint_item_decided"
            ),
        )


class Evidence(Model):
    """What one check found about one item; `confidence` in percent, `detail` a code without contact data."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    item: fields.ForeignKeyRelation[ComplaintItem] = fields.ForeignKeyField(
        "models.ComplaintItem", related_name="evidence", on_delete=OnDelete.CASCADE
    )
    check = TextEnumField(EvidenceCheck, max_length=40)
    source = fields.CharField(max_length=100)
    at = fields.DatetimeField()
    speaks = TextEnumField(Speaks, max_length=20)
    conclusive = fields.BooleanField()
    confidence = fields.IntField()
    detail = fields.CharField(max_length=80)

    class Meta:
        table = "evidence"
        indexes = (Index(fields=("item_id",)),)
        constraints = (
            CheckConstraint(check="confidence BETWEEN 0 AND 100", name="evidence_confidence_is_percent"),
        )


class RemedyRecord(Model):
    """The one remedy that a delivery can ever have; without `settled_at` it waits for a replacement."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    delivery: fields.OneToOneRelation[Delivery] = fields.OneToOneField(
        "models.Delivery", related_name="remedy", on_delete=OnDelete.RESTRICT
    )
    item: fields.OneToOneRelation[ComplaintItem] = fields.OneToOneField(
        "models.ComplaintItem", related_name="remedy", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(Remedy, max_length=20)
    granted_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    points = fields.IntField(default=0)
    replacement: fields.OneToOneNullableRelation[Delivery] = fields.OneToOneField(
        "models.Delivery", related_name="replaces", null=True, on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "remedy"
        indexes = (Index(fields=("settled_at", "granted_at")),)


class ComplaintMessage(Model):
    """One message of the thread about a complaint (S5.12)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    complaint: fields.ForeignKeyRelation[Complaint] = fields.ForeignKeyField(
        "models.Complaint", related_name="messages", on_delete=OnDelete.RESTRICT
    )
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="complaint_messages", on_delete=OnDelete.RESTRICT
    )
    from_operator = fields.BooleanField()
    text = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "complaint_message"
        indexes = (Index(fields=("complaint_id", "at", "id")),)
