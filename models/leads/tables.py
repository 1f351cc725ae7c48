"""Tables of leads (public) and the contact data behind them (visible only by `rules.visibility`)."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import TSVectorField
from tortoise.contrib.postgres.indexes import GinIndex
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Prospect, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.contact_data.channel import Channel
from models.policies.tables import Market


class LeadSource(StrEnum):
    """Where a lead came from (S3.11); what is none of these is OTHER, with its text beside it."""

    CHAT = "CHAT"
    ORDER = "ORDER"
    REGISTRATION = "REGISTRATION"
    FREE_MATERIAL = "FREE_MATERIAL"
    REVIEW = "REVIEW"
    CALCULATOR = "CALCULATOR"
    CONTEST = "CONTEST"
    COUPON = "COUPON"
    WEBINAR = "WEBINAR"
    AGGREGATOR = "AGGREGATOR"
    NEWSLETTER = "NEWSLETTER"
    OPPORTUNITY = "OPPORTUNITY"
    OTHER = "OTHER"


class Lead(Model):
    """A prospect's need: what everybody may read."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    market: fields.ForeignKeyRelation[Market] = fields.ForeignKeyField(
        "models.Market", related_name="leads", on_delete=OnDelete.RESTRICT
    )
    prospect: fields.ForeignKeyRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="leads", on_delete=OnDelete.RESTRICT
    )
    title = fields.CharField(max_length=200)
    brief = fields.TextField()
    category = fields.CharField(max_length=100)
    city = fields.CharField(max_length=100, null=True)
    country = fields.CharField(max_length=2)
    budget_min = fields.BigIntField(null=True)
    budget_max = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3)
    source = TextEnumField(LeadSource, max_length=30)
    source_text = fields.CharField(max_length=200, null=True)
    fee = fields.IntField()
    published_at = fields.DatetimeField()
    closes_at = fields.DatetimeField(null=True)
    # A hash of who and what was imported: the same row of a file creates one lead in a market, ever.
    identity_key = fields.CharField(max_length=64, null=True)
    search = TSVectorField(source_fields=("title", "brief", "category", "city"), config="simple", null=True)

    class Meta:
        table = "lead"
        indexes = (
            Index(fields=("prospect_id", "published_at")),
            GinIndex(fields=("search",), name="lead_search"),
        )
        constraints = (
            UniqueConstraint(fields=("market_id", "identity_key"), name="lead_imported_once"),
            CheckConstraint(check="fee >= 0", name="lead_fee_not_negative"),
            CheckConstraint(check="budget_min <= budget_max", name="lead_budget_in_order"),
        )


class Contact(Model):
    """The contact data behind one lead; read only through a view that has decided on it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    lead: fields.OneToOneRelation[Lead] = fields.OneToOneField(
        "models.Lead", related_name="contact", on_delete=OnDelete.CASCADE
    )
    full_name = fields.CharField(max_length=200)
    organisation = fields.CharField(max_length=200, null=True)
    email = fields.CharField(max_length=254, null=True)
    phone = fields.CharField(max_length=20, null=True)
    phone_extension = fields.CharField(max_length=20, null=True)
    other_emails = fields.JSONField[list[str]](default=list)
    other_phones = fields.JSONField[list[dict[str, str | None]]](default=list)
    address = fields.JSONField[dict[str, str | None]](null=True)
    registration_number = fields.CharField(max_length=50, null=True)
    linkedin_url = fields.CharField(max_length=500, null=True)
    meeting_url = fields.CharField(max_length=500, null=True)
    preferred_channel = TextEnumField(Channel, max_length=20)
    preferred_given = fields.BooleanField(default=False)  # or filled by the default of an imported file
    time_zone = fields.CharField(max_length=64)
    time_zone_given = fields.BooleanField(default=False)  # or derived from the number or the country

    class Meta:
        table = "contact"


class ContactAccess(Model):
    """An operator's look at the contact data of a lead: who, which, when."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="contact_accesses", on_delete=OnDelete.RESTRICT
    )
    lead: fields.ForeignKeyRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="contact_accesses", on_delete=OnDelete.CASCADE
    )
    at = fields.DatetimeField()
    request_id = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "contact_access"
        indexes = (Index(fields=("lead_id", "at")),)
