"""Tables of the double-entry ledger and the balances.

Postings are immutable: triggers refuse changes, groups whose sum is not zero, and postings without a group.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.base.ids import new_id

# Prefixes of business keys whose subject is an application, and of those whose subject is a delivery.
OF_APPLICATIONS = ("hold", "capture", "release", "refund")
OF_DELIVERIES = ("charge", "remedy")


def has_key(group: str, key: str) -> str:
    """Return the condition that a row of `posting_group` has a business key, in SQL, as it is indexed."""
    return f"leadgate_key({group}.business_key) = leadgate_key({key})"


class LedgerUnit(StrEnum):
    """What is counted; units never mix."""

    POINTS = "POINTS"
    EUR_CENTS = "EUR_CENTS"


class LedgerKind(StrEnum):
    """What a posting group is about."""

    PURCHASE = "PURCHASE"
    HOLD = "HOLD"
    CAPTURE = "CAPTURE"
    RELEASE = "RELEASE"
    REFUND = "REFUND"
    SMS_CHARGE = "SMS_CHARGE"
    ENRICHMENT_CHARGE = "ENRICHMENT_CHARGE"
    ADJUSTMENT = "ADJUSTMENT"


class Book(StrEnum):
    """Where a posting stands: AVAILABLE, HOLD and OWED are an account's, the others the marketplace's."""

    AVAILABLE = "AVAILABLE"
    HOLD = "HOLD"
    OWED = "OWED"  # what is invoiced; below zero
    ISSUED = "ISSUED"
    REVENUE = "REVENUE"


class Balance(Model):
    """What an account has, or owes (below zero), in one unit; narrow, because every movement locks it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "models.Account", related_name="balances", on_delete=OnDelete.RESTRICT
    )
    unit = TextEnumField(LedgerUnit, max_length=20)
    available = fields.BigIntField(default=0)
    on_hold = fields.BigIntField(default=0)
    owed = fields.BigIntField(default=0, db_default=0)
    movements = fields.BigIntField(default=0)

    class Meta:
        table = "balance"
        constraints = (
            UniqueConstraint(fields=("account_id", "unit"), name="balance_once_per_unit"),
            CheckConstraint(check="available >= 0", name="balance_available_not_negative"),
            CheckConstraint(check="on_hold >= 0", name="balance_on_hold_not_negative"),
            CheckConstraint(check="owed <= 0", name="balance_owed_not_positive"),
        )


class PostingGroup(Model):
    """One movement; its business key (`refund:<application>`) is unique for ever."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    business_key = fields.CharField(max_length=120)  # unique by an index of 16 bytes of its hash
    kind = TextEnumField(LedgerKind, max_length=30)
    account: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "models.Account", related_name="posting_groups", on_delete=OnDelete.RESTRICT
    )
    unit = TextEnumField(LedgerUnit, max_length=20)
    subject = fields.UUIDField(null=True)
    decision_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    # The account's count of movements in this unit: gapless, in the order of the balances.
    ordinal = fields.BigIntField()
    available_after = fields.BigIntField()
    on_hold_after = fields.BigIntField()
    owed_after = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "posting_group"
        constraints = (
            UniqueConstraint(fields=("account_id", "unit", "ordinal"), name="posting_group_in_order"),
        )


class Posting(Model):
    """One leg of a group, in the group's unit."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    # Groups are never removed: the trigger that sums them up also asks whether they exist.
    group: fields.ForeignKeyRelation[PostingGroup] = fields.ForeignKeyField(
        "models.PostingGroup", related_name="postings", on_delete=OnDelete.RESTRICT, db_constraint=False
    )
    book = TextEnumField(Book, max_length=20)
    amount = fields.BigIntField()

    class Meta:
        table = "posting"
        constraints = (UniqueConstraint(fields=("group_id", "book"), name="posting_once_per_book"),)
