"""Tables of deliveries (since when a vendor holds a lead's contact data) and of offers and their places."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.leads.tables import Lead
from models.policies.tables import PolicyVersion
from rules.visibility import Closed, DeliveryKind


class Delivery(Model):
    """The disclosure of one lead's contact data to one account (GDPR Art. 14(3) starts with it)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="deliveries", on_delete=OnDelete.RESTRICT
    )
    lead: fields.ForeignKeyRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="deliveries", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(DeliveryKind, max_length=20)
    application: fields.OneToOneNullableRelation[Model] = fields.OneToOneField(
        "models.Application", related_name="delivery", null=True, on_delete=OnDelete.RESTRICT
    )
    policy: fields.ForeignKeyRelation[PolicyVersion] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="deliveries", on_delete=OnDelete.RESTRICT
    )
    decision_id = fields.UUIDField()
    received_at = fields.DatetimeField()
    # What it cost; a replacement is worth what the faulty one cost, and was not charged itself.
    points = fields.IntField()
    complaint_until = fields.DatetimeField()
    closed = TextEnumField(Closed, max_length=20, default=Closed.NO)
    closed_at = fields.DatetimeField(null=True)
    # Whether it replaces a faulty delivery (S5.11), so that a policy can limit complaints about replacements.
    replacement = fields.BooleanField(default=False, db_default=False)

    class Meta:
        table = "delivery"
        indexes = (Index(fields=("account_id", "received_at", "id")),)
        constraints = (UniqueConstraint(fields=("lead_id", "account_id"), name="delivery_once_per_account"),)


class OfferMode(StrEnum):
    """To how many vendors a lead goes."""

    EXCLUSIVE = "EXCLUSIVE"
    SHARED = "SHARED"


# How the lead of a delivery was sold, beside its offer if it has one; what the operator gave away is SHARED.
SOLD_AS = "coalesce(offer.mode, 'SHARED')"


class Offer(Model):
    """What a lead costs to have at once, and its places; EXCLUSIVE has one."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    lead: fields.OneToOneRelation[Lead] = fields.OneToOneField(
        "models.Lead", related_name="offer", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(DeliveryKind, max_length=20)
    mode = TextEnumField(OfferMode, max_length=20)
    points = fields.IntField()
    cap = fields.IntField()
    sold = fields.IntField(default=0)
    offered_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "offer"
        constraints = (
            CheckConstraint(check="points >= 0", name="offer_points_not_negative"),
            CheckConstraint(check="sold BETWEEN 0 AND cap", name="offer_sold_within_cap"),
            CheckConstraint(check="mode <> 'EXCLUSIVE' OR cap = 1", name="offer_exclusive_has_one_place"),
            CheckConstraint(check="kind IN ('LEAD_CLUB', 'RECORD')", name="offer_kind_is_sold"),
        )
