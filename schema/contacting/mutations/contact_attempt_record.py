"""The mutation `contactAttemptRecord`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry

from models.contacting.cited_advice import read_advice_id
from models.contacting.facts import ContactCase
from models.contacting.list import attempts_by_id
from models.contacting.record_attempt import AttemptInput, ProposedStop, proposed_stop, record_attempt
from models.contacting.tables import ContactOutcome, StopReason
from models.contacting.views import AttemptView
from models.leads.list import leads_by_id
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.terms import Medium
from schema.contacting.loaders import ContactingLoaders
from schema.contacting.types import ContactAttempt, Contacting
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `contactAttemptRecord`.")
class ContactAttemptRecordInput:
    """Input of `contactAttemptRecord`."""

    lead_id: strawberry.ID = strawberry.field(description="A lead whose contact data you see.")
    medium: Medium = strawberry.field(description="The medium.")
    at: datetime = strawberry.field(
        description="When the attempt was made: not in the future, and at most 30 days ago."
    )
    outcome: ContactOutcome = strawberry.field(description="How it ended.")
    goal: ContactGoal | None = strawberry.field(description="What you wanted to achieve.", default=None)
    advice_id: strawberry.ID | None = strawberry.field(
        description="The `id` of the advice that was shown to you; it is kept as a decision.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="A do-not-contact stop that the outcome of an attempt suggests.")
class SuggestedStop:
    """Source: `ProposedStop`."""

    medium: Medium = strawberry.field(description="The medium.")
    reason: StopReason = strawberry.field(description="Why.")


@dataclass(frozen=True, slots=True)
class AttemptAnswer:
    """The attempt and the person, or the refusals."""

    attempt: AttemptView | None = None
    contacting: ContactCase | None = None
    suggested_stop: ProposedStop | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `contactAttemptRecord`.")
class ContactAttemptPayload:
    """Source: `AttemptAnswer`."""

    attempt: ContactAttempt | None = strawberry.field(description="The attempt; null if the mutation failed.")
    contacting: Contacting | None = strawberry.field(
        description="How the person may be contacted now; null if the mutation failed."
    )
    suggested_stop: SuggestedStop | None = strawberry.field(
        description="The stop that you should set for your company with `doNotContactSet`, because the "
        "person wants no contact or somebody else was reached; nothing has been set. Null if there is no "
        "reason for one."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ContactAttemptRecord:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record an attempt to contact the person of a lead; for owners and members. One that was "
        "made although a do-not-contact stop held is recorded as well, and the operators are told.",
        graphql_type=ContactAttemptPayload | None,
    )
    async def contact_attempt_record(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ContactAttemptRecordInput, strawberry.argument(description="The input.")
        ],
    ) -> AttemptAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        hashes = context.services.sending.hashes
        try:
            given = AttemptInput(
                lead_id=read_id(input.lead_id, "Lead", "leadId"),
                medium=input.medium,
                at=input.at,
                outcome=input.outcome,
                goal=input.goal,
                advice=read_advice_id(hashes, input.advice_id) if input.advice_id is not None else None,
            )
            attempt_id = await record_attempt(viewer, context.wake, given, input.idempotency_key)
        except REFUSED as error:
            return AttemptAnswer(user_errors=refused(error))
        attempt = (await attempts_by_id(context.conn, viewer, [attempt_id])).get(attempt_id)
        lead = (await leads_by_id(context.conn, viewer, [given.lead_id])).get(given.lead_id)
        case = None if lead is None else await ContactingLoaders.of(context).case.load(lead)
        return AttemptAnswer(attempt, case, proposed_stop(given.medium, given.outcome))
