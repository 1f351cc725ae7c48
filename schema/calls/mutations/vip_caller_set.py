"""The mutation `vipCallerSet`."""

from typing import Annotated

import strawberry

from models.base.viewer import Viewer
from models.calls.limits import MOST_ASKED_FIELDS
from models.calls.recognition import VipTreatment
from models.calls.vip_callers import SavedVip, VipDraft, create_vip, update_vip
from schema.calls.answers import VipAnswer, as_given, vip_answer
from schema.calls.entry_types import VipCaller
from schema.calls.queries import SPECIFIED
from schema.graphql.context import Info
from schema.graphql.ids import optional_id, read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError, text_for

at_most("VipCallerSetInput.waives", MOST_ASKED_FIELDS)


@strawberry.input(description="Input of `vipCallerSet`.")
class VipCallerSetInput:
    """Input of `vipCallerSet`."""

    number: str = strawberry.field(description="The number, or the beginning of a block.")
    name: str = strawberry.field(description="Who it is, at most 100 characters.")
    note: str = strawberry.field(description="What the agent should know, at most 2,000 characters.")
    vip_caller_id: strawberry.ID | None = strawberry.field(
        default=None, description="The entry to replace; a new one if omitted."
    )
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; the company's if omitted; for a new one."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you read; for a change."
    )
    block: bool = strawberry.field(
        default=False, description="Whether it is for every number that begins with this one."
    )
    treatment: VipTreatment = strawberry.field(
        default=VipTreatment.PREFERRED, description="What the entry does."
    )
    waives: list[str] | None = strawberry.field(
        default=None, description="Keys of asked fields that this caller is not asked, at most 30."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; for a new one."
    )


@strawberry.type(description="The payload of `vipCallerSet`.")
class VipCallerSetPayload:
    """Source: `VipAnswer`."""

    vip_caller: VipCaller | None = strawberry.field(description="The entry; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="What should be known about what was stored, in the viewer's language.")
    def warnings(root: strawberry.Parent[VipAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class VipCallerSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add or replace a VIP entry of a company or of one employee.",
        graphql_type=VipCallerSetPayload | None,
    )
    async def vip_caller_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            VipCallerSetInput, strawberry.argument(description="The input.")
        ],
    ) -> VipAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await vip_answer(
            info.context,
            lambda: _saved(viewer, input),
        )


async def _saved(viewer: Viewer, given: VipCallerSetInput) -> SavedVip:
    draft = VipDraft(
        given.number,
        given.block,
        given.name,
        given.note,
        given.treatment,
        given.waives or (),
        optional_id(given.employee_id, "Employee", "employeeId"),
    )
    if given.vip_caller_id is not None:
        return await update_vip(
            viewer,
            vip_id=read_id(given.vip_caller_id, "VipCaller", "vipCallerId"),
            expected_version=given.expected_version,
            draft=draft,
        )
    return await create_vip(
        viewer,
        secretariat_id=optional_id(given.secretariat_id, "Secretariat", "secretariatId"),
        draft=draft,
        idempotency_key=given.idempotency_key,
        given=as_given(given),
    )
