"""The mutation `secretariatUpdate`."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from models.calls.set_up import SecretariatChanges, update_secretariat
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.queries import SPECIFIED
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import optional_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError, text_for


@strawberry.input(description="Input of `secretariatUpdate`.")
class SecretariatUpdateInput:
    """Input of `secretariatUpdate`."""

    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)
    greeting: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="With [Vorname, Nachname], [Vorname] or [Nachname]; at most 1,000 characters.",
    )
    handling_instruction: str | None = strawberry.field(
        default=strawberry.UNSET, description="What agents should know, at most 5,000 characters."
    )
    language: str | None = strawberry.field(default=strawberry.UNSET, description="en, de, pl or ro.")
    time_zone: str | None = strawberry.field(
        default=strawberry.UNSET, description="An IANA name; whole-day appointments keep their dates."
    )
    holidays_of: str | None = strawberry.field(
        default=strawberry.UNSET, description="A country, or part of one, such as DE-BE."
    )
    fallback_employee_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who gets notes of calls for nobody in particular."
    )
    retention_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="For how many days it is known who called, 30 to 730; null for the default.",
    )
    transfer_included: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether the plan has transfers; for operators."
    )


@strawberry.type(description="The payload of `secretariatUpdate`.")
class SecretariatUpdatePayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="What should be known about what was stored, in the viewer's language.")
    def warnings(root: strawberry.Parent[SecretariatAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class SecretariatUpdate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Change a company's phone secretariat: only the fields that are sent; null clears one.",
        graphql_type=SecretariatUpdatePayload | None,
    )
    async def secretariat_update(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SecretariatUpdateInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: update_secretariat(
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                expected_version=input.expected_version,
                changes=_changes(input),
            ),
        )


def _changes(given: SecretariatUpdateInput) -> SecretariatChanges:
    changes: SecretariatChanges = {}
    if given.greeting is not UNSET:
        changes["greeting"] = given.greeting or ""
    if given.handling_instruction is not UNSET:
        changes["handling_instruction"] = given.handling_instruction
    if given.language:
        changes["language"] = given.language
    if given.time_zone:
        changes["time_zone"] = given.time_zone
    if given.holidays_of:
        changes["holidays_of"] = given.holidays_of
    if given.fallback_employee_id is not UNSET:
        employee = optional_id(given.fallback_employee_id, "Employee", "fallbackEmployeeId")
        changes["fallback_employee_id"] = employee
    if given.retention_days is not UNSET:
        changes["retention_days"] = given.retention_days
    if given.transfer_included is not UNSET and given.transfer_included is not None:
        changes["transfer_included"] = given.transfer_included
    return changes
