"""The mutation `policyTrialStart`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.policies.trial.list import TrialView, trials_by_id
from models.policies.trial.start import TrialRequest, start_trial
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.period import PeriodInput
from schema.graphql.user_error import UserError
from schema.policies.draft_types import PolicyDraftInput
from schema.policies.trial_types import PolicyTrial


@strawberry.input(description="Input of `policyTrialStart`.")
class PolicyTrialStartInput:
    """Input of `policyTrialStart`."""

    draft: PolicyDraftInput = strawberry.field(description="The draft.")
    period: PeriodInput = strawberry.field(
        description="The times as of which decisions were made; what is recorded after the trial was asked "
        "for is not part of it."
    )
    sample: int | None = strawberry.field(
        default=None, description="So many decisions, evenly drawn, up to 10,000,000; all if omitted."
    )
    idempotency_key: str = strawberry.field(
        description="A key of your choice; the same key returns the first result."
    )


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """The trial, or the refusals."""

    trial: TrialView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `policyTrialStart`.")
class PolicyTrialStartPayload:
    """Source: `TrialAnswer`."""

    trial: PolicyTrial | None = strawberry.field(
        description="The trial, which a worker carries out; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class PolicyTrialStart:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Try a draft of a policy on the market's recorded decisions. Two trials run at once, "
        "others wait. For operators.",
        graphql_type=PolicyTrialStartPayload | None,
    )
    async def policy_trial_start(
        self,
        info: Info,
        input: Annotated[PolicyTrialStartInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> TrialAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        request = TrialRequest(
            input.draft.market,
            input.draft.parameters,
            input.period.from_,
            input.period.to,
            input.sample,
            input.idempotency_key,
        )
        try:
            trial_id = await start_trial(context.conn, viewer, request)
        except REFUSED as error:
            return TrialAnswer(user_errors=refused(error))
        return TrialAnswer((await trials_by_id(context.conn, viewer, [trial_id]))[trial_id])
