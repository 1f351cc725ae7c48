"""Tables of calls: their legs, attempts, notes and notices, and the callers who were erased."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.base.fields import TextEnumField
from models.base.ids import new_id
from models.calls.caller_id import CallerKind, CallerTrust
from models.calls.tables import Employee, FaqEntry, Secretariat, VipCaller
from models.feed.outbox import OutboxMessage
from rules.calls.call_mail import CallOutcome
from rules.messages.dispatch import DispatchChannel


class CallFlag(StrEnum):
    """What is unusual about a call."""

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
