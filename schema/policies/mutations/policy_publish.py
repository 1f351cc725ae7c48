"""The mutation `policyPublish`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.policies.list import policies_of
from models.policies.publish import Publication, Published, publish
from models.policies.refusals import PolicyRefusal
from models.policies.views import PolicyView
from schema.graphql.context import Context, Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.policies.draft_types import (
    PolicyCheck,
    PolicyCheckView,
    PolicyDraftInput,
    failed_check,
    passed_check,
)
from schema.policies.types import Policy


@strawberry.input(description="Input of `policyPublish`.")
class PolicyPublishInput:
    """Input of `policyPublish`."""

    draft: PolicyDraftInput = strawberry.field(description="The draft.")
    version: str = strawberry.field(description="The unique name of the new version.")
    effective_from: datetime = strawberry.field(
        description="When it takes effect: now or later, and after the market's latest version. A time in "
        "the last minute means now."
    )
    expected_latest_version: str = strawberry.field(
        description="The market's latest version, with which the draft was compared. If another one was "
        "published since, the mutation fails with CONFLICT."
    )
    idempotency_key: str = strawberry.field(
        description="A key of your choice; the same key returns the first result."
    )


@dataclass(frozen=True, slots=True)
class PublishAnswer:
    """The policy and its check, or the refusals."""

    policy: PolicyView | None = None
    check: PolicyCheckView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `policyPublish`.")
class PolicyPublishPayload:
    """Source: `PublishAnswer`."""

    policy: Policy | None = strawberry.field(description="The new version; null if the mutation failed.")
    check: PolicyCheck | None = strawberry.field(
        description="The check of the draft, as of `policyCheck`; null if it was not checked, or in an "
        "earlier request with the same key."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class PolicyPublish:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Publish a new version of a market's policy. It never changes, and cases that have begun "
        "keep theirs. For operators.",
        graphql_type=PolicyPublishPayload | None,
    )
    async def policy_publish(
        self,
        info: Info,
        input: Annotated[PolicyPublishInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> PublishAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        given = Publication(
            input.draft.market,
            input.draft.parameters,
            input.version,
            input.effective_from,
            input.expected_latest_version,
            input.idempotency_key,
        )
        try:
            published = await publish(context.conn, viewer, given)
        except REFUSED as error:
            answer = PublishAnswer(user_errors=refused(error))
            of_draft = [one for one in answer.user_errors if one.field[:1] == ("draft",)]
            return replace(answer, check=failed_check(error)) if of_draft else answer
        return await _answer(context, published)


async def _answer(context: Context, published: Published) -> PublishAnswer:
    check = None
    if published.draft is not None:
        check = passed_check(published.draft, published.counterexamples, context.viewer)
    if published.policy_id is None:
        example = published.counterexamples[0]
        error: Refusal = PolicyRefusal.RULES_DO_NOT_HOLD.at("draft", "parameters", example=example)
        return PublishAnswer(check=check, user_errors=refused(error))
    found = await policies_of(context.conn, [published.policy_id])
    return PublishAnswer(found[published.policy_id], check)
