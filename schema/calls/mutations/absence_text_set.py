"""The mutation `absenceTextSet`."""

from typing import Annotated

import strawberry

from models.calls.employees import set_absence_text
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `absenceTextSet`.")
class AbsenceTextSetInput:
    """Input of `absenceTextSet`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    text: str | None = strawberry.field(
        default=None, description="The text, at most 500 characters; null for none."
    )


@strawberry.type(description="The payload of `absenceTextSet`.")
class AbsenceTextSetPayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class AbsenceTextSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Set what callers are told while an employee has no appointment; employees set their "
        "own.",
        graphql_type=AbsenceTextSetPayload | None,
    )
    async def absence_text_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            AbsenceTextSetInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: set_absence_text(
                viewer,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                expected_version=input.expected_version,
                text=input.text,
            ),
        )
