"""The mutation `appointmentSet`."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from models.base.viewer import Viewer
from models.calls.appointments import (
    AppointmentDraft,
    SavedAppointment,
    create_appointment,
    update_appointment,
)
from schema.calls.answers import AppointmentAnswer, appointment_answer, as_given
from schema.calls.employee_types import Appointment, Availability
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError, text_for


@strawberry.input(description="Input of `appointmentSet`.")
class AppointmentSetInput:
    """Input of `appointmentSet`."""

    text: str = strawberry.field(description="What callers are told, at most 500 characters.")
    appointment_id: strawberry.ID | None = strawberry.field(
        default=None, description="The appointment to replace; a new one if omitted."
    )
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; for a new one."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you read; for a change."
    )
    first_day: date | None = strawberry.field(
        default=None, description="The first whole day, in the company's time zone."
    )
    last_day: date | None = strawberry.field(
        default=None, description="The last whole day, which is part of it."
    )
    starts_at: datetime | None = strawberry.field(
        default=None, description="When it starts, instead of days."
    )
    ends_at: datetime | None = strawberry.field(
        default=None, description="When it ends, exclusive, instead of days."
    )
    reachable: bool = strawberry.field(
        default=False, description="Whether calls are put through all the same."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; for a new one."
    )


@strawberry.type(description="The payload of `appointmentSet`.")
class AppointmentSetPayload:
    """Source: `AppointmentAnswer`."""

    appointment: Appointment | None = strawberry.field(
        description="The appointment; null if the mutation failed."
    )
    availability: Availability | None = strawberry.field(description="The presence of the employee now.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="What should be known about what was stored, in the viewer's language.")
    def warnings(root: strawberry.Parent[AppointmentAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class AppointmentSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add or replace an appointment of an employee; employees set their own.",
        graphql_type=AppointmentSetPayload | None,
    )
    async def appointment_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            AppointmentSetInput, strawberry.argument(description="The input.")
        ],
    ) -> AppointmentAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await appointment_answer(
            info.context,
            lambda: _saved(viewer, input),
        )


async def _saved(viewer: Viewer, given: AppointmentSetInput) -> SavedAppointment:
    draft = AppointmentDraft(
        given.text,
        given.reachable,
        given.first_day,
        given.last_day,
        given.starts_at,
        given.ends_at,
    )
    if given.appointment_id is not None:
        return await update_appointment(
            viewer,
            appointment_id=read_id(given.appointment_id, "Appointment", "appointmentId"),
            expected_version=given.expected_version,
            draft=draft,
        )
    return await create_appointment(
        viewer,
        employee_id=read_id(given.employee_id or "", "Employee", "employeeId"),
        draft=draft,
        idempotency_key=given.idempotency_key,
        given=as_given(given),
    )
