"""Tables of what vendors know of a person's ways: judgements and statements; and how a vendor is reached."""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, Prospect, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.statement_origin import StatementOrigin
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import Medium


class PersonProfile(Model):
    """What a vendor thinks of a person: judgements, which the person is told on request."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="person_profiles", on_delete=OnDelete.RESTRICT
    )
    prospect: fields.ForeignKeyRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="person_profiles", on_delete=OnDelete.RESTRICT
    )
    status = TextEnumField(PersonStatus, max_length=10)
    days = TextEnumField(PersonDays, max_length=20)
    temper = TextEnumField(PersonTemper, max_length=10)
    knows_number = fields.BooleanField(default=False)
    version = fields.IntField(default=1)

    class Meta:
        table = "person_profile"
        constraints = (UniqueConstraint(fields=("prospect", "account"), name="person_profile_once"),)


class ContactStatement(Model):
    """What a person said about being contacted, as a kind; no text is kept.

    Without an account, the person said it to everybody. `act_id` is shared by the statements of one text.
    `whole_house`: it is about the person's company, which is known by the domain of the email address.
    `phrase_id` is the phrase that was found in a text. `until` is the last day of an absence.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    act_id = fields.UUIDField()
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="contact_statements", null=True, on_delete=OnDelete.RESTRICT
    )
    prospect: fields.ForeignKeyRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="contact_statements", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(StatementKind, max_length=20)
    strength = TextEnumField(Strength, max_length=10)
    origin = TextEnumField(StatementOrigin, max_length=10)
    medium = TextEnumField(Medium, max_length=10, null=True)  # in which it was said
    language = fields.CharField(max_length=2, null=True)
    phrase_id = fields.CharField(max_length=60, null=True)
    until = fields.DateField(null=True)
    whole_house = fields.BooleanField(default=False)
    at = fields.DatetimeField()
    recorded_at = fields.DatetimeField()
    recorded_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="contact_statements", null=True, on_delete=OnDelete.RESTRICT
    )
    taken_back_at = fields.DatetimeField(null=True)
    taken_back_by = fields.UUIDField(null=True)
    take_back_reason = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "contact_statement"
        indexes = (
            Index(fields=("prospect_id", "at", "id")),
            Index(fields=("act_id",)),
        )
        constraints = (
            CheckConstraint(
                check="(origin = 'ANSWER') = (phrase_id IS NULL)", name="contact_statement_has_its_phrase"
            ),
        )


class SenderProfile(Model):
    """By which media a vendor is contacted itself, and how it signs, by language."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="sender_profile", on_delete=OnDelete.RESTRICT
    )
    accepts = fields.JSONField[list[str]](default=list)
    signatures = fields.JSONField[dict[str, str]](default=dict)
    version = fields.IntField(default=1)

    class Meta:
        table = "sender_profile"
