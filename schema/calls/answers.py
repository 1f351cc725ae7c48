"""Answers of the mutations of the phone secretariat: the object as the viewer sees it, or the refusals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from strawberry import UNSET

from models.base.refusal import Sentence, Wording
from models.calls.appointments import SavedAppointment
from models.calls.employee_draft import EmployeeChanges
from models.calls.employees import SavedEmployee
from models.calls.entries import faq_by_id, vips_by_id
from models.calls.list import appointments_by_id, employees_by_id, secretariats_by_id
from models.calls.presence import Availability
from models.calls.recognition import VipView
from models.calls.views import AnyEmployee, AppointmentView, FaqView, SecretariatView
from models.calls.vip_callers import SavedVip
from schema.calls.employee_fields import EmployeeFields
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import optional_id

Warnings = Sequence[Sentence[Wording]]


@dataclass(frozen=True, slots=True)
class SecretariatAnswer:
    """The secretariat, or the refusals."""

    secretariat: SecretariatView | None = None
    warnings: Warnings = ()
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class EmployeeAnswer:
    """The employee, or the refusals."""

    employee: AnyEmployee | None = None
    warnings: Warnings = ()
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class AppointmentAnswer:
    """The appointment with the presence of its employee, or the refusals."""

    appointment: AppointmentView | None = None
    availability: Availability | None = None
    warnings: Warnings = ()
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class VipAnswer:
    """The VIP entry, or the refusals."""

    vip_caller: VipView | None = None
    warnings: Warnings = ()
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class FaqAnswer:
    """The FAQ entry, or the refusals."""

    faq_entry: FaqView | None = None
    user_errors: Sequence[RefusalView] = ()


@dataclass(frozen=True, slots=True)
class GoneAnswer:
    """The id of what was removed, or the refusals."""

    id: UUID | None = None
    user_errors: Sequence[RefusalView] = ()


async def secretariat_answer(context: Context, action: Callable[[], Awaitable[UUID]]) -> SecretariatAnswer:
    """Call an action that returns a secretariat's id, and read the secretariat."""
    try:
        row_id = await action()
    except REFUSED as error:
        return SecretariatAnswer(user_errors=refused(error))
    return SecretariatAnswer((await secretariats_by_id(context.conn, context.viewer, [row_id])).get(row_id))


async def employee_answer(context: Context, action: Callable[[], Awaitable[SavedEmployee]]) -> EmployeeAnswer:
    """Call an action that returns an employee with warnings, and read the employee."""
    try:
        saved = await action()
    except REFUSED as error:
        return EmployeeAnswer(user_errors=refused(error))
    return EmployeeAnswer(await _employee(context, saved.id), saved.warnings)


async def employee_id_answer(context: Context, action: Callable[[], Awaitable[UUID]]) -> EmployeeAnswer:
    """Call an action that returns an employee's id, and read the employee."""
    try:
        row_id = await action()
    except REFUSED as error:
        return EmployeeAnswer(user_errors=refused(error))
    return EmployeeAnswer(await _employee(context, row_id))


async def appointment_answer(
    context: Context, action: Callable[[], Awaitable[SavedAppointment]]
) -> AppointmentAnswer:
    """Call an action that saves an appointment, and read it with the presence of its employee."""
    try:
        saved = await action()
    except REFUSED as error:
        return AppointmentAnswer(user_errors=refused(error))
    found = await appointments_by_id(context.conn, context.viewer, [saved.id])
    availability = await context.load(CallLoaders).availability.load((saved.employee_id, None))
    return AppointmentAnswer(found.get(saved.id), availability, saved.warnings)


async def vip_answer(context: Context, action: Callable[[], Awaitable[SavedVip]]) -> VipAnswer:
    """Call an action that saves a VIP entry, and read it."""
    try:
        saved = await action()
    except REFUSED as error:
        return VipAnswer(user_errors=refused(error))
    found = await vips_by_id(context.conn, context.viewer, [saved.id])
    return VipAnswer(found.get(saved.id), saved.warnings)


async def faq_answer(context: Context, action: Callable[[], Awaitable[UUID]]) -> FaqAnswer:
    """Call an action that returns an FAQ entry's id, and read the entry."""
    try:
        row_id = await action()
    except REFUSED as error:
        return FaqAnswer(user_errors=refused(error))
    return FaqAnswer((await faq_by_id(context.conn, context.viewer, [row_id])).get(row_id))


async def gone_answer(_: Context, action: Callable[[], Awaitable[UUID]]) -> GoneAnswer:
    """Call an action that removes something."""
    try:
        return GoneAnswer(await action())
    except REFUSED as error:
        return GoneAnswer(user_errors=refused(error))


async def _employee(context: Context, row_id: UUID) -> AnyEmployee | None:
    return (await employees_by_id(context.conn, context.viewer, [row_id])).get(row_id)


def employee_changes(given: EmployeeFields) -> EmployeeChanges:
    """Return the fields of an employee that were sent."""
    sent = {
        name: value
        for name, value in vars(given).items()
        if value is not UNSET and name in _COLUMNS and (value is not None or name in _CLEARED)
    }
    if "deputy_id" in sent:
        sent["deputy_id"] = optional_id(sent["deputy_id"], "Employee", "deputyId")
    if sent.get("cc", ()) is None:
        sent["cc"] = []
    changes: EmployeeChanges = {}
    changes.update({_COLUMNS[name]: value for name, value in sent.items()})  # type: ignore[typeddict-item]
    return changes


_COLUMNS = {
    "name": "name",
    "first_name": "first_name",
    "last_name": "last_name",
    "email": "email",
    "cc": "cc",
    "position": "position",
    "responsibility": "responsibility",
    "mobile": "mobile",
    "sms_notification": "sms_tick",
    "vip_sms_notification": "vip_sms_tick",
    "extension": "extension",
    "transfer": "wish",
    "deputy_id": "deputy_id",
    "absence_text": "absence_text",
}
# Null clears these; elsewhere it is as if the field had not been sent.
_CLEARED = frozenset(
    {"first_name", "cc", "position", "responsibility", "mobile", "extension", "deputy_id", "absence_text"}
)


def as_given(given: object) -> dict[str, object]:
    """Return an input as JSON types, without its key, to recognise a repeated request."""
    return {
        name: value if isinstance(value, str | int | bool | None) else str(value)
        for name, value in vars(given).items()
        if value is not UNSET and name != "idempotency_key"
    }
