"""Owns offers: leads that can be bought or delivered at once, and how many places each has, as stored.

It must not count twice: a check keeps the places sold within the cap.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.base.ids import new_id
from models.leads.tables import Lead
from rules.visibility import DeliveryKind


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
    kind = fields.CharEnumField(DeliveryKind, max_length=20)
    mode = fields.CharEnumField(OfferMode, max_length=20)
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
