"""The mutation `appointmentDelete`."""

from typing import Annotated

import strawberry

from models.calls.appointments import delete_appointment
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `appointmentDelete`.")
class AppointmentDeleteInput:
    """Input of `appointmentDelete`."""

    appointment_id: strawberry.ID = strawberry.field(description="The appointment.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `appointmentDelete`.")
class AppointmentDeletePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class AppointmentDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Delete an appointment; employees delete their own.",
        graphql_type=AppointmentDeletePayload | None,
    )
    async def appointment_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            AppointmentDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: delete_appointment(
                viewer,
                appointment_id=read_id(input.appointment_id, "Appointment", "appointmentId"),
                expected_version=input.expected_version,
            ),
        )
