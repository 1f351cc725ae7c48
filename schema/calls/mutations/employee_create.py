"""The mutation `employeeCreate`."""

from typing import Annotated

import strawberry

from models.calls.employees import create_employee
from models.calls.limits import MOST_CC
from schema.calls.answers import EmployeeAnswer, as_given, employee_answer, employee_changes
from schema.calls.employee_fields import EmployeeFields
from schema.calls.employee_types import Employee
from schema.calls.queries import SPECIFIED
from schema.graphql.context import Info
from schema.graphql.ids import optional_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.scalars import EmailAddress
from schema.graphql.user_error import UserError, text_for

at_most("EmployeeCreateInput.cc", MOST_CC)


@strawberry.input(description="Input of `employeeCreate`.")
class EmployeeCreateInput(EmployeeFields):
    """Input of `employeeCreate`."""

    email: EmailAddress = strawberry.field(
        description="The email address for notes of calls; agents never see it."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    absence_text: str | None = strawberry.field(
        default=strawberry.UNSET, description="What callers are told while there is no appointment."
    )
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)


@strawberry.type(description="The payload of `employeeCreate`.")
class EmployeeCreatePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="What should be known about what was stored, in the viewer's language.")
    def warnings(root: strawberry.Parent[EmployeeAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class EmployeeCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add an employee to a company's phone secretariat.",
        graphql_type=EmployeeCreatePayload | None,
    )
    async def employee_create(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeCreateInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_answer(
            info.context,
            lambda: create_employee(
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                employee=employee_changes(input),
                idempotency_key=input.idempotency_key,
                given=as_given(input),
            ),
        )
