"""Tables of the phone secretariat: companies, their employees with hours and absences, VIPs, FAQ, and calls.

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
from models.calls.caller_id import CallerKind, CallerTrust
from models.calls.recognition import VipTreatment
from models.feed.outbox import OutboxMessage
from models.policies.tables import Market
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import TransferWish
from rules.messages.dispatch import DispatchChannel


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
    made_at = fields.DatetimeField()

    class Meta:
        table = "appointment"
        indexes = (Index(fields=("employee_id", "starts_at", "ends_at")),)
        constraints = (
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


class CallFlag(StrEnum):
    """What is remarkable about a call."""

    NEVER_ENDED = "NEVER_ENDED"  # its deadline closed it
    NOTE_MISSING = "NOTE_MISSING"
    TIMES_CORRECTED = "TIMES_CORRECTED"  # by facts that came after its end
    DUPLICATE_NUMBER = "DUPLICATE_NUMBER"
    UNKNOWN_EMPLOYEE = "UNKNOWN_EMPLOYEE"
    CLOCK_DIFFERS = "CLOCK_DIFFERS"  # a fact was dated by its receipt
    VOICEMAIL = "VOICEMAIL"


class LegKind(StrEnum):
    """Whose part of a call a leg is."""

    CALLER = "CALLER"
    AGENT = "AGENT"
    EMPLOYEE = "EMPLOYEE"


class TransferResult(StrEnum):
    """What became of an attempt to put a call through."""

    CALLING = "CALLING"  # it is being tried
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    MESSAGE = "MESSAGE"  # the employee left a message for the caller
    NO_ANSWER = "NO_ANSWER"
    BUSY = "BUSY"
    VOICEMAIL = "VOICEMAIL"
    UNREACHABLE = "UNREACHABLE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"  # by a newer attempt, the hang-up or the finish


class AttemptSource(StrEnum):
    """Who told of an attempt."""

    AGENT = "AGENT"
    SYSTEM = "SYSTEM"


class Call(Model):
    """A call; its state is not stored, but follows from what is known (`models.calls.state`).

    The caller is stored as presented. What identifies the caller is emptied at `forget_at`.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField(default=1)
    secretariat: fields.ForeignKeyRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="calls", on_delete=OnDelete.RESTRICT
    )
    policy: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "models.PolicyVersion", related_name="calls", on_delete=OnDelete.RESTRICT
    )
    external_id = fields.CharField(max_length=128, null=True, unique=True)  # the telephone system's
    caller = fields.CharField(max_length=16, null=True)  # E.164
    caller_shown = fields.CharField(max_length=64)
    caller_kind = TextEnumField(CallerKind, max_length=10)
    caller_trust = TextEnumField(CallerTrust, max_length=10)
    dialled = fields.CharField(max_length=16)
    diverted_from = fields.CharField(max_length=16, null=True)
    ringing_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)  # by an agent
    hung_up_at = fields.DatetimeField(null=True)
    # Set when a colleague took it over: then facts of a telephone system no longer change the agent.
    taken_over_at = fields.DatetimeField(null=True)
    agent: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="answered_calls", null=True, on_delete=OnDelete.RESTRICT
    )
    wanted_employee: fields.ForeignKeyNullableRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="wanted_by", null=True, on_delete=OnDelete.RESTRICT
    )
    vip_caller: fields.ForeignKeyNullableRelation[VipCaller] = fields.ForeignKeyField(
        "models.VipCaller", related_name="calls", null=True, on_delete=OnDelete.SET_NULL
    )
    faq_entry: fields.ForeignKeyNullableRelation[FaqEntry] = fields.ForeignKeyField(
        "models.FaqEntry", related_name="calls", null=True, on_delete=OnDelete.SET_NULL
    )
    finished_at = fields.DatetimeField(null=True)  # by the agent
    closed_at = fields.DatetimeField(null=True)  # by its deadline
    outcome = TextEnumField(CallOutcome, max_length=20, null=True)
    cause = fields.CharField(max_length=64, null=True)  # the telephone system's words
    flags = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    # The seconds that the agent typed, where no telephone system measures.
    typed_seconds = fields.IntField(null=True)
    forget_at = fields.DatetimeField(null=True)
    forgotten_at = fields.DatetimeField(null=True)

    class Meta:
        table = "call"
        indexes = (Index(fields=("secretariat_id", "ringing_at")),)
        constraints = (
            CheckConstraint(
                check="answered_at IS NULL OR agent_id IS NOT NULL", name="call_answered_by_agent"
            ),
            CheckConstraint(
                check="forgotten_at IS NULL OR (caller IS NULL AND caller_shown = '')", name="call_forgotten"
            ),
        )


