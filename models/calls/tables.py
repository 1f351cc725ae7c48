"""Tables of the phone secretariat: companies, their employees with hours and absences, VIPs and FAQ.

What changed since the company last confirmed its data is stored with the secretariat: each call asks for it,
and reading it from the employees would cost more the larger the company.
"""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import Account, User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.calls.recognition import VipTreatment
from models.policies.tables import Market
from rules.calls.call_route import TransferWish


class AskedFieldKind(StrEnum):
    """What is asked for."""

    TEXT = "TEXT"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    DATE = "DATE"
    CHOICE = "CHOICE"


class AppointmentSource(StrEnum):
    """Where an appointment comes from."""

    MANUAL = "MANUAL"
    CALENDAR = "CALENDAR"


class ChangeSubject(StrEnum):
    """What was changed; its node in the API."""

    SECRETARIAT = "Secretariat"
    EMPLOYEE = "Employee"
    APPOINTMENT = "Appointment"
    VIP_CALLER = "VipCaller"
    FAQ_ENTRY = "FaqEntry"
    CALENDAR = "EmployeeCalendar"


class Secretariat(Model):
    """A company's set-up for its calls."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "models.Account", related_name="secretariat", on_delete=OnDelete.RESTRICT
    )
    market: fields.ForeignKeyRelation[Market] = fields.ForeignKeyField(
        "models.Market", related_name="secretariats", on_delete=OnDelete.RESTRICT
    )
    version = fields.IntField(default=1)
    greeting = fields.TextField()
    handling_instruction = fields.TextField(null=True)
    language = fields.CharField(max_length=10)
    time_zone = fields.CharField(max_length=64)
    holidays_of = fields.CharField(max_length=6)  # a country, or a part of one
    transfer_included = fields.BooleanField()
    fallback_employee: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.Employee", related_name="fallback_of", null=True, on_delete=OnDelete.RESTRICT
    )
    retention_days = fields.IntField(null=True)  # null: as the policy says
    confirmed_at = fields.DatetimeField(null=True)
    confirmed_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="confirmed_secretariats", null=True, on_delete=OnDelete.RESTRICT
    )
    changed_parts = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    made_at = fields.DatetimeField()

    class Meta:
        table = "secretariat"
        constraints = (
            CheckConstraint(
                check=r"greeting ~ '\[(Vorname, Nachname|Vorname|Nachname)\]'",
                name="secretariat_greets_by_name",
            ),
            CheckConstraint(check="retention_days BETWEEN 30 AND 730", name="secretariat_forgets_in_time"),
        )


class SecretariatNumber(Model):
    """A number, or a block of numbers, that a secretariat answers; no two companies have one."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="numbers", on_delete=OnDelete.RESTRICT
    )
    number = fields.CharField(max_length=16)
    block = fields.BooleanField()
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)

    class Meta:
        table = "secretariat_number"
        indexes = (Index(fields=("secretariat_id",)),)


class AgentOf(Model):
    """An agent who may answer a company's calls; without any, every agent may."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="agents", on_delete=OnDelete.CASCADE
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="answers_for", on_delete=OnDelete.CASCADE
    )

    class Meta:
        table = "agent_of"
        constraints = (UniqueConstraint(fields=("secretariat_id", "user_id"), name="agent_of_once"),)


class AskedField(Model):
    """Something that callers are asked (S4.6)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="asked_fields", on_delete=OnDelete.CASCADE
    )
    key = fields.CharField(max_length=40)
    label = fields.CharField(max_length=200)
    kind = TextEnumField(AskedFieldKind, max_length=10)
    choices = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    required = fields.BooleanField()
    position = fields.IntField()
    built_in = fields.BooleanField()

    class Meta:
        table = "asked_field"
        constraints = (UniqueConstraint(fields=("secretariat_id", "key"), name="asked_field_once"),)


