"""Tables of do-not-contact stops, opt-out lists, and attempts to contact a person."""

from enum import StrEnum

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, Prospect, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from rules.contacting.terms import Medium


class StopScope(StrEnum):
    """Whom a stop binds."""

    MARKET = "MARKET"  # everybody
    ACCOUNT = "ACCOUNT"  # one vendor


class StopOrigin(StrEnum):
    """Who or what set a stop."""

    PERSON = "PERSON"
    LINK = "LINK"  # in a letter to the person
    OPERATOR = "OPERATOR"
    VENDOR = "VENDOR"  # whom the person told so
    MARKER = "MARKER"  # in what the person wrote or said
    COMPLAINT = "COMPLAINT"
    BOUNCE = "BOUNCE"


class StopReason(StrEnum):
    """Why whoever set a stop did so; a code, because texts could name the person."""

    ASKED = "ASKED"
    REFUSED = "REFUSED"
    WRONG_NUMBER = "WRONG_NUMBER"
    OTHER = "OTHER"


class OptOutListKind(StrEnum):
    """What a list of people is who want no advertising."""

    ROBINSON = "ROBINSON"
    DO_NOT_CALL = "DO_NOT_CALL"
    OWN = "OWN"


class ContactOutcome(StrEnum):
    """How an attempt to contact a person ended."""

    SPOKE = "SPOKE"
    SPOKE_TO_ASSISTANT = "SPOKE_TO_ASSISTANT"
    NO_ANSWER = "NO_ANSWER"
    VOICEMAIL = "VOICEMAIL"
    CALLBACK_PROMISED = "CALLBACK_PROMISED"
    WROTE = "WROTE"
    ANSWERED = "ANSWERED"
    BOUNCED = "BOUNCED"
    REFUSED = "REFUSED"
    MEETING_AGREED = "MEETING_AGREED"
    WRONG_NUMBER = "WRONG_NUMBER"


class DoNotContact(Model):
    """That a person must not be contacted: by anybody or by one vendor, at all or by one medium.

    It holds until it is lifted or `until` has passed; a row whose `until` has passed is no stop any more,
    whether or not a worker has lifted it. Rows of one `act_id` were set together, for the prospects that are
    one person. `act_id` and `item_id` say what caused it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    prospect: fields.ForeignKeyRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="do_not_contact", on_delete=OnDelete.RESTRICT
    )
    act_id = fields.UUIDField()
    scope = TextEnumField(StopScope, max_length=10)
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="do_not_contact", null=True, on_delete=OnDelete.RESTRICT
    )
    medium = TextEnumField(Medium, max_length=10, null=True)  # NULL: all
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    origin = TextEnumField(StopOrigin, max_length=20)
    item: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.ComplaintItem", related_name="do_not_contacts", null=True, on_delete=OnDelete.RESTRICT
    )
    reason_code = TextEnumField(StopReason, max_length=20, null=True)
    lifted_at = fields.DatetimeField(null=True)
    lifted_by = fields.UUIDField(null=True)  # NULL: its end had come
    lift_reason = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "do_not_contact"
        indexes = (Index(fields=("act_id",)),)
        constraints = (
            CheckConstraint(
                check="(scope = 'ACCOUNT') = (account_id IS NOT NULL)", name="do_not_contact_has_its_account"
            ),
            CheckConstraint(check="until > since", name="do_not_contact_ends_after_its_start"),
        )


class OptOutList(Model):
    """A list of people who want no advertising, replaced whole by each import.

    `max_age` is how long after `refreshed_at` it counts as fresh, in seconds; NULL: always.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=200)
    country = fields.CharField(max_length=2)
    medium = TextEnumField(Medium, max_length=10)
    kind = TextEnumField(OptOutListKind, max_length=20)
    refreshed_at = fields.DatetimeField()
    max_age = fields.IntField(null=True)
    entries = fields.IntField()

    class Meta:
        table = "opt_out_list"
        constraints = (
            UniqueConstraint(fields=("country", "medium", "kind", "name"), name="opt_out_list_once"),
        )


class OptOutEntry(Model):
    """A number or address on a list, as its keyed hash only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    list: fields.ForeignKeyRelation[OptOutList] = fields.ForeignKeyField(
        "models.OptOutList", related_name="listed", on_delete=OnDelete.CASCADE
    )
    key_hmac = fields.CharField(max_length=64)

    class Meta:
        table = "opt_out_entry"
        constraints = (UniqueConstraint(fields=("key_hmac", "list_id"), name="opt_out_entry_once"),)


class ContactAttempt(Model):
    """An attempt of a vendor to contact the person of a lead; without `recorded_by` the product recorded it.

    `prospect_id` is the lead's prospect, for counting. `against_stop`: a stop held at that instant.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="contact_attempts", on_delete=OnDelete.RESTRICT
    )
    lead: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "models.Lead", related_name="contact_attempts", on_delete=OnDelete.RESTRICT
    )
    prospect_id = fields.UUIDField()
    medium = TextEnumField(Medium, max_length=10)
    goal = fields.CharField(max_length=20, null=True)
    at = fields.DatetimeField()
    outcome = TextEnumField(ContactOutcome, max_length=30)
    advice_decision_id = fields.UUIDField(null=True)
    followed = fields.BooleanField(null=True)
    randomised = fields.BooleanField(null=True)
    recorded_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="contact_attempts", null=True, on_delete=OnDelete.RESTRICT
    )
    recorded_at = fields.DatetimeField()
    against_stop = fields.BooleanField(default=False)

    class Meta:
        table = "contact_attempt"
        indexes = (
            Index(fields=("lead_id", "at", "id")),
            Index(fields=("account_id", "prospect_id", "at")),
        )