class CallLeg(Model):
    """A part of a call, as a telephone system counts them."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    call: fields.ForeignKeyRelation[Call] = fields.ForeignKeyField(
        "models.Call", related_name="legs", on_delete=OnDelete.CASCADE
    )
    external_id = fields.CharField(max_length=128, unique=True)
    kind = TextEnumField(LegKind, max_length=10)
    started_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    # Of an employee's leg: what the telephone system said about the transfer.
    result = TextEnumField(TransferResult, max_length=12, null=True)
    result_at = fields.DatetimeField(null=True)
    cause = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "call_leg"
        indexes = (Index(fields=("call_id",)),)


class TransferAttempt(Model):
    """An attempt to put a call through to an employee (S4.13, S4.18)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    call: fields.ForeignKeyRelation[Call] = fields.ForeignKeyField(
        "models.Call", related_name="attempts", on_delete=OnDelete.CASCADE
    )
    ordinal = fields.IntField()
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="attempts", on_delete=OnDelete.RESTRICT
    )
    number = fields.CharField(max_length=16)  # the extension at that time; empty when forgotten
    leg = fields.CharField(max_length=128, null=True)  # the employee's, as the telephone system counts legs
    started_at = fields.DatetimeField()
    result = TextEnumField(TransferResult, max_length=12, default=TransferResult.CALLING)
    result_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    talk_seconds = fields.IntField(null=True)
    measured = fields.BooleanField(default=False)  # by a telephone system
    message_for_caller = fields.CharField(max_length=500, null=True)
    decision_id = fields.UUIDField()
    by = TextEnumField(AttemptSource, max_length=10)

    class Meta:
        table = "transfer_attempt"
        constraints = (
            UniqueConstraint(fields=("call_id", "ordinal"), name="transfer_attempt_once"),
            CheckConstraint(
                check="(result = 'CALLING') = (result_at IS NULL)", name="transfer_attempt_ends_with_a_result"
            ),
        )


class CallNote(Model):
    """What the caller left; emptied when the caller is forgotten."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    call: fields.OneToOneRelation[Call] = fields.OneToOneField(
        "models.Call", related_name="note", on_delete=OnDelete.CASCADE
    )
    version = fields.IntField(default=1)
    caller_name = fields.CharField(max_length=200, null=True)
    company = fields.CharField(max_length=200, null=True)
    phone = fields.CharField(max_length=64, null=True)
    concern = fields.TextField(null=True)
    answers = fields.JSONField[dict[str, str]](default=dict)  # by the key of the asked field
    refused_keys = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    waived_keys = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    urgent = fields.BooleanField(default=False)
    callback_by = fields.DatetimeField(null=True)

    class Meta:
        table = "call_note"


class CallNotice(Model):
    """Whether and why an employee is told of a call on a channel; at most once on each."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    call: fields.ForeignKeyRelation[Call] = fields.ForeignKeyField(
        "models.Call", related_name="notices", on_delete=OnDelete.CASCADE
    )
    employee: fields.ForeignKeyRelation[Employee] = fields.ForeignKeyField(
        "models.Employee", related_name="notices", on_delete=OnDelete.RESTRICT
    )
    channel = TextEnumField(DispatchChannel, max_length=10)
    decision_id = fields.UUIDField()
    message: fields.ForeignKeyNullableRelation[OutboxMessage] = fields.ForeignKeyField(
        "models.OutboxMessage", related_name="call_notices", null=True, on_delete=OnDelete.RESTRICT
    )

    class Meta:
        table = "call_notice"
        constraints = (
            UniqueConstraint(fields=("call_id", "employee_id", "channel"), name="call_notice_once"),
        )


class CallerErasure(Model):
    """That a caller was erased on request, by whom and why; not whose number it was."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    # None: of all companies.
    secretariat: fields.ForeignKeyNullableRelation[Secretariat] = fields.ForeignKeyField(
        "models.Secretariat", related_name="erasures", null=True, on_delete=OnDelete.RESTRICT
    )
    at = fields.DatetimeField()
    by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="caller_erasures", null=True, on_delete=OnDelete.RESTRICT
    )
    reason = fields.TextField()
    calls = fields.IntField()
    vip_callers = fields.IntField()

    class Meta:
        table = "caller_erasure"