class Employee(Model):
    """Somebody who may get a company's calls; one who was removed stays, for the calls of before."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="employees", on_delete=OnDelete.RESTRICT
    )
    version = fields.IntField(default=1)
    first_name = fields.CharField(max_length=100)
    last_name = fields.CharField(max_length=100)
    sort_key = fields.CharField(max_length=40)
    email = fields.CharField(max_length=254)
    cc = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    position = fields.CharField(max_length=200, null=True)
    responsibility = fields.CharField(max_length=200, null=True)
    mobile = fields.CharField(max_length=16, null=True)
    sms_tick = fields.BooleanField(default=False)
    vip_sms_tick = fields.BooleanField(default=False)
    extension = fields.CharField(max_length=16, null=True)
    wish = TextEnumField(TransferWish, max_length=10, default=TransferWish.NONE)
    deputy: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.Employee", related_name="deputy_of", null=True, on_delete=OnDelete.RESTRICT
    )
    absence_text = fields.CharField(max_length=500, null=True)
    user: fields.OneToOneNullableRelation[User] = fields.OneToOneField(
        "models.User", related_name="employee", null=True, on_delete=OnDelete.RESTRICT
    )
    made_at = fields.DatetimeField()
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "employee"
        indexes = (Index(fields=("secretariat_id", "sort_key", "id")), Index(fields=("deputy_id",)))
        constraints = (
            CheckConstraint(check="NOT sms_tick OR mobile IS NOT NULL", name="employee_sms_needs_mobile"),
            CheckConstraint(check="deputy_id <> id", name="employee_is_no_own_deputy"),
        )


class WeeklyHours(Model):
    """When an employee takes calls: minutes of one day of the week, by a clock on the wall."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="hours", on_delete=OnDelete.CASCADE
    )
    weekday = fields.SmallIntField()  # ISO: 1 is Monday
    from_minute = fields.SmallIntField()
    until_minute = fields.SmallIntField()  # exclusive

    class Meta:
        table = "weekly_hours"
        indexes = (Index(fields=("employee_id",)),)
        constraints = (
            CheckConstraint(
                check="weekday BETWEEN 1 AND 7 AND 0 <= from_minute AND from_minute < until_minute"
                " AND until_minute <= 1440",
                name="weekly_hours_within_a_day",
            ),
        )


class Appointment(Model):
    """When an employee is away, or reachable all the same; whole days also have their dates."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="appointments", on_delete=OnDelete.CASCADE
    )
    version = fields.IntField(default=1)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()  # exclusive
    first_day = fields.DateField(null=True)
    last_day = fields.DateField(null=True)  # inclusive
    text = fields.CharField(max_length=500)
    reachable = fields.BooleanField()
    source = TextEnumField(AppointmentSource, max_length=10)
    calendar: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "models.EmployeeCalendar", related_name="appointments", null=True, on_delete=OnDelete.CASCADE
    )
    uid = fields.CharField(max_length=40, null=True)  # tells the occurrence apart within its calendar
    made_at = fields.DatetimeField()

    class Meta:
        table = "appointment"
        indexes = (Index(fields=("employee_id", "starts_at", "ends_at")),)
        constraints = (
            UniqueConstraint(fields=("calendar_id", "uid"), name="appointment_once_in_its_calendar"),
            CheckConstraint(
                check="num_nulls(calendar_id, uid) = CASE source WHEN 'CALENDAR' THEN 0 ELSE 2 END",
                name="appointment_of_its_calendar",
            ),
            CheckConstraint(check="starts_at < ends_at", name="appointment_ends_after_it_starts"),
            CheckConstraint(
                check="ends_at <= starts_at + interval '734 days'", name="appointment_at_most_two_years"
            ),
            CheckConstraint(
                check="num_nulls(first_day, last_day) IN (0, 2)", name="appointment_days_are_whole"
            ),
        )


class VipCaller(Model):
    """A caller whom a company, or one employee, treats in a special way (S4.22)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="vips", on_delete=OnDelete.RESTRICT
    )
    employee: fields.ForeignKeyNullableRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="vips", null=True, on_delete=OnDelete.CASCADE
    )
    version = fields.IntField(default=1)
    number = fields.CharField(max_length=16)
    block = fields.BooleanField()
    name = fields.CharField(max_length=100)
    note = fields.TextField()
    treatment = TextEnumField(VipTreatment, max_length=10)
    waives = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))

    class Meta:
        table = "vip_caller"
        indexes = (
            Index(fields=("secretariat_id", "number")),
            Index(fields=("secretariat_id", "id")),
            Index(fields=("employee_id",)),
        )


class FaqEntry(Model):
    """A question with the answer that callers may be told (S4.23)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="faq", on_delete=OnDelete.RESTRICT
    )
    version = fields.IntField(default=1)
    position = fields.IntField()
    question = fields.CharField(max_length=500)
    answer = fields.TextField()

    class Meta:
        table = "faq_entry"
        indexes = (Index(fields=("secretariat_id", "position")),)


class SecretariatChange(Model):
    """Who changed what and when; the names of fields only, never their values."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="changes", on_delete=OnDelete.RESTRICT
    )
    at = fields.DatetimeField()
    by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="secretariat_changes", null=True, on_delete=OnDelete.RESTRICT
    )
    subject_kind = TextEnumField(ChangeSubject, max_length=20)
    subject_id = fields.UUIDField()
    fields_changed = ArrayField(element_type="text")

    by_id: UUID | None

    class Meta:
        table = "secretariat_change"
        indexes = (Index(fields=("secretariat_id", "id")),)
