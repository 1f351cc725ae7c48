"""Tables of smart contact data: what accounts have switched on, searches, what was found, and organisations.

An account is the controller of all of it. Values and addresses that were found are sealed.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, Prospect, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.leads.tables import Lead
from models.outside.sources.source import FoundKind, LookUp, OutsideSource
from models.policies.tables import PolicyVersion


class SearchState(StrEnum):
    """Where a search stands."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class AddressStatus(StrEnum):
    """What is known of the domain of an email address, or of an organisation."""

    TAKES_MAIL = "TAKES_MAIL"
    ADDRESS_ONLY = "ADDRESS_ONLY"
    TAKES_NO_MAIL = "TAKES_NO_MAIL"
    NO_SUCH_DOMAIN = "NO_SUCH_DOMAIN"
    DISPOSABLE = "DISPOSABLE"
    MAIL_PROVIDER = "MAIL_PROVIDER"
    RESERVED = "RESERVED"
    UNKNOWN = "UNKNOWN"


class MailProviderKind(StrEnum):
    """What operators say of a domain, whatever the lists say."""

    MAIL_PROVIDER = "MAIL_PROVIDER"
    DISPOSABLE = "DISPOSABLE"
    NEITHER = "NEITHER"


class SmartDataSettings(Model):
    """What an account has switched on; an account without a row has never done so."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="smart_data_settings", on_delete=OnDelete.CASCADE
    )
    switched_on = fields.BooleanField()
    switched_on_at = fields.DatetimeField(null=True)
    switched_on_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="smart_data_switched", null=True, on_delete=OnDelete.RESTRICT
    )
    sources = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    keep_history = fields.BooleanField()
    version = fields.IntField()

    class Meta:
        table = "smart_data_settings"


class Organisation(Model):
    """An organisation as one account knows it, by a hash of the name that its contacts give.

    The name itself stays in the contacts; one that a user gave is sealed.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="organisations", on_delete=OnDelete.CASCADE
    )
    name_key = fields.CharField(max_length=64)
    name_sealed = fields.BinaryField(null=True)
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "organisation"
        constraints = (UniqueConstraint(fields=("account_id", "name_key"), name="organisation_once_by_name"),)


class OrganisationPerson(Model):
    """A person of an organisation: the contact of a lead. The first one gives its domain (S2.6)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "models.Organisation", related_name="people", on_delete=OnDelete.CASCADE
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="organisation_people", on_delete=OnDelete.CASCADE
    )
    lead: fields.ForeignKeyRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="organisation_people", on_delete=OnDelete.CASCADE
    )
    added_at = fields.DatetimeField()

    class Meta:
        table = "organisation_person"
        indexes = (Index(fields=("organisation_id", "added_at", "lead_id")), Index(fields=("lead_id",)))
        constraints = (
            UniqueConstraint(fields=("account_id", "lead_id"), name="organisation_person_once_per_account"),
        )


class SmartSubject(Model):
    """Who or what an account has looked up, by the keyed hash of the address or domain.

    The same person of two leads is one subject, another account's is another. `lead` and `organisation` are
    what it was last looked up for.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="smart_subjects", on_delete=OnDelete.CASCADE
    )
    kind = TextEnumField(LookUp, max_length=20)
    key_hmac = fields.CharField(max_length=64)
    lead: fields.ForeignKeyNullableRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="smart_subjects", null=True, on_delete=OnDelete.SET_NULL
    )
    prospect: fields.ForeignKeyNullableRelation[Prospect] = fields.ForeignKeyField(
        "models.Prospect", related_name="smart_subjects", null=True, on_delete=OnDelete.SET_NULL
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "models.Organisation", related_name="smart_subjects", null=True, on_delete=OnDelete.SET_NULL
    )

    class Meta:
        table = "smart_subject"
        indexes = (Index(fields=("prospect_id",)),)
        constraints = (
            UniqueConstraint(fields=("account_id", "kind", "key_hmac"), name="smart_subject_once_per_key"),
        )


class SmartSearch(Model):
    """One search of public sources, and how each of them answered; never what they said."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    subject: fields.ForeignKeyRelation[SmartSubject] = fields.ForeignKeyField(
        "models.SmartSubject", related_name="searches", on_delete=OnDelete.CASCADE
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="smart_searches", on_delete=OnDelete.CASCADE
    )
    lead: fields.ForeignKeyRelation[Lead] = fields.ForeignKeyField(
        "models.Lead", related_name="smart_searches", on_delete=OnDelete.CASCADE
    )
    policy: fields.ForeignKeyRelation[PolicyVersion] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="smart_searches", on_delete=OnDelete.RESTRICT
    )
    act = fields.CharField(max_length=20)
    asked_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="smart_searches", on_delete=OnDelete.RESTRICT
    )
    asked_at = fields.DatetimeField()
    decision_id = fields.UUIDField()
    state = TextEnumField(SearchState, max_length=10)
    taken_at = fields.DatetimeField(null=True)  # by the worker that asks
    ended_at = fields.DatetimeField(null=True)
    outcomes = fields.JSONField[dict[str, dict[str, object]]](default=dict)
    address_status = TextEnumField(AddressStatus, max_length=20, null=True)
    address_checked_at = fields.DatetimeField(null=True)
    found = fields.IntField(default=0)
    points = fields.IntField(default=0)

    class Meta:
        table = "smart_search"
        indexes = (
            Index(fields=("account_id", "asked_at")),
            Index(fields=("subject_id", "asked_at")),
            Index(fields=("lead_id",)),
        )
        constraints = (
            CheckConstraint(check="(state = 'RUNNING') = (ended_at IS NULL)", name="smart_search_ends"),
            CheckConstraint(check="points = 0 OR found > 0", name="smart_search_no_hit_no_cost"),
        )


class FoundField(Model):
    """One value that a source gave. What a refresh replaced, or an account removed, has `removed_at`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    subject: fields.ForeignKeyRelation[SmartSubject] = fields.ForeignKeyField(
        "models.SmartSubject", related_name="fields", on_delete=OnDelete.CASCADE
    )
    search: fields.ForeignKeyRelation[SmartSearch] = fields.ForeignKeyField(
        "models.SmartSearch", related_name="fields", on_delete=OnDelete.CASCADE
    )
    kind = TextEnumField(FoundKind, max_length=30)
    about = TextEnumField(LookUp, max_length=20)
    source = TextEnumField(OutsideSource, max_length=20)
    sealed = fields.BinaryField()  # the value and the addresses
    image_sealed = fields.BinaryField(null=True)
    doubtful = fields.BooleanField()
    stated_at = fields.DatetimeField(null=True)
    found_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    kept_until = fields.DatetimeField(null=True)
    kept_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="kept_fields", null=True, on_delete=OnDelete.RESTRICT
    )
    removed_at = fields.DatetimeField(null=True)
    superseded_by: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.FoundField", related_name="supersedes", null=True, on_delete=OnDelete.SET_NULL
    )

    class Meta:
        table = "found_field"
        indexes = (Index(fields=("subject_id",)), Index(fields=("search_id",)))


class MailProvider(Model):
    """What operators say of a domain: a mail provider, a disposable one, or neither."""

    domain = fields.CharField(max_length=253, primary_key=True)
    kind = TextEnumField(MailProviderKind, max_length=20)
    set_at = fields.DatetimeField()
    set_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="mail_providers", on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "mail_provider"
