"""The mutation `askedFieldsSet`."""

from typing import Annotated

import strawberry

from models.calls.asked_fields import FieldDraft, set_asked_fields
from models.calls.limits import MOST_ASKED_FIELDS, MOST_CHOICES
from models.calls.tables import AskedFieldKind
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError

at_most("AskedFieldsSetInput.fields", MOST_ASKED_FIELDS)
at_most("AskedFieldInput.choices", MOST_CHOICES)


@strawberry.input(description="Something that callers are asked.")
class AskedFieldInput:
    """Read into `FieldDraft`."""

    key: str = strawberry.field(description="The key: 1 to 40 capital letters, digits and underscores.")
    label: str = strawberry.field(description="What it is called, at most 200 characters.")
    kind: AskedFieldKind = strawberry.field(description="What is asked for.")
    required: bool = strawberry.field(description="Whether it has to be asked.")
    choices: list[str] | None = strawberry.field(
        default=None, description="The choices of a CHOICE, at most 50."
    )

    def read(self) -> FieldDraft:
        """Return the field, not validated."""
        return FieldDraft(self.key, self.label, self.kind, self.choices or (), self.required)


@strawberry.input(description="Input of `askedFieldsSet`.")
class AskedFieldsSetInput:
    """Input of `askedFieldsSet`."""

    secretariat_id: strawberry.ID = strawberry.field(description="The secretariat.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    fields: list[AskedFieldInput] = strawberry.field(description="The fields, at most 30.")


@strawberry.type(description="The payload of `askedFieldsSet`.")
class AskedFieldsSetPayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class AskedFieldsSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace what callers are asked, in this order; for operators. The four fields that are "
        "always asked stay.",
        graphql_type=AskedFieldsSetPayload | None,
    )
    async def asked_fields_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            AskedFieldsSetInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: set_asked_fields(
                viewer,
                secretariat_id=read_id(input.secretariat_id, "Secretariat", "secretariatId"),
                expected_version=input.expected_version,
                fields=[one.read() for one in input.fields],
            ),
        )
