"""The query `policyCheck`: a draft of a policy is checked before it is tried or published."""

from typing import Annotated

import strawberry

from models.base.refusal import Refusal, Refusals
from models.policies.draft.check import counterexamples
from models.policies.draft.read import read_draft
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.policies.draft_types import (
    PolicyCheck,
    PolicyCheckView,
    PolicyDraftInput,
    failed_check,
    passed_check,
)


@strawberry.type
class DraftQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="Check a draft of a policy: bounds, changes, and whether the rules hold. It takes "
        "seconds. For operators.",
        graphql_type=PolicyCheck | None,
    )
    async def policy_check(
        self,
        info: Info,
        input: Annotated[PolicyDraftInput, strawberry.argument(description="The draft.")],  # noqa: A002
    ) -> PolicyCheckView:
        """Check the draft."""
        context = info.context
        context.only_operators("check policies")
        try:
            draft = await read_draft(context.conn, input.market, input.parameters)
        except (Refusal, Refusals) as error:
            return failed_check(error)
        try:
            examples = await counterexamples(draft)
        except Refusal as error:
            raise ClientError.of(error) from error
        return passed_check(draft, examples, context.viewer)
